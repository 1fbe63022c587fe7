import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "vitest";
import { kebabCase } from "../../src/model/values/kebab-case.ts";

const bundles = new URL("../../src/kinds/generated/document-schemas.json", import.meta.url);
let judges: ReadonlyMap<string, () => ValidateFunction> | undefined;

/** The schemas of documents, by the kind of the document, compiled when they are asked for. */
export function documentSchemas(): ReadonlyMap<string, () => ValidateFunction> {
  judges ??= compileAll(JSON.parse(readFileSync(bundles, "utf8")));
  return judges;
}

function compileAll(schemas: object): ReadonlyMap<string, () => ValidateFunction> {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      () => ajv.getSchema(schema.$id) ?? ajv.compile(schema),
    ]),
  );
}

/**
 * The kinds of documents that each command prints, beside diagnostics. Written once more here,
 * since the commands themselves take long to load; a test compares them.
 */
export const printedKinds: Readonly<Record<string, readonly string[]>> = {
  apply: ["plan", "receipt"],
  approve: ["approval"],
  check: ["capabilities"],
  credentials: ["credentials"],
  diff: ["plan"],
  emulator: ["emulator"],
  explain: ["reference"],
  history: ["history", "run"],
  invoices: ["invoices", "invoice"],
  init: ["plan"],
  "ledger settle": ["diagnostics"],
  "ledger unlock": ["lease"],
  "ledger verify": ["verification"],
  offers: ["offers"],
  plan: ["plan"],
  "policy test": ["policyTests"],
  pull: ["edits"],
  "prices diff": ["priceChanges"],
  reconcile: ["reconciliation"],
  render: ["provenance"],
  refresh: ["refresh"],
  renewals: ["renewals"],
  show: ["plan", "receipt"],
  validate: ["validation"],
  why: ["explanation"],
};

/**
 * Demands that what a command printed as JSON is one of its documents, as the published schemas
 * say. Returns its kind; undefined for what is no JSON of a command.
 */
export function expectDocument(args: readonly string[], stdout: string): string | undefined {
  const line = args.join(" ");
  const isJson = /--format[ =]json( |$)/.test(line) && stdout.startsWith("{");
  if (!isJson || line.startsWith("schema ")) return undefined;
  const [, own = []] = Object.entries(printedKinds).find(([name]) => line.startsWith(name)) ?? [];
  const wrong = ["diagnostics", ...own].map(
    (kind) => [kind, problemsOf(kind, JSON.parse(stdout))] as const,
  );
  const [found] = wrong.find(([, problems]) => problems === "") ?? [];
  expect(found, `${line}\n${JSON.stringify(wrong, null, 2)}\n${stdout}`).toBeDefined();
  return found;
}

/** What is wrong with a document, by the schema of its kind; empty if nothing is. */
export function problemsOf(kind: string, document: unknown): string {
  const judge = documentSchemas().get(kebabCase(kind))?.();
  if (judge === undefined) return `no schema of ${kind}`;
  return judge(document) ? "" : JSON.stringify(judge.errors?.slice(0, 5));
}
