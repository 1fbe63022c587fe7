import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Adapter, Query } from "../../src/model/adapter.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

// The legal profile's primary contact stays a global admin: who that is, is read anew before a
// global admin is demoted.

const users = "manifests/users.yaml";
const profile = "manifests/profile.yaml";
const demoted = [
  "8002\n  roles:\n    administrator: global",
  "8002\n  roles:\n    administrator: billing",
] as const;
const granted = [
  "    agent: none\n    administrator: billing",
  "    agent: admin\n    administrator: global",
] as const;
const [li, zhao] = [
  "email: li.wei@contoso.partner.onmschina.cn",
  "email: zhao.lei@contoso.partner.onmschina.cn",
];

/** Li, who is the contact, Zhao and the first user are global admins. */
async function shopOfAdmins(
  ...changes: readonly (readonly [string, string])[]
): Promise<ProjectHarness> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  rmSync(join(shop.folder, "policies"), { recursive: true });
  shop.edit(users, granted, ...changes);
  expect(await shop.apply()).toMatchObject({ status: "applied" });
  return shop;
}

/**
 * Applies while somebody else makes this the contact's e-mail address; tells which readings asked
 * who the contact is.
 */
async function applyWith(
  shop: ProjectHarness,
  plan: Plan,
  email: string,
  allow: readonly string[] = [],
) {
  const asked: Query[] = [];
  const isAbout = ({ kind, fields }: Query) => kind === "PartnerProfile" && fields?.length === 1;
  const applied = await shop.at(({ project, view, writers }) => {
    const { read } = writers.adapter;
    const adapter: Adapter = {
      ...writers.adapter,
      read: async function* (query, signal) {
        if (isAbout(query)) asked.push(query);
        for await (const one of read(query, signal))
          yield isAbout(query) ? { ...one, spec: contact(email) } : one;
      },
    };
    const lifted = { allow: ["principal", "rights", ...allow], reason: "a handover" };
    const options = {
      plan,
      actor: "li.wei",
      interactive: false,
      confirm: async () => true,
      ...lifted,
    };
    return apply(project, view, { ...writers, adapter }, options);
  });
  return { applied, asked: asked.length };
}

const contact = (email: string) => ({ legalBusiness: { primaryContact: { email } } });
const ends = ({ receipt }: ApplyResult) =>
  receipt?.results.map(({ change, status, code }) =>
    [change, status, ...(code ? [code] : [])].join(" "),
  );

test("whoever became the contact since the plan was judged keeps the right", async () => {
  const shop = await shopOfAdmins();
  shop.edit(users, demoted);
  const plan = await shop.plan();
  const { applied } = await applyWith(shop, plan, "Admin@mail.example");
  expect(ends(applied)).toEqual(["User/admin#1 stale guard/primary-contact"]);
  expect((await shop.plan()).changes.map(({ id }) => id)).toEqual(["User/admin#1"]);
});

test("a disabled user keeps nothing either, and a removal takes it too", async () => {
  const shop = await shopOfAdmins();
  for (const change of [
    [
      "name: admin\n  protect: true\nspec:",
      "name: admin\n  protect: true\nspec:\n  accountEnabled: false",
    ],
    [
      "name: admin\n  protect: true\nspec:\n  accountEnabled: false",
      "name: admin\n  protect: true\nstate: absent\nreason: left\nspec:",
    ],
  ] as const) {
    shop.edit(users, change);
    const { applied } = await applyWith(shop, await shop.plan(), "admin@mail.example", [
      "protected",
      "removals",
      "irreversible",
    ]);
    expect(ends(applied)).toEqual(["User/admin#1 stale guard/primary-contact"]);
  }
});

test("the plan says what the reading costs; where the guard is lifted, nobody asks", async () => {
  const shop = await shopOfAdmins();
  shop.edit(users, demoted);
  const plan = await shop.plan();
  expect(plan.forecast).toEqual({ reads: 3, writes: 1 });
  const { applied, asked } = await applyWith(shop, plan, "li.wei@contoso.partner.onmschina.cn");
  expect([ends(applied), applied.receipt?.spent, asked]).toEqual([
    ["User/admin#1 done"],
    plan.forecast,
    1,
  ]);
  shop.edit(users, [
    "    agent: admin\n    administrator: global\n---\n# The",
    "    agent: sales\n    administrator: billing\n---\n# The",
  ]);
  const lifting = await shop.plan();
  expect(lifting.tripped.map(({ name }) => name)).toContain("primary-contact");
  const told = await applyWith(shop, lifting, "li.wei@contoso.partner.onmschina.cn", [
    "primary-contact",
  ]);
  expect([ends(told.applied), told.applied.receipt?.spent, told.asked]).toEqual([
    ["User/li-wei#1 done"],
    lifting.forecast,
    0,
  ]);
});

test("where the plan itself moves the contact, what it set is what counts", async () => {
  const shop = await shopOfAdmins();
  shop.edit(profile, [li, zhao]);
  shop.edit(users, demoted, [
    "    agent: admin\n    administrator: global\n---\n# The",
    "    agent: sales\n    administrator: billing\n---\n# The",
  ]);
  const plan = await shop.plan();
  // Each is read before its change, and of each right somebody who keeps it; the contact is not
  // asked for.
  expect(plan.forecast).toEqual({ reads: 6, writes: 3 });
  const applied = await shop.apply({ plan, allow: ["principal", "rights"] });
  expect(ends(applied)).toEqual([
    "PartnerProfile#1 done",
    "User/admin#1 done",
    "User/li-wei#1 done",
  ]);
  expect(applied.receipt?.spent).toEqual(plan.forecast);
});

test("another admin who is reached at the same address is enough, and is read once more", async () => {
  const shop = await shopOfAdmins([
    "mobilePhone: +86 138 0013 8005",
    "alternateEmail: admin@mail.example",
  ]);
  shop.edit(profile, [li, "email: admin@mail.example"]);
  expect(await shop.apply()).toMatchObject({ status: "applied" });
  shop.edit(users, demoted);
  const plan = await shop.plan();
  expect([plan.tripped.map(({ name }) => name).includes("primary-contact"), plan.forecast]).toEqual(
    [false, { reads: 4, writes: 1 }],
  );
  const { applied } = await applyWith(shop, plan, "admin@mail.example");
  expect([ends(applied), applied.receipt?.spent]).toEqual([["User/admin#1 done"], plan.forecast]);
});
