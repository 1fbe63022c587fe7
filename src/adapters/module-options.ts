import type { OptionsSchema } from "../model/adapter.ts";
import { say, type Wording } from "../model/text/phrase.ts";
import { isSpec, type Json } from "../model/values/json.ts";
import { checkOptions } from "./check-options.ts";
import { type AdapterFactory, AdapterUnusable } from "./factory.ts";
import { wordingOf } from "../model/text/worded-error.ts";

/**
 * Wraps a module's factory: options are validated with the schema that the module exports, and its
 * defaults are filled in. Throws AdapterUnusable (`adapter/shape`) if the schema is invalid.
 */
export async function withOptionsChecked(
  name: string,
  factory: AdapterFactory,
  schema: unknown,
): Promise<AdapterFactory> {
  const compiled = await compileSchema(name, schema as Json);
  return (options, context) => factory(checkOptions(name, options, compiled), context);
}

async function compileSchema(name: string, schema: Json): Promise<OptionsSchema> {
  if (!isSpec(schema)) throw noSchema(name, say`it is not an object`);
  // In the bundle, a CommonJS module has only a default export.
  const { Ajv2020 } = (await import("ajv/dist/2020.js")).default;
  const judge = new Ajv2020({ allErrors: true, strict: false });
  try {
    return { schema, validate: judge.compile(schema) };
  } catch (error) {
    throw noSchema(name, wordingOf(error));
  }
}

function noSchema(name: string, why: Wording): AdapterUnusable {
  return new AdapterUnusable(
    "adapter/shape",
    say`${name} exports as schema what is no JSON Schema of 2020-12: ${why}.`,
  );
}
