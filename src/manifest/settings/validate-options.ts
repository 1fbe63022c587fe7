import type { OptionsSchema } from "../../model/adapter.ts";
import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { below } from "../../model/values/pointer.ts";
import type { FieldProblem } from "../schema/problem.ts";
import { defaultSetting } from "./settings-schema.ts";
import { schemaComplaints } from "../schema/schema-problems.ts";

/** Validates adapter options in settings. Options of adapters not in use may be incomplete. */
export function optionsProblems(
  settings: Json,
  schemas: Readonly<Record<string, OptionsSchema>>,
): readonly FieldProblem[] {
  if (!isSpec(settings)) return [];
  const { adapter = defaultSetting("adapter"), adapters = {} } = settings;
  const written = isSpec(adapters) ? adapters : {};
  return Object.entries(schemas).flatMap(([name, { schema, validate }]) => {
    const inUse = name === adapter;
    const options = Object.hasOwn(written, name) ? written[name] : inUse ? {} : undefined;
    if (!isSpec(options) || validate(options)) return [];
    const errors = (validate.errors ?? [])
      .filter(({ schemaPath }) => inUse || !schemaPath.startsWith("#/$defs/complete/"))
      .map((error) => ({ ...error, instancePath: below("/adapters", name) + error.instancePath }));
    return schemaComplaints(errors, schema, {
      ...settings,
      adapters: { ...written, [name]: options },
    } satisfies Spec);
  });
}
