import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { readPolicies } from "../../src/manifest/settings/policies.ts";
import type { Address } from "../../src/model/address.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import { planDigest } from "../../src/model/plan/plan.ts";
import type { Policy } from "../../src/model/policy.ts";
import type { Resource } from "../../src/model/resource.ts";
import { apply, type ApplyOptions } from "../../src/operations/apply/apply.ts";
import { type PlanOptions, planChanges } from "../../src/operations/plan/plan.ts";
import { judgeManifests } from "../../src/operations/project/policy.ts";
import { validate } from "../../src/operations/project/validate.ts";
import { compilePolicies } from "../../src/policy/compile.ts";
import { judgePlan } from "../../src/policy/judge.ts";
import { folder, folderWith, manifest, settings, users } from "../cli/binary.ts";
import { type CaseHarness, inProject } from "../story/case-harness.ts";
import { stepsOf } from "../steps.ts";

function policy(name: string, spec: object): string {
  return manifest("Policy", name, { message: `${name}: \${size(resources)}`, ...spec });
}

const few = { on: "change", expression: "plan.changes.size() < 2" };

function project(policies: Readonly<Record<string, string>>, more: object = {}): string {
  const files = Object.fromEntries(
    Object.entries(policies).map(([name, text]) => [`policies/${name}.yaml`, text]),
  );
  return folderWith({
    "partnerctl.yaml": settings({}, more),
    "manifests/users.yaml": users("li-wei", "wang-fang"),
    ...files,
  });
}

async function planned(
  { workspace, account }: CaseHarness,
  options: PlanOptions = {},
): Promise<Plan> {
  const made = await planChanges(workspace.project, account.view, options);
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  return made.value;
}

function applied({ workspace, account }: CaseHarness, more: Partial<ApplyOptions> = {}) {
  const options = {
    allow: [],
    actor: "li.wei",
    interactive: false,
    confirm: async () => true,
    ...more,
  };
  return apply(workspace.project, account.view, account.writers, options);
}

const codes = (diagnostics: readonly { readonly code: string }[]) =>
  diagnostics.map(({ code }) => code);

test("of very many findings the gravest are kept, and that there are more is told", async () => {
  const names = Array.from({ length: 1002 }, (_, index) => `u${index}`);
  const root = project({
    every: policy("every", {
      on: "resource",
      expression: "false",
      severity: "warning",
      message: "m",
    }),
    last: policy("last", { on: "resource", expression: 'resource.name != "u1001"', message: "m" }),
  });
  writeFileSync(join(root, "manifests/users.yaml"), users(...names));
  const judging = async ({ workspace }: CaseHarness) => {
    const compiled = await validate(workspace.project);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
    return judgeManifests(workspace.project, compiled, { today: "2026-11-05" });
  };
  const { diagnostics } = await inProject(root, {}, judging);
  expect(diagnostics.filter(({ code }) => code === "policy/every")).toHaveLength(999);
  expect(codes(diagnostics.filter(({ severity }) => severity === "error")).sort()).toEqual([
    "policy/last",
    "problems/more",
  ]);
});

test("what a policy finds is part of the plan: its digest covers it, and an error keeps it from being applied", async () => {
  const root = project({ few: policy("few", few) });
  const plan = await inProject(root, {}, (stage) => planned(stage));
  expect(codes(plan.problems)).toEqual(["policy/few", "policy/few"]);
  expect(plan.problems[0]).toMatchObject({
    at: { file: "manifests/users.yaml" },
    message: "few: 2",
    severity: "error",
  });
  expect(planDigest(plan)).toBe(plan.digest);
  expect(planDigest({ ...plan, problems: [] })).not.toBe(plan.digest);
  const ended = await inProject(root, {}, (stage) => applied(stage, { plan }));
  expect([ended.status, ended.receipt]).toEqual(["refused", undefined]);
  const anew = await inProject(root, {}, (stage) => applied(stage));
  expect([anew.status, anew.receipt]).toEqual(["refused", undefined]);
});

test.each(["warning", "note"])("a %s is shown and stops nothing", async (severity) => {
  const root = project({ few: policy("few", { ...few, severity }) });
  const ended = await inProject(root, {}, (stage) => applied(stage));
  expect([ended.status, codes(ended.plan?.problems ?? [])]).toEqual([
    "applied",
    ["policy/few", "policy/few"],
  ]);
});

test("policies that changed make a saved plan stale, their tests do not", async () => {
  const fine = { on: "change", expression: "plan.changes.size() < 20" };
  const root = project({ fine: policy("fine", fine) });
  const plan = await inProject(root, {}, (stage) => planned(stage));
  const write = (text: string) => writeFileSync(join(root, "policies/fine.yaml"), text);
  write(policy("fine", { ...fine, expression: "plan.changes.size() < 19" }));
  const refused = await inProject(root, {}, (stage) => applied(stage, { plan }));
  expect([refused.status, refused.diagnostics[0]?.code]).toEqual(["refused", "plan/outdated"]);
  expect(refused.diagnostics[0]?.message).toContain("the policies changed");
  rmSync(join(root, "policies"), { recursive: true });
  expect((await inProject(root, {}, (stage) => applied(stage, { plan }))).status).toBe("refused");
  const tests = [{ name: "three", plan: { changes: [{}, {}, {}] }, expect: "pass" }];
  const anew = project({ fine: policy("fine", { ...fine, tests }) });
  const same = await inProject(anew, {}, (stage) => planned(stage));
  expect(same.basis.policies).toBe(plan.basis.policies);
});

test("without policies a plan says nothing of them", async () => {
  const plan = await inProject(project({}), {}, (stage) => planned(stage));
  expect("policies" in plan.basis).toBe(false);
});

test.each<readonly [string, Readonly<Record<string, string>>, object, string]>([
  ["a broken file", { a: "kind: [" }, {}, "syntax/bracket"],
  [
    "a broken expression",
    { a: policy("a", { on: "change", expression: "chnage.x" }) },
    {},
    "policy/expression",
  ],
  ["a folder that is not there", {}, { policies: "rules" }, "file/missing"],
  [
    "a suppression of nothing",
    { a: manifest("Suppression", undefined, { policy: "a", reason: "r", until: "2030-01-01" }) },
    {},
    "policy/unknown",
  ],
])("%s plans nothing", async (_, policies, more, code) => {
  const made = await inProject(project(policies, more), {}, ({ workspace, account }) =>
    planChanges(workspace.project, account.view, {}),
  );
  expect([made.ok, codes(made.diagnostics)]).toEqual([false, [code]]);
});

test("a narrowed plan asks about what it is about, and reads the whole account for policies that speak of it", async () => {
  const root = folder();
  cpSync(join(import.meta.dirname, "../../examples/contoso"), root, {
    recursive: true,
    filter: (path) => !path.includes(".partnerctl"),
  });
  await inProject(root, {}, (stage) => applied(stage, { allow: ["irreversible", "money"] }));
  const asked = policy("asked", { on: "resource", expression: "false", severity: "note" });
  const others = "one.address.startsWith('Subscription/tailspin/') && one.spec.quantity > 0";
  const around = policy("around", {
    on: "plan",
    expression: `plan.narrowed && account.exists(one, ${others}) && after.exists(one, ${others})`,
  });
  writeFileSync(join(root, "policies/orders.yaml"), asked);
  writeFileSync(join(root, "policies/people.yaml"), around);
  const plan = await inProject(root, {}, (stage) =>
    planned(stage, { only: ["Customer/fabrikam"] }),
  );
  const about = [
    "Customer/fabrikam",
    "Subscription/fabrikam/conferencing",
    "Subscription/fabrikam/office",
    "Subscription/fabrikam/visio",
  ];
  expect(plan.problems.map(({ code, address }) => [code, address])).toEqual(
    about.map((one) => ["policy/asked", one]),
  );
  rmSync(join(root, "policies/people.yaml"));
  const spent = () =>
    inProject(root, {}, async ({ workspace, account: { view } }) => {
      let readings = 0;
      const read: typeof view.reader.read = (query, signal) => {
        readings += 1;
        return view.reader.read(query, signal);
      };
      await planChanges(
        workspace.project,
        { ...view, reader: { ...view.reader, read } },
        { only: ["Customer/fabrikam"] },
      );
      return readings;
    });
  const without = await spent();
  writeFileSync(join(root, "policies/people.yaml"), around);
  expect(await spent()).toBeGreaterThan(without);
});

test("suppressions of what a narrowed plan is not about are not called unused", async () => {
  const text = [
    policy("never", { on: "change", expression: "true" }),
    manifest("Suppression", undefined, {
      policy: "never",
      address: "User/*",
      reason: "r",
      until: "2030-01-01",
    }),
  ].join("---\n");
  const root = project({ text });
  const codesOf = async (options: PlanOptions) =>
    codes((await inProject(root, {}, (stage) => planned(stage, options))).problems);
  expect(await codesOf({})).toEqual(["policy/suppression-unused"]);
  expect(await codesOf({ only: ["User/li-wei"] })).toEqual([]);
});

/** Ten rules and as many changes as wanted, without a file or an account. */
function many(count: number) {
  const documents = Array.from({ length: 10 }, (_, index) => ({
    apiVersion: "partnercenter/v1",
    kind: "Policy",
    metadata: { name: `rule-${index}` },
    spec: {
      on: "change",
      kinds: ["Subscription"],
      when: 'change.action == "create"',
      expression: `money(change) <= ${index + 50000}.5 && change.desired.quantity < 1000 && change.fields.all(one, one.pointer != "/x")`,
      message: "${change.name} costs ${money(change)}",
    },
  }));
  const sources = [
    { path: "a.yaml", bytes: Buffer.from(documents.map((one) => stringify(one)).join("---\n")) },
  ];
  const judge = { validate: Object.assign(() => true, {}), schema: {} };
  const read = readPolicies(sources, { Policy: judge, Suppression: judge });
  const book = read.ok ? compilePolicies(read.value) : read;
  if (!book.ok) throw new Error(JSON.stringify(book.diagnostics));
  return { book: book.value, changes: Array.from({ length: count }, (_, index) => change(index)) };
}

function change(index: number): Change {
  const fields = ["quantity", "offer", "billingCycle"].map((name) => ({
    pointer: `/${name}`,
    after: 1,
    cause: "new" as const,
  }));
  return {
    id: `Subscription/c-${index}/office#1`,
    address: `Subscription/c-${index}/office` as Address,
    kind: "Subscription",
    by: "adapter",
    reason: "declared",
    cause: "new",
    basedOn: [],
    fields,
    impact: {
      reversible: "no",
      seats: 10,
      money: { perMonth: "1500.00", committed: "18000.00", currency: "CNY" },
    },
    requires: [],
    action: "create",
    key: "office",
    desired: {
      customer: `c-${index}`,
      offer: "e3",
      quantity: 10,
      billingCycle: "monthly",
      friendlyName: "office",
      status: "active",
    },
  };
}

test("ten policies judge 10,000 changes in ten times the steps of 1,000", async () => {
  const base = await inProject(project({}), {}, (stage) => planned(stage));
  const steps = (count: number) => {
    const { book, changes } = many(count);
    const seen = {
      plan: { ...base, changes },
      resources: [] as Resource[],
      world: { before: () => [], after: () => [], find: () => undefined },
      kinds: [],
    };
    expect(book.rules.map(({ policy: one }: { readonly policy: Policy }) => one.name)).toHaveLength(
      10,
    );
    return stepsOf(() =>
      expect(judgePlan(book, seen, { today: "2026-11-05", environment: "" })).toEqual([]),
    );
  };
  const [few, many10] = [await steps(1_000), await steps(10_000)];
  expect(few).toBeGreaterThan(10_000);
  expect(many10).toBeLessThan(11 * few);
});
