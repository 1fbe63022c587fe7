import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import type { Address } from "../../src/model/address.ts";
import { type Change, type Plan, planDigest } from "../../src/model/plan/plan.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import { planChanges } from "../../src/operations/plan/plan.ts";
import { type CaseHarness, inProject } from "../story/case-harness.ts";

// A plan is a file. Whoever writes one himself can give it the digests of manifests, settings and
// policies and one of its own. Nothing it says of itself is believed: a change that planning again
// does not give is stale, and the others go on.

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

/**
 * A project with an account that has three users, one of which is to be changed and one to be
 * removed, and a new one.
 */
async function project(settings: object = {}): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-forged-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const recipients = ["age193gwh9z29uaav2dqcnckumaml8e460033vs7d6mvq3w03tl0re8qa5382f"];
  writeFileSync(
    join(root, "partnerctl.yaml"),
    stringify({
      apiVersion: "partnercenter/v1",
      kind: "Settings",
      credentials: { recipients },
      ...settings,
    }),
  );
  mkdirSync(join(root, "manifests"));
  const declare = (...all: readonly string[]) =>
    writeFileSync(join(root, "manifests/users.yaml"), all.join("---\n"));
  declare(user("anna"), user("bert"), user("carl"));
  expect((await inProject(root, {}, (stage) => applying(stage, undefined))).status).toBe("applied");
  declare(
    user("anna").replace("displayName: anna", "displayName: Anna"),
    user("bert", { state: "absent", reason: "left" }),
    user("carl"),
    user("dora"),
  );
  return root;
}

function applying(
  { workspace, account }: CaseHarness,
  plan: Plan | undefined,
  detached = false,
): Promise<ApplyResult> {
  const confirm = async () => true;
  const allow = ["removals", "irreversible"];
  return apply(workspace.project, account.view, account.writers, {
    ...(plan && { plan }),
    ...(detached && { detached, marked: true }),
    ...{ allow, reason: "left", actor: "li.wei", interactive: false, confirm },
  });
}

async function planned({ workspace, account }: CaseHarness): Promise<Plan> {
  const made = await planChanges(workspace.project, account.view, {});
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  return made.value;
}

type Forging = (plan: Plan) => Partial<Plan>;
type Told = readonly string[];
type Wished = Change & { readonly action: "create" };

const one = ({ changes }: Plan, name: string): Change => {
  const found = changes.find(({ address }) => address === `User/${name}`);
  if (!found) throw new Error(`nothing is planned for ${name}`);
  return found;
};
const instead = (plan: Plan, old: Change, ...now: readonly object[]): Partial<Plan> => ({
  changes: plan.changes.flatMap((change) =>
    change === old ? (now as readonly Change[]) : [change],
  ),
});
const desired = (plan: Plan, name: string) => (one(plan, name) as Wished).desired;
const observedOf = (plan: Plan, name: string) =>
  (one(plan, name) as Change & { readonly observed: { readonly id: string } }).observed;

const forgings: Readonly<Record<string, readonly [Forging, Told]>> = {
  "one more user": [
    (plan) => {
      const dora = one(plan, "dora");
      const address = "User/evil" as Address;
      return instead(plan, dora, dora, { ...dora, id: `${address}#1`, address });
    },
    ["User/evil#1 stale/changed"],
  ],
  "a user twice": [
    (plan) =>
      instead(plan, one(plan, "dora"), one(plan, "dora"), {
        ...one(plan, "dora"),
        id: "User/dora#2",
      }),
    ["User/dora#2 stale/changed"],
  ],
  "the very same change twice": [
    (plan) => instead(plan, one(plan, "dora"), one(plan, "dora"), one(plan, "dora")),
    [],
  ],
  "a value nobody declared": [
    (plan) =>
      instead(plan, one(plan, "dora"), {
        ...one(plan, "dora"),
        desired: { ...desired(plan, "dora"), displayName: "evil" },
      }),
    ["User/dora#1 stale/changed"],
  ],
  "a field nobody declared": [
    (plan) =>
      instead(plan, one(plan, "dora"), {
        ...one(plan, "dora"),
        desired: { ...desired(plan, "dora"), roles: ["globalAdmin"] },
      }),
    ["User/dora#1 stale/changed"],
  ],
  "a field left out": [
    (plan) => {
      const { displayName: _, ...rest } = desired(plan, "dora");
      return instead(plan, one(plan, "dora"), { ...one(plan, "dora"), desired: rest });
    },
    ["User/dora#1 stale/changed"],
  ],
  "another key": [
    (plan) =>
      instead(plan, one(plan, "dora"), {
        ...one(plan, "dora"),
        key: "nobody@contoso.partner.onmschina.cn",
      }),
    ["User/dora#1 stale/changed"],
  ],
  "a patch of its own": [
    (plan) =>
      instead(plan, one(plan, "anna"), {
        ...one(plan, "anna"),
        patch: [{ op: "replace", path: "/displayName", value: "evil" }],
      }),
    [],
  ],
  "fields that show something else": [
    (plan) =>
      instead(plan, one(plan, "anna"), {
        ...one(plan, "anna"),
        fields: [{ ...one(plan, "anna").fields[0], after: "harmless" }],
      }),
    ["User/anna#1 stale/changed"],
  ],
  "nothing it was based on": [
    (plan) => instead(plan, one(plan, "anna"), { ...one(plan, "anna"), basedOn: [] }),
    [],
  ],
  "somebody else's id": [
    (plan) =>
      instead(plan, one(plan, "anna"), {
        ...one(plan, "anna"),
        observed: { ...observedOf(plan, "anna"), id: observedOf(plan, "bert").id },
      }),
    ["User/anna#1 stale/changed"],
  ],
  "the removal of a user that is declared": [
    (plan) => {
      const {
        desired: _,
        patch: __,
        ...anna
      } = one(plan, "anna") as Change & { readonly patch?: unknown; readonly desired?: unknown };
      return instead(plan, one(plan, "anna"), {
        ...anna,
        action: "remove",
        reason: "tombstone",
        fields: [],
      });
    },
    ["User/anna#1 stale/changed"],
  ],
  "the removal of a user that is not, where nothing says that all are": [
    (plan) =>
      instead(plan, one(plan, "bert"), {
        ...one(plan, "bert"),
        id: "User/x#1",
        address: "User/x",
        reason: "exclusive",
      }),
    ["User/x#1 stale/changed"],
  ],
  "a tombstone turned into letting go": [
    (plan) => instead(plan, one(plan, "bert"), { ...one(plan, "bert"), action: "forget" }),
    ["User/bert#1 stale/changed"],
  ],
  "a removal said to be harmless": [
    (plan) =>
      instead(plan, one(plan, "bert"), { ...one(plan, "bert"), impact: { reversible: "yes" } }),
    ["User/bert#1 stale/graver"],
  ],
  "references that lead elsewhere": [
    (plan) => ({
      refers: { "User/anna": observedOf(plan, "bert").id, "Customer/evil": "somebody" },
    }),
    [],
  ],
};

async function forge(plan: Plan, forging: Partial<Plan>): Promise<Plan> {
  const forged = { ...plan, ...forging };
  return { ...forged, digest: planDigest(forged) };
}

/** What became of the changes that are not done. */
const undone = ({ receipt }: ApplyResult) =>
  receipt?.results
    .filter(({ status }) => status !== "done")
    .map(({ change, code }) => `${change} ${code}`);

test.each(Object.entries(forgings))(
  "of a plan with %s only what the manifests ask for is done",
  async (_, [forging, told]) => {
    const root = await project();
    const { plan, application, left } = await inProject(root, {}, async (stage) => {
      const plan = await planned(stage);
      const application = await applying(stage, await forge(plan, forging(plan)));
      return { plan, application, left: await planned(stage) };
    });
    expect(undone(application)).toEqual(told);
    expect(application.status).toBe(told.length > 0 ? "stale" : "applied");
    const refused = told.map((one) => one.split("#")[0]);
    const rest = plan.changes.filter(
      ({ address }) =>
        refused.includes(address) &&
        !application.receipt?.results.some(
          (one) => one.status === "done" && one.address === address,
        ),
    );
    const replaced = plan.changes.filter(
      ({ id }) => !application.receipt?.results.some(({ change }) => change === id),
    );
    expect(left.changes.map(({ id }) => id)).toEqual([...rest, ...replaced].map(({ id }) => id));
  },
);

test("an exclusive kind's unmanaged objects may be removed, but none that is declared", async () => {
  const root = await project({ exclusive: ["User"] });
  await inProject(root, {}, async (stage) => {
    const plan = await planned(stage);
    const anna = observedOf(plan, "anna");
    const removal = {
      id: `User/${anna.id}#1`,
      address: `User/${anna.id}`,
      reason: "exclusive",
      observed: anna,
    };
    const forged = await forge(
      plan,
      instead(plan, one(plan, "bert"), { ...one(plan, "bert"), ...removal }),
    );
    const told = await applying(stage, forged);
    expect([told.status, undone(told)]).toEqual(["stale", [`User/${anna.id}#1 stale/changed`]]);
    const rest = await planned(stage);
    expect(rest.changes.map(({ id }) => id)).toEqual(["User/bert#1"]);
    expect((await applying(stage, rest)).status).toBe("applied");
  });
});

test("detached, a plan stands for its manifests; what it says of itself is not believed either", async () => {
  const root = await project();
  await inProject(root, {}, async (stage) => {
    const plan = await planned(stage);
    const dora = one(plan, "dora");
    const fields = dora.fields.map((field) =>
      field.pointer === "/displayName" ? { ...field, after: "Dora" } : field,
    );
    const other = { ...dora, desired: { ...desired(plan, "dora"), displayName: "Dora" }, fields };
    const bert = { ...one(plan, "bert"), impact: { reversible: "yes" } };
    const changes = plan.changes.map((change) =>
      change === dora ? other : change.address === "User/bert" ? bert : change,
    );
    const told = await applying(
      stage,
      await forge(plan, { changes: changes as readonly Change[] }),
      true,
    );
    expect([told.status, undone(told), told.receipt?.detached]).toEqual([
      "stale",
      ["User/bert#1 stale/graver"],
      true,
    ]);
    expect((await planned(stage)).changes.map(({ id }) => id)).toEqual([
      "User/bert#1",
      "User/dora#1",
    ]);
  });
});

test("a guard that a plan leaves out stops it all the same", async () => {
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
            ...{
              country: "CN",
              region: "Industrial Park",
              city: "Suzhou",
              state: "JS",
              addressLine1: "No. 218 Xinghu Street",
            },
            ...{
              postalCode: "215123",
              firstName: "Jun",
              lastName: "Sun",
              phoneNumber: "051255550110",
            },
          },
        },
      },
    }),
  );
  await inProject(root, {}, async (stage) => {
    const plan = await planned(stage);
    expect(plan.tripped.map(({ name }) => name)).toContain("irreversible");
    const { workspace, account } = stage;
    const options = {
      allow: ["removals"],
      reason: "left",
      actor: "li.wei",
      interactive: false,
      confirm: async () => true,
    };
    const forged = await forge(plan, { tripped: [] });
    const refused = await apply(workspace.project, account.view, account.writers, {
      ...options,
      plan: forged,
    });
    expect([refused.status, refused.diagnostics.map(({ code }) => code)]).toEqual([
      "guarded",
      ["guard/irreversible"],
    ]);
  });
});
