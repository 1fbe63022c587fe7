import type { Saying } from "./fault.ts";

const limit =
  (code: string, words: (limit: string) => string): Saying =>
  ({ error, value }, field) => {
    const has = Array.isArray(value) ? `, and has ${value.length}` : typeof value === "number" ? `, and is ${value}` : "";
    return { code, message: `${field} must ${words(String(error.params.limit))}${has}.` };
  };

/** How a value that is too large, too small, too long or too short is said, by keyword. */
export const limitSayings: Readonly<Record<string, Saying>> = {
  minimum: limit("minimum", (most) => `be ${most} or more`),
  maximum: limit("maximum", (most) => `be ${most} or less`),
  exclusiveMinimum: limit("minimum", (most) => `be more than ${most}`),
  exclusiveMaximum: limit("maximum", (most) => `be less than ${most}`),
  minLength: limit("min-length", (least) => (least === "1" ? "not be empty" : `have at least ${least} characters`)),
  maxLength: limit("max-length", (most) => `have at most ${most} characters`),
  minItems: limit("min-items", (least) => `have at least ${least} ${least === "1" ? "item" : "items"}`),
  maxItems: limit("max-items", (most) => `have at most ${most} items`),
  minProperties: limit("min-fields", (least) => `have at least ${least} ${least === "1" ? "field" : "fields"}`),
  maxProperties: limit("max-fields", (most) => `have at most ${most} fields`),
};
