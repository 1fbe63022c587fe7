import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "../../../src/model/values/json.ts";
import type { PlanOptions } from "../../../src/operations/plan/plan.ts";
import type { Project } from "../../../src/operations/project/project.ts";
import { change } from "../../operations/project-harness.ts";
import { type EmulatedExample, setUpEmulatedExample } from "./emulated-example.ts";

let example: EmulatedExample;

beforeAll(async () => {
  example = await setUpEmulatedExample("narrowed");
  const { receipt } = await example.shop.apply();
  expect(receipt?.results.filter(({ status }) => status !== "done" && status !== "manual")).toEqual(
    [],
  );
  change(example.shop);
});

afterAll(() => example.close());

async function plan(options: PlanOptions, changed?: (project: Project) => Project) {
  example.sent();
  const planned = await example.planned(options, changed);
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics));
  return { value: planned.value, reads: example.sent().reads };
}

/** Kinds that do not say what they look at look at everything. */
const looking = (project: Project): Project => ({
  ...project,
  kinds: project.kinds.map(({ looksAt: _, ...kind }) => kind),
});

interface Stored {
  readonly id: string;
  readonly domain: string;
}

/** Copies of a customer, which no manifest claims, until there are so many. */
function crowd(count: number): void {
  const dump = JSON.parse(JSON.stringify(example.service.control.dump())) as {
    account: Record<string, Record<string, Stored & { id: Json }>>;
  };
  const customers = dump.account.customers ?? {};
  const names = dump.account.names ?? {};
  const [first] = Object.values(customers);
  for (let nth = Object.keys(customers).length; nth < count; nth += 1) {
    const copy = {
      ...structuredClone(first as Stored),
      id: randomUUID(),
      domain: `crowd${nth}.partner.onmschina.cn`,
      orders: {},
      subscriptions: {},
    };
    customers[copy.id] = copy;
    names[copy.domain] = copy;
  }
  example.service.control.restore(dump as never);
}

test("whatever a plan is narrowed to, it says what it says when everything is read, and reads no more", async () => {
  const { value: whole, reads: all } = await plan({});
  const addresses = (await example.shop.at(async ({ project }) => project.sources())).ok
    ? [...new Set(whole.changes.map(({ address }) => address))]
    : [];
  expect(addresses.length).toBeGreaterThan(4);
  const asOf = "2026-11-30"; // Midnight may pass between two plans.
  for (const only of [
    ...addresses.map((one) => [one]),
    ["Customer/fabrikam"],
    ["Customer/fabrikam", "User/li-wei"],
    ["Subscription/tailspin/archive"],
  ]) {
    const [narrow, wide] = [await plan({ only, asOf }), await plan({ only, asOf }, looking)];
    expect([only, narrow.value]).toEqual([only, wide.value]);
    expect(narrow.reads).toBeLessThanOrEqual(wide.reads);
    expect(wide.reads).toBeLessThanOrEqual(all);
  }
});

const among = (files: readonly string[]) => (file: string) => files.includes(file);

test("what it costs goes by what it is about, however many customers there are", async () => {
  const costs = async () => [
    (await plan({ only: ["Subscription/fabrikam/office"] })).reads,
    (await plan({ only: ["Customer/tailspin"] })).reads,
    (await plan({ isChanged: among(["manifests/customers/northwind.yaml"]) })).reads,
    (
      await plan({
        isChanged: among([
          "manifests/customers/northwind.yaml",
          "manifests/customers/tailspin.yaml",
        ]),
      })
    ).reads,
    (await plan({ isChanged: among(["README.md"]) })).reads,
  ];
  // The offers where a subscription is meant, then for each customer it and its subscriptions.
  const few = await costs();
  expect(few).toEqual([3, 2, 3, 5, 0]);
  crowd(1200);
  expect(await costs()).toEqual(few);
  expect((await plan({})).reads).toBeGreaterThan(10);
});

const newcomer = (domain: string) => `apiVersion: partnercenter/v1
kind: Customer
metadata: { name: newcomer }
spec:
  domain: ${domain}
  billing:
    companyName: Newcomer
    culture: zh-CN
    language: zh-CHS
    email: a@newcomer.example
    address: { country: CN, state: BJ, city: Beijing, addressLine1: No. 1, postalCode: "100080" }
`;

test("one that nobody knows the id of is looked for by its domain: created where it is free, found where it is not", async () => {
  writeFileSync(
    join(example.shop.folder, "manifests/customers/newcomer.yaml"),
    newcomer("newcomer.partner.onmschina.cn"),
  );
  const free = await plan({ only: ["Customer/newcomer"] });
  expect([free.reads, free.value.changes.map(({ action }) => action)]).toEqual([1, ["create"]]);
  expect(free.value.forecast).toEqual({ reads: 1, writes: 2 });
  writeFileSync(
    join(example.shop.folder, "manifests/customers/newcomer.yaml"),
    newcomer("crowd700.partner.onmschina.cn"),
  );
  const taken = await plan({ only: ["Customer/newcomer"] });
  // Found, read whole, and what lives in it.
  expect([taken.reads, taken.value.changes.map(({ action }) => action)]).toEqual([3, ["update"]]);
});

test("several new ones are listed as long as that is worth it, or looked for where the plan is narrowed; both as forecast", async () => {
  const file = join(example.shop.folder, "manifests/customers/newcomer.yaml");
  rmSync(file);
  await example.shop.apply();
  const cases: readonly (readonly [string, boolean, number])[] = [
    // Two pages of three, given up, then two searches; or the searches alone.
    ["whole", false, 4],
    ["narrow", true, 2],
  ];
  for (const [name, narrow, reads] of cases) {
    const document = (one: string) =>
      newcomer(`${name}${one}.partner.onmschina.cn`).replace(
        "name: newcomer",
        `name: ${name}-${one}`,
      );
    writeFileSync(file, `${document("a")}---\n${document("b")}`);
    const { value } = await plan(
      narrow ? { only: [`Customer/${name}-a`, `Customer/${name}-b`] } : {},
    );
    const { receipt } = await example.shop.apply({
      plan: value,
      allow: value.tripped.map((one) => one.name),
      reason: "a test",
    });
    expect([value.forecast, receipt?.spent]).toEqual([
      { reads, writes: 4 },
      { reads, writes: 4 },
    ]);
  }
});

test("one that the ledger knows and that has gone is lost, never created", async () => {
  const dump = example.service.control.dump();
  const { fabrikam, ...rest } = Object.fromEntries(
    Object.entries(dump.account.customers ?? {}).map(([id, one]) => [
      (one as Stored).domain.split(".")[0] ?? id,
      one,
    ]),
  );
  expect(fabrikam).toBeDefined();
  const customers = Object.fromEntries(Object.values(rest).map((one) => [(one as Stored).id, one]));
  example.service.control.restore({ ...dump, account: { ...dump.account, customers } } as never);
  const { value } = await plan({ only: ["Subscription/fabrikam/office", "Customer/fabrikam"] });
  expect(value.changes).toEqual([]);
  expect(value.problems.map(({ code, address }) => [code, address])).toContainEqual([
    "identity/lost",
    "Customer/fabrikam",
  ]);
});
