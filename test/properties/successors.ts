import fc from "fast-check";
import { isSpec, type Spec } from "../../src/model/values/json.ts";
import {
  anAccount,
  anotherAccount,
  billing,
  bought,
  type Document,
  type Offer,
  quantity,
  userSpec,
} from "./accounts.ts";

/** What is declared, and what is declared of the same account later. */
export interface Two {
  readonly first: readonly Document[];
  readonly second: readonly Document[];
}

/** Most of what was declared goes on, changed or gone or as it was; the rest is new. */
export const two: fc.Arbitrary<Two> = anAccount.chain((first) =>
  fc
    .tuple(fc.oneof(anAccount, anotherAccount), ...first.map(successor))
    .map(([fresh, ...kept]) => ({ first, second: repaired(together(kept.flat(), fresh)) })),
);

function successor(document: Document): fc.Arbitrary<readonly Document[]> {
  const gone =
    document.kind === "Customer" || document.metadata.name === undefined
      ? fc.constant([])
      : fc.constant([{ ...document, state: "absent", reason: "No more." }]);
  const changed = changes(document).map((spec) => [
    { ...document, spec: merged(document.spec, spec) },
  ]);
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 2, arbitrary: fc.constant([document]) },
    { weight: 1, arbitrary: gone },
    { weight: 1, arbitrary: fc.constant([]) },
  );
}

function changes({ kind, spec }: Document): fc.Arbitrary<Spec> {
  if (kind === "User") return userSpec;
  if (kind === "Customer") return billing.map((profile) => ({ billing: profile }));
  return kind === "Subscription" ? order(spec) : fc.constant({});
}

function order({ offer, addOnOf, billingCycle }: Spec): fc.Arbitrary<Spec> {
  const now = offerOf(String(offer));
  const targets = now.upgradesTo.map(offerOf);
  const next = fc.oneof(
    { weight: 4, arbitrary: fc.constant(now) },
    {
      weight: addOnOf === undefined ? 8 : 0,
      arbitrary: targets.length > 0 ? fc.constantFrom(...targets) : fc.constant(now),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...bought.filter(({ addOn }) => addOn === (addOnOf !== undefined)),
      ),
    },
  );
  return next.chain((target) =>
    fc
      .record({
        quantity: quantity(target),
        status: fc.constantFrom("active", "active", "suspended"),
        cycle: fc.constantFrom(billingCycle, billingCycle, billingCycle, "annual"),
        named: fc.boolean(),
        partner: fc.boolean(),
      })
      .map(({ quantity, status, cycle, named, partner }) => ({
        ...{ offer: target.id, quantity, status },
        ...(addOnOf === undefined && cycle !== undefined && { billingCycle: cycle }),
        ...(named && { friendlyName: `renamed ${String(offer)} ${String(addOnOf)} ${quantity}` }),
        ...(partner && { partnerIdOnRecord: "77" }),
      })),
  );
}

function offerOf(id: string): Offer {
  const found = bought.find((one) => one.id === id.toUpperCase());
  if (found === undefined) throw new Error(`nobody can buy ${id}`);
  return found;
}

/** A spec with some of it changed. */
export function merged(old: Spec, more: Spec): Spec {
  const both = Object.entries(more).map(([field, value]) => {
    const before = old[field];
    return [field, isSpec(before) && isSpec(value) ? merged(before, value) : value] as const;
  });
  return { ...old, ...Object.fromEntries(both) };
}

function place({ kind, metadata, spec }: Document): string {
  return [kind, spec.customer, metadata.name].join("/");
}

function together(kept: readonly Document[], fresh: readonly Document[]): readonly Document[] {
  const places = new Set(kept.map(place));
  return [...kept, ...fresh.filter((one) => !places.has(place(one)))];
}

/**
 * Without what has no customer or base to refer to any more; what adds to something suspended is
 * suspended too; friendly names are told apart.
 */
function repaired(documents: readonly Document[]): readonly Document[] {
  const customers = new Set(
    documents
      .filter(({ kind, state }) => kind === "Customer" && state !== "absent")
      .map(({ metadata }) => metadata.name),
  );
  const all = documents
    .filter(({ spec, kind }) => kind !== "Subscription" || customers.has(spec.customer ?? null))
    .map(toldApart);
  const bases = new Map(
    all.filter(({ spec }) => spec.addOnOf === undefined).map((one) => [place(one), one]),
  );
  return all.flatMap((one) => {
    const { customer, addOnOf } = one.spec;
    if (addOnOf === undefined) return [one];
    const base = bases.get(["Subscription", customer, addOnOf].join("/"));
    if (base === undefined || (base.state === "absent" && one.state !== "absent")) return [];
    return base.spec.status === "suspended"
      ? [{ ...one, spec: { ...one.spec, status: "suspended" } }]
      : [one];
  });
}

function toldApart(document: Document): Document {
  const { metadata, spec } = document;
  return spec.friendlyName === undefined
    ? document
    : { ...document, spec: { ...spec, friendlyName: `${metadata.name}: ${spec.friendlyName}` } };
}
