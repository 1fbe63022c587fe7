import { Ajv, type ValidateFunction } from "ajv";
import type { Schema } from "./route.ts";

/** Says what is wrong with a value, if anything. */
export type Validator = (value: unknown) => { readonly value: unknown } | { readonly error: Error };

/** The schemas are the same for every emulator of a process, so each is compiled once. */
const known = new WeakMap<Schema, ValidateFunction>();
let ajv: Ajv | undefined;

/** A validator that is compiled when it is first needed: a start does not wait for schemas nobody uses. */
export function validator(schema: Schema): Validator {
  return (value) => {
    const validate = compiled(schema);
    if (validate(value)) return { value };
    const { errors } = validate;
    return { error: Object.assign(new Error(ajv?.errorsText(errors, { dataVar: "body" })), { validation: errors ?? [] }) };
  };
}

function compiled(schema: Schema): ValidateFunction {
  const before = known.get(schema);
  if (before !== undefined) return before;
  // Lengths in UTF-16 units, as .NET counts them; counting characters would take longer than all else.
  ajv ??= new Ajv({ allowUnionTypes: true, unicode: false, logger: false });
  const fresh = ajv.compile(schema);
  known.set(schema, fresh);
  return fresh;
}
