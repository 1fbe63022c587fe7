import { byPlace, type Checked, compare, hasErrors } from "../../model/diagnostic.ts";
import type { Policy as PolicyDocument } from "../../model/generated/policy.ts";
import type { Suppression as SuppressionDocument } from "../../model/generated/suppression.ts";
import type { Validate } from "../../model/kind.ts";
import type { Policies, Policy, Suppression } from "../../model/policy.ts";
import type { Source } from "../../model/source.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { digest } from "../../model/values/digest.ts";
import { isSpec, type Json, type JsonSchema } from "../../model/values/json.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import { decode } from "../read/decode.ts";
import { withLookAlikes } from "../read/look-alikes.ts";
import { parse, trees } from "../read/parse.ts";
import { stretchOf } from "../read/text-range.ts";
import { placeProblem } from "../resolve/entry.ts";
import { locate, type Written } from "../resolve/layers.ts";
import type { FieldProblem } from "../schema/problem.ts";
import { schemaComplaints } from "../schema/schema-problems.ts";
import { duplicateNames, wrongSuppressions } from "./policy-conflicts.ts";

/** The schemas of policy documents, by kind. */
export interface PolicySchemas {
  readonly Policy: PolicySchema;
  readonly Suppression: PolicySchema;
}

/** A schema and its compiled validator. */
export interface PolicySchema {
  readonly validate: Validate;
  readonly schema: JsonSchema;
}

/**
 * Reads policies and suppressions, or returns their problems with locations. Expressions are only
 * text here; they are validated when compiled.
 */
export function readPolicies(
  sources: readonly Source[],
  schemas: PolicySchemas,
): Checked<Policies> {
  const reading = { version: "", trees: trees() };
  const files = sources.map((source) => ({ ...parse(source, reading), source }));
  const documents = files.flatMap((file) =>
    file.documents.map(({ value, sound }, index): Document => {
      const written: Written = { value, layers: [{ file, index, value }], sound, checked: false };
      return { written, lines: linesOf(file.source) };
    }),
  );
  const judged = documents.flatMap(({ written }) =>
    written.sound ? judge(written.value, schemas).map((one) => placeProblem(written, one)) : [],
  );
  const syntax = [...files.flatMap((file) => file.diagnostics), ...judged];
  if (hasErrors(syntax))
    return { ok: false, diagnostics: withLookAlikes(syntax.sort(byPlace), sources) };
  const policies = documents.filter(isPolicy).map(asPolicy);
  const suppressions = documents.filter((one) => !isPolicy(one)).map(asSuppression);
  const problems = [...duplicateNames(policies), ...wrongSuppressions(suppressions, policies)].sort(
    byPlace,
  );
  if (hasErrors(problems)) return { ok: false, diagnostics: problems };
  policies.sort((left, right) => compare(left.name, right.name));
  return {
    ok: true,
    value: { policies, suppressions, digest: digestOf(policies, suppressions) },
    diagnostics: problems,
  };
}

interface Document {
  readonly written: Written;
  readonly lines: () => readonly string[];
}

function linesOf(source: Source): () => readonly string[] {
  let found: readonly string[] | undefined;
  return () => {
    const text = found ?? decode(source.path, source.bytes);
    found ??= "content" in text ? text.content.split(/\r?\n/) : [];
    return found;
  };
}

function judge(document: Json, schemas: PolicySchemas): readonly FieldProblem[] {
  const kind = valueAt(document, "/kind");
  if (kind !== "Policy" && kind !== "Suppression") return [notPolicy(kind, isSpec(document))];
  const { validate, schema } = schemas[kind];
  return validate(document) ? [] : schemaComplaints(validate.errors ?? [], schema, document);
}

function notPolicy(kind: Json | undefined, mapping: boolean): FieldProblem {
  const listed = say`Here stand policies: \`kind: Policy\` and \`kind: Suppression\`.`;
  const meant =
    typeof kind === "string" ? didYouMean(kind, ["Policy", "Suppression"], listed) : listed;
  const message =
    typeof kind === "string"
      ? say`There is no policy of kind \`${kind}\`.`
      : say`This is no policy: it has no \`kind\`.`;
  const pointer = mapping && kind !== undefined ? "/kind" : "";
  return { code: "schema/unknown-kind", pointer, part: "value", message, hint: meant ?? listed };
}

function isPolicy({ written }: Document): boolean {
  return valueAt(written.value, "/kind") === "Policy";
}

function asPolicy({ written, lines }: Document): Policy {
  const { metadata, spec } = written.value as unknown as PolicyDocument;
  const place: Policy["locate"] = (pointer, stretch) => {
    const at = locate(written, pointer);
    const text = valueAt(written.value, pointer);
    return stretch === undefined || typeof text !== "string"
      ? at
      : stretchOf(at, text, stretch, lines());
  };
  return { name: metadata.name, spec, locate: place };
}

function asSuppression({ written }: Document): Suppression {
  const { spec } = written.value as unknown as SuppressionDocument;
  return { spec, locate: (pointer: Pointer) => locate(written, pointer) };
}

function digestOf(
  policies: readonly Policy[],
  suppressions: readonly Suppression[],
): Policies["digest"] {
  const rules = policies.map(({ name, spec: { tests, ...spec } }) => [name, spec]);
  const exceptions = suppressions.map(({ spec }) => digest(spec)).sort(compare);
  return digest([rules, exceptions]);
}
