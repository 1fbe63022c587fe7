import type { CodeWithin } from "../../model/codes.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { Violation, ViolationMessage, Saying } from "./violation.ts";

interface Words {
  /** A message with the limit. */
  readonly must: (field: Wording, limit: string) => Wording;
  /** A message with the limit and the actual number or size; used if the latter is known. */
  readonly is?: (field: Wording, limit: string, found: number) => Wording;
}

const limit =
  (code: CodeWithin<"schema">, { must, is }: Words): Saying =>
  ({ error, value }: Violation, field: Wording): ViolationMessage => {
    const found = Array.isArray(value) ? value.length : value;
    const allowed = String(error.params.limit);
    return {
      code,
      message:
        is !== undefined && typeof found === "number"
          ? is(field, allowed, found)
          : must(field, allowed),
    };
  };

/** Messages for values that are too large, too small, too long or too short, by schema keyword. */
export const limitSayings: Readonly<Record<string, Saying>> = {
  minimum: limit("minimum", {
    must: (field, least) => say`${field} must be ${least} or more.`,
    is: (field, least, found) => say`${field} must be ${least} or more, and is ${found}.`,
  }),
  maximum: limit("maximum", {
    must: (field, most) => say`${field} must be ${most} or less.`,
    is: (field, most, found) => say`${field} must be ${most} or less, and is ${found}.`,
  }),
  exclusiveMinimum: limit("minimum", {
    must: (field, most) => say`${field} must be more than ${most}.`,
    is: (field, most, found) => say`${field} must be more than ${most}, and is ${found}.`,
  }),
  exclusiveMaximum: limit("maximum", {
    must: (field, most) => say`${field} must be less than ${most}.`,
    is: (field, most, found) => say`${field} must be less than ${most}, and is ${found}.`,
  }),
  minLength: limit("min-length", {
    must: (field, least) =>
      least === "1"
        ? say`${field} must not be empty.`
        : say`${field} must have at least ${least} characters.`,
  }),
  maxLength: limit("max-length", {
    must: (field, most) => say`${field} must have at most ${most} characters.`,
  }),
  minItems: limit("min-items", {
    must: (field, least) =>
      least === "1"
        ? say`${field} must have at least 1 item.`
        : say`${field} must have at least ${least} items.`,
    is: (field, least, found) =>
      least === "1"
        ? say`${field} must have at least 1 item, and has ${found}.`
        : say`${field} must have at least ${least} items, and has ${found}.`,
  }),
  maxItems: limit("max-items", {
    must: (field, most) => say`${field} must have at most ${most} items.`,
    is: (field, most, found) => say`${field} must have at most ${most} items, and has ${found}.`,
  }),
  minProperties: limit("min-fields", {
    must: (field, least) =>
      least === "1"
        ? say`${field} must have at least 1 field.`
        : say`${field} must have at least ${least} fields.`,
  }),
  maxProperties: limit("max-fields", {
    must: (field, most) => say`${field} must have at most ${most} fields.`,
  }),
};
