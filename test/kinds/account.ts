import { type Address, address, kindOf } from "../../src/model/address.ts";
import type { Catalogue } from "../../src/model/catalogue.ts";
import { isSpec, type Json, type Spec } from "../../src/model/values/json.ts";
import type { ProjectedObject, World } from "../../src/model/kind.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { leaves, valueAt, withValue } from "../../src/model/values/pointer.ts";
import type { Resource } from "../../src/model/resource.ts";

const base = {
  by: "adapter",
  reason: "differs",
  cause: "manifest",
  basedOn: [],
  impact: { reversible: "yes" },
  requires: [],
} as const;

function placed(at: string) {
  const [kind = "", parent, name] = at.split("/");
  return {
    id: `${at}#1`,
    address: at as Address,
    kind,
    ...(name === undefined ? {} : { parent: address("Customer", parent) }),
  } as const;
}

/** A change that creates this. */
export function creates(at: string, desired: Spec): Change {
  return {
    ...base,
    ...placed(at),
    fields: fieldsOf({}, desired),
    action: "create",
    key: at,
    desired,
  };
}

/** A change from one spec to another, told by the fields that differ; `id` is the live object's. */
export function updates(at: string, from: Spec, to: Spec, id = `id of ${at}`): Change {
  return {
    ...base,
    ...placed(at),
    fields: fieldsOf(from, to),
    action: "update",
    desired: to,
    observed: { id, key: at, spec: from },
    patch: [],
  };
}

/** A change of a subscription's offer. */
export function upgrades(at: string, from: Spec, offer: string): Change {
  const to = { ...from, offer };
  return {
    ...base,
    ...placed(at),
    fields: fieldsOf(from, to),
    action: "upgrade",
    desired: to,
    observed: { id: `id of ${at}`, key: at, spec: from },
  };
}

/** A change that removes this. */
export function removes(at: string, spec: Spec, id = `id of ${at}`): Change {
  return { ...base, ...placed(at), fields: [], action: "remove", observed: { id, key: at, spec } };
}

function fieldsOf(from: Spec, to: Spec): Change["fields"] {
  return [...leaves(to)].flatMap(([pointer, after]) => {
    const before = valueAt(from, pointer);
    return JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [
          {
            pointer,
            ...(before === undefined ? {} : { before }),
            after,
            cause: "manifest" as const,
          },
        ];
  });
}

/**
 * What lives in an account, by address; an id in place of the last part where no manifest claims
 * it: `Subscription/fabrikam/?1`.
 */
export type Live = Readonly<Record<string, Spec>>;

/** The account as these changes find it and leave it. */
export function worldOf(
  live: Live,
  changes: readonly Change[],
  rest: { readonly catalogue?: Catalogue; readonly principal?: string } = {},
): World {
  const before = Object.entries(live).map(([at, spec]) => itemOf(at, spec));
  const touched = new Map(changes.map((change) => [change.address as string, change]));
  const kept = before.flatMap((item) => {
    const change = touched.get(String(item.address));
    const spec = change === undefined ? item.spec : left(change);
    return spec === undefined ? [] : [{ ...item, spec }];
  });
  const made = changes.flatMap((change) =>
    change.action === "create" ? [itemOf(change.address, change.desired)] : [],
  );
  const after = [...kept, ...made];
  const of = (items: readonly ProjectedObject[]) => (kind: string, parent?: string) =>
    items.filter((item) => item.kind === kind && (parent === undefined || item.parent === parent));
  return {
    before: of(before),
    after: of(after),
    find: (at) => after.find((item) => item.address === at),
    ...rest,
  };
}

function left(change: Change): Spec | undefined {
  if (change.action === "remove")
    return change.kind === "Subscription"
      ? { ...change.observed.spec, status: "suspended" }
      : undefined;
  if (change.action === "create" || change.action === "forget") return undefined;
  return change.fields.reduce(
    (spec: Spec, { pointer, after }) => withValue(spec, pointer, after),
    change.observed.spec,
  );
}

function itemOf(at: string, spec: Spec): ProjectedObject {
  const { kind, parent } = placed(at);
  const unclaimed = at.split("/?")[1];
  return {
    kind,
    ...(unclaimed === undefined
      ? { address: at as Address, id: `id of ${at}` }
      : { id: unclaimed }),
    ...(parent === undefined ? {} : { parent }),
    spec,
  };
}

/** A manifest's resource; `locate` answers with the pointer as the file. */
export function resource(at: string, spec: Spec, rest: Partial<Resource> = {}): Resource {
  const { kind, parent } = placed(at);
  return {
    address: at as Address,
    kind,
    name: at.slice(at.lastIndexOf("/") + 1),
    ...(parent === undefined ? {} : { parent }),
    spec,
    state: "present",
    previously: [],
    files: ["account.yaml"],
    protect: false,
    allowDuplicate: false,
    locate: (pointer) => ({
      file: pointer,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
      excerpt: "",
    }),
    ...rest,
  };
}

/** Finds among these resources by address. */
export function finder(resources: readonly Resource[]): (address: Address) => Resource | undefined {
  return (wanted) =>
    resources.find((one) => one.address === wanted && kindOf(one.address) === one.kind);
}

/** The codes of some diagnostics. */
export function codes(diagnostics: readonly { readonly code: string }[]): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

/** An offer with everything that a check may look at. */
export function offer(name: string, rest: Readonly<Record<string, Json>> = {}): Spec {
  const whole: Spec = {
    name,
    quantity: { minimum: 1, maximum: 300 },
    limit: { unit: "none", count: 0 },
    term: { unit: "year", count: 1 },
    billingCycles: ["annual", "monthly"],
    addOn: false,
    trial: false,
    purchasable: true,
    prerequisites: [],
    upgradesTo: [],
    convertsTo: [],
  };
  return isSpec(rest) ? { ...whole, ...rest } : whole;
}
