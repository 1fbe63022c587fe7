import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { address } from "../../src/model/address.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import { type ReportDocument, report } from "../../src/report/index.ts";
import { madeUpCode } from "../made-up-code.ts";

const style = { width: 100, color: false };
const typical = JSON.parse(
  readFileSync(join(import.meta.dirname, "cases/plan-typical/plan.json"), "utf8"),
) as Plan;

/**
 * The names in the order in which they first stand in a page, without what it embeds for programs.
 */
function order(page: string, names: readonly string[]): readonly string[] {
  const read = page.replace(/<script[\s\S]*?<\/script>/g, "");
  return names.toSorted((left, right) => read.search(`${left}\\b`) - read.search(`${right}\\b`));
}

const names = ["person10", "person1", "person2"];

test.each([
  ["text", ["person1", "person2", "person10"]],
  ["markdown", ["person1", "person2", "person10"]],
  ["html", ["person1", "person2", "person10"]],
  ["json", ["person1", "person10", "person2"]],
] as const)("%s lists a plan's changes and diagnostics in its order", (format, expected) => {
  const [change] = typical.changes;
  if (change === undefined) throw new Error("the plan has no changes");
  const changes = ["person1", "person10", "person2"].map(
    (name): Change => ({
      ...change,
      id: `User/${name}#1`,
      kind: "User",
      address: address("User", name),
    }),
  );
  const diagnostics = ["person1", "person10", "person2"].map(
    (name): Diagnostic => ({
      severity: "error",
      code: madeUpCode("a/b"),
      message: "x",
      address: address("User", name),
    }),
  );
  const shown = (document: ReportDocument) => order(report(format).show(document, style), names);
  const plan = { ...typical, changes, problems: [] };
  expect(shown({ kind: "plan", plan })).toEqual(expected);
  expect(shown({ kind: "diagnostics", diagnostics })).toEqual(expected);
});

test.each(["text", "markdown"])(
  "%s lists offers, credentials and manifests in that order",
  (format) => {
    const shown = (document: ReportDocument) => order(report(format).show(document, style), names);
    const given = ["person1", "person10", "person2"];
    const expected = ["person1", "person2", "person10"];
    const offer = {
      quantity: { minimum: 1, maximum: 2 },
      billingCycles: [],
      ...{ addOn: false, trial: false, purchasable: true },
      upgradesTo: [],
    };
    const offers = given.map((name) => ({ ...offer, id: `id of ${name}`, name }));
    expect(shown({ kind: "offers", offers })).toEqual(expected);
    const credentials = given.map((name) => ({ file: "f", address: address("User", name) }));
    expect(shown({ kind: "credentials", credentials })).toEqual(expected);
    const resources = given.map((name) => ({
      resource: { address: address("User", name) },
      document: { kind: "User", metadata: { name } },
      fields: [],
    }));
    expect(shown({ kind: "provenance", resources })).toEqual(expected);
  },
);
