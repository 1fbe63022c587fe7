import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { below, type Pointer, valueAt } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import { kindOf } from "./kind-of.ts";
import type { FieldProblem } from "./problem.ts";
import { schemaComplaints } from "./schema-problems.ts";
import { didYouMean } from "../../model/text/similar.ts";

/**
 * Validates a manifest document against its kind's schema; also reports variables. Empty if valid.
 */
export function validate(
  document: Json,
  kinds: ReadonlyMap<string, Kind>,
): readonly FieldProblem[] {
  if (!isSpec(document)) return [notManifest];
  const kind = kindOf(document, kinds);
  if (!kind) return unknownKind(document, kinds);
  if (!kind.declared) return [notDeclared(kind)];
  const faults = kind.validate(document)
    ? []
    : schemaComplaints(kind.validate.errors ?? [], kind.schema, document);
  const unfilled = variables(document, "");
  const taken = new Set(unfilled.map(({ pointer }) => pointer));
  return [...faults.filter(({ pointer }) => !taken.has(pointer)), ...unfilled];
}

const variable = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/;

/** Reports variables: nothing substitutes them in manifests, so they would be sent unchanged. */
function variables(value: Json, pointer: Pointer): readonly FieldProblem[] {
  if (typeof value === "string") {
    const [found] = variable.exec(value) ?? [];
    return found === undefined ? [] : [filledIn(found, pointer)];
  }
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => variables(item, below(pointer, index)));
  return isSpec(value)
    ? Object.entries(value).flatMap(([field, inner]) => variables(inner, below(pointer, field)))
    : [];
}

function filledIn(found: string, pointer: Pointer): FieldProblem {
  return {
    code: "schema/variable",
    pointer,
    part: "value",
    message: say`\`${found}\` is not filled in: a manifest holds no variables.`,
    hint: say`Write the value itself; an environment's overlay holds what differs.`,
  };
}

const notManifest: FieldProblem = {
  code: "schema/type",
  pointer: "",
  part: "value",
  message: say`A manifest must be a mapping with \`apiVersion\`, \`kind\`, \`metadata\` and \`spec\`.`,
  hint: say`Start it with \`apiVersion: partnercenter/v1\`.`,
};

function unknownKind(document: Spec, kinds: ReadonlyMap<string, Kind>): readonly FieldProblem[] {
  const declared = [...kinds.values()].filter((kind) => kind.declared).map(({ name }) => name);
  const listed = say`Kinds: ${{ list: declared }}.`;
  const missing = missingVersion(document, kinds);
  if (document.kind === undefined) {
    return [
      ...missing,
      {
        code: "schema/required",
        pointer: "",
        part: "value",
        message: say`The document has no \`kind\`, which it needs.`,
        hint: listed,
      },
    ];
  }
  if (typeof document.kind !== "string") {
    return [
      ...missing,
      {
        code: "schema/type",
        pointer: "/kind",
        part: "value",
        message: say`\`kind\` must be text.`,
        hint: listed,
      },
    ];
  }
  const hint = didYouMean(document.kind, declared, listed) ?? listed;
  return [
    ...missing,
    {
      code: "schema/unknown-kind",
      pointer: "/kind",
      part: "value",
      message: say`There is no kind \`${document.kind}\`.`,
      hint,
    },
  ];
}

function missingVersion(document: Spec, kinds: ReadonlyMap<string, Kind>): readonly FieldProblem[] {
  if (document.apiVersion !== undefined) return [];
  const [kind] = kinds.values();
  const version = kind && valueAt(kind.schema, "/properties/apiVersion/const");
  const hint =
    typeof version === "string" ? say`Add \`apiVersion: ${version}\`.` : say`Add \`apiVersion\`.`;
  return [
    {
      code: "schema/required",
      pointer: "",
      part: "key",
      message: say`The document has no \`apiVersion\`, which it needs.`,
      hint,
    },
  ];
}

function notDeclared(kind: Kind): FieldProblem {
  const message = say`\`${kind.name}\` cannot be declared: it is only read from the backend.`;
  return {
    code: "schema/not-declared",
    pointer: "/kind",
    part: "value",
    message,
    hint: say`Take the document out.`,
  };
}
