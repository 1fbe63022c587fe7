import type { CodeWithin } from "../../model/codes.ts";
import type { Json, JsonSchema } from "../../model/values/json.ts";
import type { SchemaError } from "../../model/kind.ts";
import { segments } from "../../model/values/pointer.ts";
import { say } from "../../model/text/say.ts";
import { isSecretName } from "../read/text.ts";

/** An error of a schema, the schema its keyword stands in, and the value it is about. */
export interface Violation {
  readonly error: SchemaError;
  readonly schema: JsonSchema | undefined;
  readonly value: Json | undefined;
}

/** What is said about it. */
export interface ViolationMessage {
  readonly code: CodeWithin<"schema">;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The complaint is about this field of the value, and points at its name. */
  readonly field?: string;
}

/** How an error of one keyword is said; `field` is what people call the value. */
export type Saying = (fault: Violation, field: string) => ViolationMessage;

/** What people call all of a document. */
export const whole = say`The document`;

/** What people call the value an error is about. */
export function nameOf({ error }: Violation): string {
  const path = segments(error.instancePath);
  const last = path.at(-1);
  if (last === undefined) return whole;
  return /^\d+$/.test(last) ? say`Item ${Number(last) + 1} of \`${path.at(-2) ?? ""}\`` : `\`${last}\``;
}

/** The value itself where it is short and no secret, to be quoted in a message; undefined for any other. */
export function shortOf(error: SchemaError, value: Json | undefined): string | undefined {
  const short = (typeof value === "string" && value.length <= 60) || typeof value === "number" || typeof value === "boolean";
  return short && !segments(error.instancePath).some(isSecretName) ? String(value) : undefined;
}

/** The JSON type of a value. */
export function typeOf(value: Json | undefined): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

/** A JSON type in plain words. */
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
