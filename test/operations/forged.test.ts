import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import type { Address } from "../../src/model/address.ts";
import { type Change, type Plan, planDigest } from "../../src/model/plan.ts";
import { type Application, apply } from "../../src/operations/apply.ts";
import { planChanges } from "../../src/operations/plan.ts";
import { type Stage, within } from "../story/stage.ts";

// A plan is a file. Whoever writes one himself can give it the digests of manifests, settings and policies and one of its own; what it
// then holds beyond what the manifests ask for is refused.

const user = (name: string, more: object = {}) =>
  stringify({
    apiVersion: "partnercenter/v1",
    kind: "User",
    metadata: { name },
    ...more,
    spec: {
      userPrincipalName: `${name}@contoso.partner.onmschina.cn`,
      displayName: name,
      usageLocation: "CN",
      recovery: { alternateEmail: `${name}@mail.example` },
    },
  });

/** A project with an account that has three users, one of which is to be changed and one to be removed, and a new one. */
async function project(settings: object = {}): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-forged-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const recipients = ["age193gwh9z29uaav2dqcnckumaml8e460033vs7d6mvq3w03tl0re8qa5382f"];
  writeFileSync(
    join(root, "partnerctl.yaml"),
    stringify({ apiVersion: "partnercenter/v1", kind: "Settings", credentials: { recipients }, ...settings }),
  );
  mkdirSync(join(root, "manifests"));
  const declare = (...all: readonly string[]) => writeFileSync(join(root, "manifests/users.yaml"), all.join("---\n"));
  declare(user("anna"), user("bert"), user("carl"));
  expect((await within(root, {}, (stage) => applying(stage, undefined))).status).toBe("applied");
  declare(
    user("anna").replace("displayName: anna", "displayName: Anna"),
    user("bert", { state: "absent", reason: "left" }),
    user("carl"),
    user("dora"),
  );
  return root;
}

function applying({ workspace, account }: Stage, plan: Plan | undefined, detached = false): Promise<Application> {
  const confirm = async () => true;
  const allow = ["share", "irreversible"];
  return apply(workspace.project, account.view, account.writers, {
    ...(plan && { plan }),
    ...(detached && { detached }),
    ...{ allow, actor: "li.wei", interactive: false, confirm },
  });
}

async function planned({ workspace, account }: Stage): Promise<Plan> {
  const made = await planChanges(workspace.project, account.view, {});
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  return made.value;
}

type Forging = (plan: Plan) => Partial<Plan>;
type Wished = Change & { readonly action: "create" };

const one = ({ changes }: Plan, name: string): Change => {
  const found = changes.find(({ address }) => address === `User/${name}`);
  if (!found) throw new Error(`nothing is planned for ${name}`);
  return found;
};
const instead = (plan: Plan, old: Change, ...now: readonly object[]): Partial<Plan> => ({
  changes: plan.changes.flatMap((change) => (change === old ? (now as readonly Change[]) : [change])),
});
const desired = (plan: Plan, name: string) => (one(plan, name) as Wished).desired;
const observedOf = (plan: Plan, name: string) => (one(plan, name) as Change & { readonly observed: { readonly id: string } }).observed;

const forgings: Readonly<Record<string, Forging>> = {
  "one more user": (plan) => {
    const dora = one(plan, "dora");
    const address = "User/evil" as Address;
    return instead(plan, dora, dora, { ...dora, id: `${address}#1`, address });
  },
  "a user twice": (plan) => instead(plan, one(plan, "dora"), one(plan, "dora"), { ...one(plan, "dora"), id: "User/dora#2" }),
  "a value nobody declared": (plan) =>
    instead(plan, one(plan, "dora"), { ...one(plan, "dora"), desired: { ...desired(plan, "dora"), displayName: "evil" } }),
  "a field nobody declared": (plan) =>
    instead(plan, one(plan, "dora"), { ...one(plan, "dora"), desired: { ...desired(plan, "dora"), roles: ["globalAdmin"] } }),
  "a field left out": (plan) => {
    const { displayName: _, ...rest } = desired(plan, "dora");
    return instead(plan, one(plan, "dora"), { ...one(plan, "dora"), desired: rest });
  },
  "another key": (plan) => instead(plan, one(plan, "dora"), { ...one(plan, "dora"), key: "nobody@contoso.partner.onmschina.cn" }),
  "a patch of its own": (plan) =>
    instead(plan, one(plan, "anna"), { ...one(plan, "anna"), patch: [{ op: "replace", path: "/displayName", value: "evil" }] }),
  "fields that show something else": (plan) =>
    instead(plan, one(plan, "anna"), { ...one(plan, "anna"), fields: [{ ...one(plan, "anna").fields[0], after: "harmless" }] }),
  "somebody else's id": (plan) =>
    instead(plan, one(plan, "anna"), {
      ...one(plan, "anna"),
      observed: { ...observedOf(plan, "anna"), id: observedOf(plan, "bert").id },
    }),
  "the removal of a user that is declared": (plan) => {
    const { desired: _, patch: __, ...anna } = one(plan, "anna") as Change & { readonly patch?: unknown; readonly desired?: unknown };
    return instead(plan, one(plan, "anna"), { ...anna, action: "remove", reason: "tombstone", fields: [] });
  },
  "the removal of a user that is not, where nothing says that all are": (plan) =>
    instead(plan, one(plan, "bert"), { ...one(plan, "bert"), id: "User/x#1", address: "User/x", reason: "exclusive" }),
  "a tombstone turned into letting go": (plan) => instead(plan, one(plan, "bert"), { ...one(plan, "bert"), action: "release" }),
  "a removal said to be harmless": (plan) => instead(plan, one(plan, "bert"), { ...one(plan, "bert"), impact: { reversible: "yes" } }),
  "a reference that leads elsewhere": (plan) => ({ refers: { ...plan.refers, "User/anna": observedOf(plan, "bert").id } }),
  "a reference to what is not declared": (plan) => ({ refers: { ...plan.refers, "Customer/evil": "somebody" } }),
};

test.each(Object.entries(forgings))("a plan with %s is refused; the plan it was made of is not", async (what, forging) => {
  const root = await project();
  const { before, after } = await within(root, {}, async (stage) => {
    const plan = await planned(stage);
    const forged: Plan = { ...plan, ...forging(plan) };
    const told = await applying(stage, { ...forged, digest: planDigest(forged) });
    return { before: told, after: await applying(stage, plan) };
  });
  expect([what, before.status, before.diagnostics.map(({ code }) => code)]).toEqual([
    what,
    "refused",
    before.diagnostics.map(() => "plan/not-from-manifests"),
  ]);
  expect(before.diagnostics.length).toBeGreaterThan(0);
  expect(after.status).toBe("applied");
});

test("an exclusive kind's unmanaged objects may be removed, but none that is declared", async () => {
  const root = await project({ exclusive: ["User"] });
  await within(root, {}, async (stage) => {
    const plan = await planned(stage);
    const anna = observedOf(plan, "anna");
    const forged: Plan = {
      ...plan,
      ...instead(plan, one(plan, "bert"), {
        ...one(plan, "bert"),
        ...{ id: `User/${anna.id}#1`, address: `User/${anna.id}`, reason: "exclusive", observed: anna },
      }),
    };
    const refused = await applying(stage, { ...forged, digest: planDigest(forged) });
    expect(refused.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["plan/not-from-manifests", `User/${anna.id}#1 is not what the manifests ask for`],
    ]);
    expect((await applying(stage, plan)).status).toBe("applied");
  });
});

test("detached, a plan is applied as it is", async () => {
  const root = await project();
  await within(root, {}, async (stage) => {
    const plan = await planned(stage);
    const forged: Plan = { ...plan, ...forgings["a value nobody declared"]?.(plan) };
    const told = await applying(stage, { ...forged, digest: planDigest(forged) }, true);
    expect(told.status).toBe("applied");
  });
});

test("a guard that a plan leaves out is missed", async () => {
  const root = await project();
  writeFileSync(
    join(root, "manifests/more.yaml"),
    stringify({
      apiVersion: "partnercenter/v1",
      kind: "Customer",
      metadata: { name: "fabrikam" },
      spec: {
        domain: "fabrikam-forged.partner.onmschina.cn",
        billing: {
          ...{
            companyName: "Fabrikam",
            culture: "zh-CN",
            language: "zh-CHS",
            email: "a@fabrikam.example",
            firstName: "Jun",
            lastName: "Sun",
          },
          address: {
            ...{ country: "CN", region: "Industrial Park", city: "Suzhou", state: "JS", addressLine1: "No. 218 Xinghu Street" },
            ...{ postalCode: "215123", firstName: "Jun", lastName: "Sun", phoneNumber: "051255550110" },
          },
        },
      },
    }),
  );
  await within(root, {}, async (stage) => {
    const plan = await planned(stage);
    expect(plan.tripped.map(({ name }) => name)).toContain("irreversible");
    const forged: Plan = { ...plan, tripped: [] };
    const refused = await applying(stage, { ...forged, digest: planDigest(forged) });
    expect(refused.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["plan/not-from-manifests", "the guard irreversible would stop this plan, which does not say so"],
    ]);
  });
});
