import { Ajv, type ValidateFunction } from "ajv";
import type { Schema } from "./route.ts";

/** Validates a value. Returns the value, or an error that says what is wrong with it. */
export type Validator = (value: unknown) => { readonly value: unknown } | { readonly error: Error };

/** All emulators in a process share the schemas, and each is compiled once. */
const known = new WeakMap<Schema, ValidateFunction>();
let ajv: Ajv | undefined;

/**
 * A validator for the schema, which is compiled on first use: unused schemas do not delay the
 * start.
 */
export function validator(schema: Schema): Validator {
  return (value) => {
    const validate = compiled(schema);
    if (validate(value)) return { value };
    const { errors } = validate;
    return {
      error: Object.assign(new Error(ajv?.errorsText(errors, { dataVar: "body" })), {
        validation: errors ?? [],
      }),
    };
  };
}

function compiled(schema: Schema): ValidateFunction {
  const before = known.get(schema);
  if (before !== undefined) return before;
  // Lengths are in UTF-16 units, as in .NET. Counting characters would take most of the time.
  ajv ??= new Ajv({ allowUnionTypes: true, unicode: false, logger: false });
  const fresh = ajv.compile(schema);
  known.set(schema, fresh);
  return fresh;
}
