import { isSpec, type Json } from "../../model/values/json.ts";
import { say } from "../../model/text/say.ts";

/** Says what is wrong with a value of the options, each time with the place; nothing where it is right. */
export type Judge = (value: Json, at: string) => readonly string[];

/** Any text but an empty one. */
export const text: Judge = (value, at) => (typeof value === "string" && value !== "" ? [] : [say`${at} must be a text`]);

/** A path on the host that a request is meant for, which no text leads away from. */
export const path: Judge = (value, at) =>
  typeof value === "string" && /^\/[A-Za-z0-9_.~-]/.test(value) && !/[\s\\?#]|\.\./.test(value)
    ? []
    : [say`${at} must be a path such as /v1/profiles/support`];

/** True or false. */
export const flag: Judge = (value, at) => (typeof value === "boolean" ? [] : [say`${at} must be true or false`]);

/** A number of seconds. */
export const seconds: Judge = (value, at) =>
  typeof value === "number" && value >= 0 ? [] : [say`${at} must be a number of seconds, 0 or more`];

/** How many. */
export const count: Judge = (value, at) =>
  Number.isInteger(value) && Number(value) >= 1 ? [] : [say`${at} must be a whole number, 1 or more`];

/** One of these texts. */
export function one(...choices: readonly string[]): Judge {
  return (value, at) => (choices.some((choice) => choice === value) ? [] : [say`${at} must be ${choices.join(" or ")}`]);
}

/** A list of such values. */
export function list(of: Judge): Judge {
  return (value, at) =>
    Array.isArray(value) ? value.flatMap((item: Json, index) => of(item, `${at}/${index}`)) : [say`${at} must be a list`];
}

/** False, for what there is none of, or such a value. */
export function orNone(of: Judge): Judge {
  return (value, at) => (value === false ? [] : of(value, at));
}

/** An object with no other fields than these. */
export function object(fields: Readonly<Record<string, Judge>>): Judge {
  return (value, at) => {
    if (!isSpec(value)) return [say`${at || say`the options`} must be an object`];
    return Object.entries(value).flatMap(([field, item]) => {
      const judge = Object.hasOwn(fields, field) ? fields[field] : undefined;
      return judge ? judge(item, `${at}/${field}`) : [say`${at}/${field} is unknown: expected ${Object.keys(fields).join(", ")}`];
    });
  };
}
