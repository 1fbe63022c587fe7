import {
  byPlace,
  type Checked,
  compare,
  type Diagnostic,
  hasErrors,
} from "../../model/diagnostic.ts";
import { digest } from "../../model/values/digest.ts";
import type { Policy as PolicyDocument } from "../../model/generated/policy.ts";
import type { Suppression as SuppressionDocument } from "../../model/generated/suppression.ts";
import { isSpec, type Json, type JsonSchema } from "../../model/values/json.ts";
import type { Validate } from "../../model/kind.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import type { Policies, Policy, Suppression } from "../../model/policy.ts";
import { say } from "../../model/text/say.ts";
import type { Source } from "../../model/source.ts";
import type { FieldProblem } from "../schema/problem.ts";
import { decode } from "../read/decode.ts";
import { placeProblem } from "../resolve/entry.ts";
import { withLookAlikes } from "../read/look-alikes.ts";
import { parse, trees } from "../read/parse.ts";
import { schemaComplaints } from "../schema/schema-problems.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { stretchOf } from "../read/text-range.ts";
import { locate, type Written } from "../resolve/layers.ts";

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
  const problems = [...twice(policies), ...unknown(suppressions, policies)].sort(byPlace);
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

/** Names that the tool's own codes use under `policy/`; no policy may have one. */
const taken = [
  "expression",
  "evaluation",
  "duplicate",
  "unknown",
  "untested",
  "suppressed",
  "suppression-address",
  "suppression-expired",
  "suppression-unused",
];

function twice(policies: readonly Policy[]): readonly Diagnostic[] {
  const first = new Map<string, Policy>();
  return policies.flatMap((policy): readonly Diagnostic[] => {
    const { name } = policy;
    const other = first.get(name)?.locate("/metadata/name");
    if (!first.has(name)) first.set(name, policy);
    if (other === undefined && !taken.includes(name)) return [];
    const message =
      other === undefined
        ? say`\`${name}\` is a name the tool itself uses.`
        : say`Two policies are called \`${name}\`; the other is at ${other.file}:${other.line}.`;
    const hint = say`Give this one another name: findings and suppressions go by it.`;
    return [
      {
        severity: "error",
        code: "policy/duplicate",
        message,
        at: policy.locate("/metadata/name"),
        hint,
      },
    ];
  });
}

function unknown(
  suppressions: readonly Suppression[],
  policies: readonly Policy[],
): readonly Diagnostic[] {
  const byName = new Map(policies.map((one) => [one.name, one]));
  return suppressions.flatMap(({ spec, locate: place }): readonly Diagnostic[] => {
    const policy = byName.get(spec.policy);
    if (policy === undefined) {
      const message = say`There is no policy \`${spec.policy}\` to suppress.`;
      const hint = didYouMean(
        spec.policy,
        byName.keys(),
        say`Take the suppression out, or correct the name.`,
      );
      return [
        {
          severity: "error",
          code: "policy/unknown",
          message,
          at: place("/spec/policy"),
          ...(hint !== undefined && { hint }),
        },
      ];
    }
    if ((policy.spec.on === "plan") === (spec.address === undefined)) return [];
    const message =
      spec.address === undefined
        ? say`\`${spec.policy}\` is about objects, so its suppression needs an \`address\`.`
        : say`\`${spec.policy}\` is about a whole plan, so its suppression has no \`address\`.`;
    return [
      {
        severity: "error",
        code: "policy/suppression-address",
        message,
        at: place(spec.address === undefined ? "/spec" : "/spec/address"),
      },
    ];
  });
}

function digestOf(
  policies: readonly Policy[],
  suppressions: readonly Suppression[],
): Policies["digest"] {
  const rules = policies.map(({ name, spec: { tests, ...spec } }) => [name, spec]);
  const exceptions = suppressions.map(({ spec }) => digest(spec)).sort(compare);
  return digest([rules, exceptions]);
}
