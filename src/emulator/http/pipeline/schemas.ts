import type { Schema } from "./route.ts";

/** Text of a length. */
export function text(minLength = 0, maxLength = 4000): Schema {
  return { type: "string", ...(minLength > 0 && { minLength }), maxLength };
}

/** An object with these properties and any others; the names behind it are required. */
export function object(properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema {
  return { type: "object", properties, required };
}

/** A whole number, not below 0. */
export const count: Schema = { type: "integer", minimum: 0 };
/** True or false. */
export const flag: Schema = { type: "boolean" };

/** `attributes`, of which only the etag means something. */
export const attributes: Schema = object({ etag: text(), objectType: text() });

/** A postal address, with the documented lengths. */
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

/** A person to write to or call. */
export const contact: Schema = object({ firstName: text(), lastName: text(), email: text(), phoneNumber: text() });
