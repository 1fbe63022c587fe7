import type { Schema } from "./route.ts";

/** A string with these minimum and maximum lengths. */
export function text(minLength = 0, maxLength = 4000): Schema {
  return { type: "string", ...(minLength > 0 && { minLength }), maxLength };
}

/** An object with these properties; others are allowed. The names after them are required. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  ...required: readonly string[]
): Schema {
  return { type: "object", properties, required };
}

/** An integer that is not negative. */
export const count: Schema = { type: "integer", minimum: 0 };
/** A boolean. */
export const flag: Schema = { type: "boolean" };

/** `attributes`. Only its etag is used. */
export const attributes: Schema = object({ etag: text(), objectType: text() });

/** A postal address with the documented lengths. */
export const address: Schema = object(
  {
    country: text(2, 2),
    region: text(),
    city: text(),
    state: text(0, 2),
    addressLine1: text(1, 200),
    addressLine2: text(0, 200),
    postalCode: text(),
    firstName: text(1, 50),
    middleName: text(1, 50),
    lastName: text(1, 50),
    phoneNumber: text(),
  },
  "country",
);

/** A contact person. */
export const contact: Schema = object({
  firstName: text(),
  lastName: text(),
  email: text(),
  phoneNumber: text(),
});
