import { Ajv, type ValidateFunction } from "ajv";
import type { Schema } from "./route.ts";

/** Says what is wrong with a value, if anything. */
export type Validator = (value: unknown) => { readonly value: unknown } | { readonly error: Error };

/** Validators that are compiled when they are first needed: a start does not wait for schemas nobody uses. */
export function validators(): (schema: Schema) => Validator {
  const ajv = new Ajv({ allowUnionTypes: true });
  return (schema) => {
    let compiled: ValidateFunction | undefined;
    return (value) => {
      compiled ??= ajv.compile(schema);
      if (compiled(value)) return { value };
      return {
        error: Object.assign(new Error(ajv.errorsText(compiled.errors, { dataVar: "body" })), { validation: compiled.errors ?? [] }),
      };
    };
  };
}
