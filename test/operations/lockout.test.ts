import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../src/emulator/emulator.ts";
import type { Adapter } from "../../src/model/adapter.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import { exampleAt } from "../adapters/partner-center/example.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

// A change that takes a right of which somebody has to be left is sent alone, after a reading that
// shows who holds it now.

const users = "manifests/users.yaml";
const role = (user: string, administrator: string) =>
  `${user}\n  roles:\n    administrator: ${administrator}`;
const zhao = "    agent: none\n    administrator: billing";

/**
 * Li, Zhao and the first user are global admins; the plan takes it from Li, and from others too.
 */
async function shopOfAdmins(
  ...taken: readonly (readonly [string, string])[]
): Promise<{ shop: ProjectHarness; plan: Plan }> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  rmSync(join(shop.folder, "policies"), { recursive: true });
  shop.edit(users, [zhao, "    agent: admin\n    administrator: global"]);
  expect(await shop.apply()).toMatchObject({ status: "applied" });
  shop.edit(
    users,
    [
      "    agent: admin\n    administrator: global\n---\n# The",
      "    agent: sales\n    administrator: billing\n---\n# The",
    ],
    ...taken,
  );
  return { shop, plan: await shop.plan() };
}

const ends = ({ receipt }: ApplyResult) =>
  receipt?.results
    .filter(({ status }) => status !== "manual")
    .map(({ change, status, code }) => [change, status, ...(code ? [code] : [])].join(" "));

/** Applies with an account that somebody else changes meanwhile. */
function applyWith(
  shop: ProjectHarness,
  plan: Plan,
  changed: (real: Adapter) => Partial<Adapter>,
): Promise<ApplyResult> {
  return shop.at(({ project, view, writers }) => {
    const adapter = { ...writers.adapter, ...changed(writers.adapter) };
    const options = {
      plan,
      actor: "li.wei",
      allow: ["primary-contact"],
      reason: "the contact moves tomorrow",
      interactive: false,
      confirm: async () => true,
    };
    return apply(project, view, { ...writers, adapter }, options);
  });
}

test("whoever was seen to hold it is read once more, and the plan says what that costs", async () => {
  const { shop, plan } = await shopOfAdmins();
  expect(plan.changes.map(({ id, takes }) => [id, takes])).toEqual([
    ["User/li-wei#1", ["last-global-admin", "last-agent-admin"]],
  ]);
  expect(plan.forecast).toEqual({ reads: 3, writes: 1 });
  const told = await shop.apply({
    plan,
    allow: ["primary-contact"],
    reason: "the contact moves tomorrow",
  });
  expect([told.status, told.receipt?.spent]).toEqual(["applied", plan.forecast]);
});

test("others that lost it in the meantime hold nothing: the change is stale", async () => {
  const { shop, plan } = await shopOfAdmins();
  const lost = (real: Adapter): Partial<Adapter> => ({
    read: async function* (query, signal) {
      for await (const one of real.read(query, signal))
        yield one.key.startsWith("li.wei")
          ? one
          : { ...one, spec: { ...one.spec, accountEnabled: false } };
    },
  });
  expect(ends(await applyWith(shop, plan, lost))).toEqual([
    "User/li-wei#1 stale guard/last-global-admin",
  ]);
  expect((await shop.plan()).changes.map(({ id }) => id)).toEqual(["User/li-wei#1"]);
});

test("somebody who holds it by now and was not seen to is enough", async () => {
  const { shop, plan } = await shopOfAdmins();
  let lists = 0;
  const others = (real: Adapter): Partial<Adapter> => ({
    read: async function* (query, signal) {
      if (query.kind === "User" && query.id === undefined) lists += 1;
      for await (const one of real.read(query, signal)) {
        const roles = one.key.startsWith("chen")
          ? { agent: ["admin"], administrator: "global" }
          : { agent: [], administrator: "none" };
        yield one.key.startsWith("li.wei") ? one : { ...one, spec: { ...one.spec, roles } };
      }
    },
  });
  expect(ends(await applyWith(shop, plan, others))).toEqual(["User/li-wei#1 done"]);
  expect(lists).toBe(2);
});

test("such changes go one after the other, each after its own reading", async () => {
  const { shop, plan } = await shopOfAdmins([role("8002", "global"), role("8002", "billing")]);
  expect(plan.changes.map(({ id, takes }) => [id, takes?.length])).toEqual([
    ["User/admin#1", 1],
    ["User/li-wei#1", 2],
  ]);
  const steps: string[] = [];
  const watched = (real: Adapter): Partial<Adapter> => ({
    read: (query, signal) => {
      // Its own reading begins with what it changes.
      if (query.fields?.[0] === "/accountEnabled") steps.push("who holds it");
      return real.read(query, signal);
    },
    write: async (change, context) => {
      steps.push(`${change.address} sent`);
      const made = await real.write(change, context);
      steps.push(`${change.address} answered`);
      return made;
    },
  });
  const told = await shop.at(({ project, view, writers }) => {
    const adapter = { ...writers.adapter, ...watched(writers.adapter) };
    const options = {
      plan,
      actor: "li.wei",
      allow: ["principal", "primary-contact", "rights"],
      reason: "the contact moves tomorrow",
      interactive: false,
      confirm: async () => true,
    };
    return apply(project, view, { ...writers, adapter }, options);
  });
  expect(told.receipt?.spent).toEqual(plan.forecast);
  expect(steps).toEqual([
    ...["who holds it", "User/admin sent", "User/admin answered"],
    ...["who holds it", "who holds it", "User/li-wei sent", "User/li-wei answered"],
  ]);
});

test("a role that is refused to a new user is told, and stops what relied on it", async () => {
  const emulator = await startEmulator({ quirks: { throttle: { perMinute: 0 } } });
  onTestFinished(() => emulator.close());
  const shop = await exampleAt(emulator);
  rmSync(join(shop.folder, "policies"), { recursive: true });
  expect(await shop.apply()).toMatchObject({ status: "applied" });
  const dora = `---\napiVersion: partnercenter/v1\nkind: User\nmetadata:\n  name: dora\nspec:\n  userPrincipalName: dora@contoso.partner.onmschina.cn\n  usageLocation: CN\n  recovery:\n    mobilePhone: +86 138 0013 8009\n  roles:\n    agent: sales\n    administrator: global\n`;
  shop.edit(
    users,
    ["# The partner's own staff.", `${dora}---\n# The partner's own staff.`.slice(4)],
    [role("8002", "global"), role("8002", "billing")],
  );
  const plan = await shop.plan();
  const alone = await shop.plan({ only: ["User/dora"] });
  emulator.control.addFault({
    kind: "status",
    status: 403,
    method: "POST",
    path: "/directoryRoles/.*/members",
    times: 1,
  });
  const told = await shop.apply({
    plan,
    allow: plan.tripped.map(({ name }) => name),
    reason: "a handover",
  });
  expect(ends(told)).toEqual([
    "User/admin#1 skipped skipped/requires",
    "User/dora#1 done backend/denied",
  ]);
  const [admin, made] = told.receipt?.results ?? [];
  expect(made?.lacks).toEqual(["/roles/administrator"]);
  expect(admin?.because).toBe("It needs User/dora#1, which was made without /roles/administrator.");
  const later = await shop.apply({
    plan: alone,
    allow: alone.tripped.map(({ name }) => name),
    reason: "a handover",
  });
  expect(later.receipt?.results).toMatchObject([
    { change: "User/dora#1", status: "done-earlier", lacks: ["/roles/administrator"] },
  ]);
  const rest = await shop.plan();
  const ours = rest.changes.filter(({ by }) => by === "adapter");
  expect(ours.map(({ id, action, cause }) => [id, action, cause])).toEqual([
    ["User/admin#1", "update", "manifest"],
    ["User/dora#1", "update", "manifest"],
  ]);
});

test("whoever was disabled when a change of their rights was judged has to be so when it is sent", async () => {
  const { shop } = await shopOfAdmins();
  const rights = "  roles:\n    agent: sales\n    administrator: billing\n---\n# The";
  const held = "  roles:\n    agent: admin\n    administrator: global\n---\n# The";
  shop.edit(users, [rights, `  accountEnabled: false\n${held}`]);
  const lifted = { allow: ["primary-contact", "principal", "rights"], reason: "on leave" };
  expect(ends(await shop.apply(lifted))).toEqual(["User/li-wei#1 done"]);
  shop.edit(users, [held, rights]);
  const plan = await shop.plan();
  expect(
    plan.changes.map(({ id, takes, basedOn }) => [id, takes, basedOn.includes("/accountEnabled")]),
  ).toEqual([["User/li-wei#1", undefined, true]]);
  const enabled = (real: Adapter): Partial<Adapter> => ({
    read: async function* (query, signal) {
      for await (const one of real.read(query, signal))
        yield { ...one, spec: { ...one.spec, accountEnabled: true } };
    },
  });
  expect(ends(await applyWith(shop, plan, enabled))).toEqual(["User/li-wei#1 stale stale/field"]);
});
