import { more, mostProblems } from "../../model/diagnostic.ts";
import { isSpec, type Json, type JsonSchema } from "../../model/values/json.ts";
import type { SchemaError } from "../../model/kind.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import type { FieldProblem } from "./problem.ts";
import { complaint } from "./schema-message.ts";

/**
 * Converts schema errors to messages: one per field and part, but one per missing field. An
 * `x-message` of the schema replaces the message. Only the first 1000 errors are read; if there are
 * more, `problems/more` is added.
 */
export function schemaComplaints(
  errors: readonly SchemaError[],
  schema: JsonSchema,
  document: Json,
): readonly FieldProblem[] {
  const spots = new Map<string, FieldProblem>();
  // Filtering takes quadratic time, so only the first errors are examined.
  for (const error of withoutNoise(errors.slice(0, mostProblems))) {
    const own = schemaOf(schema, error.schemaPath);
    const found = complaint({ error, schema: own, value: valueAt(document, error.instancePath) });
    const said = own?.["x-message"];
    const told = typeof said === "string" ? { ...found, message: said, hint: undefined } : found;
    const spot = `${told.part} ${told.pointer} ${error.keyword === "required" ? told.message : ""}`;
    if (!spots.has(spot) || told.code === "schema/type") spots.set(spot, told);
  }
  const told = [...spots.values()];
  return errors.length > mostProblems ? [...told, { ...more, pointer: "", part: "value" }] : told;
}

/** The subschema that contains the failed keyword. Undefined if the path is not in this schema. */
function schemaOf(schema: JsonSchema, schemaPath: string): JsonSchema | undefined {
  const hash = schemaPath.indexOf("#");
  const pointer = decodeURIComponent(schemaPath.slice(hash + 1));
  const found = valueAt(schema, parentOf(pointer));
  return isSpec(found) ? found : undefined;
}

function parentOf(pointer: Pointer): Pointer {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

/** Drops errors that repeat another: failed `if`s, and alternatives that were not intended. */
function withoutNoise(errors: readonly SchemaError[]): readonly SchemaError[] {
  const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  const names = errors.filter(({ keyword }) => keyword === "propertyNames");
  const dropped = new Set<SchemaError>(errors.filter(({ keyword }) => keyword === "if"));
  for (const error of names) for (const one of inside(errors, error)) dropped.add(one);
  for (const choice of choices) {
    const branches = inside(errors, choice);
    const meant = meantBranch(choice, branches);
    for (const one of branches) if (!meant.includes(one)) dropped.add(one);
    if (meant.length > 0) dropped.add(choice);
  }
  return errors.filter((error) => !dropped.has(error));
}

function inside(errors: readonly SchemaError[], outer: SchemaError): readonly SchemaError[] {
  return errors.filter(({ schemaPath }) => schemaPath.startsWith(`${outer.schemaPath}/`));
}

/**
 * The errors of the only alternative that matches the value's type (or type, const and enum). Empty
 * if no single alternative matches.
 */
function meantBranch(choice: SchemaError, errors: readonly SchemaError[]): readonly SchemaError[] {
  const branches = new Map<string, SchemaError[]>();
  for (const error of errors) {
    const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split("/", 1)[0] ?? "";
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const without = (keywords: readonly string[]) =>
    [...branches.values()].filter(
      (found) =>
        !found.some(
          ({ instancePath, keyword }) =>
            instancePath === choice.instancePath && keywords.includes(keyword),
        ),
    );
  const [meant] = [without(["type", "const", "enum"]), without(["type"])].filter(
    ({ length }) => length === 1,
  );
  return meant?.[0] ?? [];
}
