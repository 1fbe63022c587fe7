import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import { equal, type Json, type Spec } from "../../src/model/values/json.ts";
import type { LedgerState } from "../../src/model/ledger/ledger-state.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type Pointer, valueAt, withValue } from "../../src/model/values/pointer.ts";
import type { Resource } from "../../src/model/resource.ts";
import { validate } from "../../src/operations/project/validate.ts";
import { demand, type EngineHarness } from "../engine-harness.ts";
import { makeIncidents } from "../story/portal.ts";
import { anAccount } from "./accounts.ts";
import { act, expectEmpty, withEngine, reach } from "./judged.ts";
import { runs } from "./runs.ts";

/** What somebody may change in the portal, by kind, and what to. */
const changeable: Readonly<Record<string, Readonly<Record<Pointer, readonly Json[]>>>> = {
  PartnerProfile: {
    "/support/telephone": ["4008200199"],
    "/billing/taxId": ["0000"],
    "/billing/companyName": ["Drifted"],
    "/organization/email": ["drift@contoso.example"],
    "/legalBusiness/address/city": ["Drifton"],
    "/legalBusiness/companyApproverEmail": ["drift@contoso.example"],
    "/legalBusiness/primaryContact/phoneNumber": ["1"],
  },
  User: {
    "/displayName": ["Drifted"],
    "/surname": ["Drifted"],
    "/accountEnabled": [true, false],
    "/usageLocation": ["FR"],
    "/recovery/mobilePhone": ["+1 555 0100"],
    "/roles/agent": ["none", "admin", ["sales", "helpdesk"]],
    "/roles/administrator": ["none", "billing", "global"],
  },
  CatalogCustomization: { "/featuredOffers": [[], ["5FA4F213-638C-5693-ADE5-924129D90D90"]] },
  Customer: {
    "/billing/companyName": ["Drifted"],
    "/billing/address/city": ["Drifton"],
    "/billing/firstName": ["Drifted"],
  },
  Subscription: {
    "/quantity": [7, 25],
    "/status": ["active", "suspended"],
    "/friendlyName": ["Drifted"],
    "/partnerIdOnRecord": ["99"],
  },
};

interface Drift {
  readonly which: number;
  readonly field: number;
  readonly value: number;
}

const aDrift: fc.Arbitrary<Drift> = fc.record({
  which: fc.nat(),
  field: fc.nat(),
  value: fc.nat(),
});

interface Drifted {
  readonly object: Observed;
  readonly pointer: Pointer;
  readonly value: Json;
  /** What declares the object. */
  readonly resource: Resource | undefined;
}

describe("what is changed in the account itself", () => {
  test("is planned back where a manifest speaks of it, as drift, and left alone where none does", async () => {
    const property = fc.asyncProperty(anAccount, aDrift, (documents, drift) =>
      withEngine(async (stage, { root }) => {
        await reach(stage, documents);
        const happened = await choose(stage, drift);
        const { object, pointer, value } = happened;
        await makeIncidents(
          root,
          [{ change: await pathTo(object, stage), set: { [pointer]: value } }],
          stage.view.now(),
        );
        const plan = await stage.plan();
        demandJudged(plan, happened, stage.ledger.state.applied);
        if (plan.changes.length === 0 || hasErrors(plan.problems)) return;
        await act(stage);
        expectEmpty(await stage.plan());
      }),
    );
    await fc.assert(property, runs(30));
  });

  test("and what is deleted there is missed where it was declared", async () => {
    const property = fc.asyncProperty(anAccount, fc.nat(), (documents, which) =>
      withEngine(async (stage, { root }) => {
        await reach(stage, documents);
        const users = (await stage.read()).filter(({ kind }) => kind === "User");
        const [user] = users.slice(which % Math.max(1, users.length));
        if (user === undefined) return;
        const resource = await declaring(user, stage);
        await makeIncidents(root, [{ delete: `User/${user.key}` }], stage.view.now());
        const { changes, problems } = await stage.plan();
        expect(changes).toEqual([]);
        const known =
          resource !== undefined && stage.ledger.state.bindings[resource.address] !== undefined;
        if (known)
          expect(problems).toContainEqual(
            expect.objectContaining({ code: "identity/lost", address: resource.address }),
          );
        else expect(problems.filter((one) => hasErrors([one]))).toEqual([]);
      }),
    );
    await fc.assert(property, runs(8));
  });
});

/** A change of something that is really another value than before. */
async function choose(stage: EngineHarness, { which, field, value }: Drift): Promise<Drifted> {
  const possible = (await stage.read()).flatMap((object) =>
    Object.entries(changeable[object.kind] ?? {}).flatMap(([pointer, values]) =>
      values
        .filter(
          (one) =>
            !equal(
              normal(object.kind, withValue(object.spec, pointer, one)),
              normal(object.kind, object.spec),
            ),
        )
        .map((one) => ({ object, pointer, value: one })),
    ),
  );
  const objects = possible.filter(({ object }) => !object.key.includes("/"));
  const kindsThere = [...new Set(objects.map(({ object }) => object.kind))];
  const ofKind = objects.filter(
    ({ object }) => object.kind === kindsThere[which % kindsThere.length],
  );
  const chosen = ofKind[(field * 31 + value) % ofKind.length];
  if (chosen === undefined) throw new Error("an account is never empty");
  return { ...chosen, resource: await declaring(chosen.object, stage) };
}

function normal(kind: string, spec: Spec): Spec {
  return (kinds.find(({ name }) => name === kind)?.normalize(spec) ?? spec) as Spec;
}

/** The resource that an object is, by the ledger or by its key. */
async function declaring(
  { id, kind: name, key, parentId }: Observed,
  stage: EngineHarness,
): Promise<Resource | undefined> {
  const kind = kinds.find((one) => one.name === name);
  const { resources } = demand(await validate(stage.project));
  const bindings = stage.ledger.state.bindings;
  const own = resources.filter((one) => one.kind === name);
  const bound = own.find(({ address }) => bindings[address]?.id === id);
  const named = own.filter(
    ({ address, parent }) =>
      bindings[address] === undefined && (parent && bindings[parent]?.id) === parentId,
  );
  return bound ?? named.find((one) => kind?.singleton || kind?.key(one.spec, one.name) === key);
}

async function pathTo({ kind, key, parentId }: Observed, stage: EngineHarness): Promise<string> {
  const parent = (await stage.read()).find(
    ({ id, kind: other }) => other === "Customer" && id === parentId,
  );
  return [kind, ...(parent ? [parent.key] : []), ...(key === "" ? [] : [key])].join("/");
}

function demandJudged(
  { changes, problems }: Plan,
  { object, pointer, value, resource }: Drifted,
  applied: LedgerState["applied"],
): void {
  const declared =
    resource?.state === "present" ? valueAt(resource.spec as Spec, pointer) : undefined;
  const seen = valueAt(normal(object.kind, withValue(object.spec, pointer, value)), pointer);
  const refused = problems.filter((one) => hasErrors([one]));
  if (resource?.state === "absent" && pointer === "/status" && value === "active") {
    expect(changes.map(({ address, action }) => ({ address, action }))).toEqual([
      { address: resource.address, action: "remove" },
    ]);
  } else if (declared === undefined || equal(declared, seen)) {
    expect({ changes, refused }).toEqual({ changes: [], refused: [] });
  } else if (refused.length > 0) {
    expect(refused).toEqual([
      expect.objectContaining({ address: resource?.address, code: "subscription/quantity-frozen" }),
    ]);
  } else {
    const field = { pointer, ...(seen !== undefined && { before: seen }), after: declared };
    expect(changes).toEqual([
      expect.objectContaining({
        address: resource?.address,
        action: "update",
        fields: [expect.objectContaining(field)],
      }),
    ]);
    // What was so already when it was first declared was never applied, so nobody knows who moved.
    const known = resource && applied[resource.address]?.[pointer] !== undefined;
    if (known) expect(changes[0]?.cause).toBe("drift");
    else expect(["new", "manifest"]).toContain(changes[0]?.cause);
  }
}
