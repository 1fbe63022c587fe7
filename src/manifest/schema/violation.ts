import type { CodeWithin } from "../../model/codes.ts";
import type { Json, JsonSchema } from "../../model/values/json.ts";
import type { SchemaError } from "../../model/kind.ts";
import { segments } from "../../model/values/pointer.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { isSecretName } from "../read/text.ts";

/** A schema error, the subschema that contains the failed keyword, and the invalid value. */
export interface Violation {
  readonly error: SchemaError;
  readonly schema: JsonSchema | undefined;
  readonly value: Json | undefined;
}

/** The message for a violation. */
export interface ViolationMessage {
  readonly code: CodeWithin<"schema">;
  readonly message: Wording;
  readonly hint?: Wording | undefined;
  /**
   * The invalid field within the value; the location is that of its name. Undefined if the value
   * itself is invalid.
   */
  readonly field?: string;
}

/** Creates the message for errors of one keyword; `field` is the value's name in messages. */
export type Saying = (fault: Violation, field: Wording) => ViolationMessage;

/** The name of the whole document in messages. */
export const whole = say`The document`;

/** The name of the invalid value in messages. */
export function nameOf({ error }: Violation): Wording {
  const path = segments(error.instancePath);
  const last = path.at(-1);
  if (last === undefined) return whole;
  return /^\d+$/.test(last)
    ? say`Item ${Number(last) + 1} of \`${path.at(-2) ?? ""}\``
    : `\`${last}\``;
}

/** The value as text, to be quoted in a message. Undefined if it is long, composite or a secret. */
export function shortOf(error: SchemaError, value: Json | undefined): string | undefined {
  const short =
    (typeof value === "string" && value.length <= 60) ||
    typeof value === "number" ||
    typeof value === "boolean";
  return short && !segments(error.instancePath).some(isSecretName) ? String(value) : undefined;
}

/** The JSON type of a value; "undefined" if there is none. */
export function typeOf(value: Json | undefined): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

/** A JSON type in plain words; unknown types are returned unchanged. */
export function typeName(type: string): string {
  return typeNames[type] ?? type;
}

const typeNames: Readonly<Record<string, string>> = {
  string: say`text`,
  integer: say`a whole number`,
  number: say`a number`,
  boolean: say`true or false`,
  array: say`a list`,
  object: say`a mapping`,
};
