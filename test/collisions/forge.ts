import { address as addressOf, nameOf } from "../../src/model/address.ts";
import { noHash } from "../../src/model/ledger/ledger.ts";
import { type Change, type Plan, planDigest } from "../../src/model/plan/plan.ts";
import { domains, offers } from "./declared.ts";
import type { Forgery } from "./draw-story.ts";
import type { Service } from "./service.ts";

type Forging = (plan: Plan, service: Service) => Partial<Plan>;

/** What each forgery makes of a plan. Whoever makes one knows the ids of the account. */
const forgings: Readonly<Record<Forgery, Forging>> = {
  money: (plan) =>
    each(plan, ({ impact: { money: _, ...impact }, ...change }) => ({ ...change, impact })),
  seats: (plan) =>
    each(plan, ({ impact: { seats: _, ...impact }, ...change }) => ({ ...change, impact })),
  reversible: (plan) => each(plan, (change) => ({ ...change, impact: { reversible: "yes" } })),
  tripped: () => ({ tripped: [] }),
  approvals: () => ({ approvals: undefined, tripped: [] }),
  requires: (plan) => each(plan, (change) => ({ ...change, requires: [] })),
  refers: (plan, service) => ({
    refers: Object.fromEntries(
      Object.keys(plan.refers).map((address) => [address, service.idOf(domains.tailspin)]),
    ),
  }),
  ids: (plan, service) => each(plan, (change) => elsewhere(change, service)),
  basedOn: (plan) => each(plan, (change) => ({ ...change, basedOn: [] })),
  fields: (plan) =>
    each(plan, (change) => ({
      ...change,
      fields: change.fields.map((field) => ({ ...field, after: field.before ?? null })),
    })),
  authors: ({ basis }) => ({ basis: { ...basis, authors: ["nobody@contoso.example"] } }),
  desired: (plan) => each(plan, (change) => wanting(change, 500)),
  head: ({ basis }) => ({ basis: { ...basis, ledger: { ...basis.ledger, head: noHash } } }),
  beside: (plan, service) => each(plan, (change) => beside(change, service)),
  "one more": (plan) => ({
    changes: plan.changes.flatMap((change) => [change, ...another(change)]),
  }),
  "another customer": (plan) =>
    each(plan, (change) => ({ ...change, ...(change.parent && { parent: "Customer/tailspin" }) })),
};

/** A plan with something in it that is not so, and with the digest that belongs to it. */
export function forge(plan: Plan, forgery: Forgery, service: Service): Plan {
  const forged = { ...plan, ...forgings[forgery](plan, service) };
  return { ...forged, digest: planDigest(forged) };
}

function each({ changes }: Plan, change: (one: Change) => object): Partial<Plan> {
  return { changes: changes.map((one) => change(one) as Change) };
}

function elsewhere(change: Change, service: Service): object {
  if (!("observed" in change) || change.kind !== "Subscription") return change;
  return {
    ...change,
    observed: { ...change.observed, id: service.idOf(domains.tailspin, offers.reports) },
  };
}

function wanting(change: Change, quantity: number): object {
  if (!("desired" in change) || change.kind !== "Subscription") return change;
  const patch =
    "patch" in change ? { patch: [{ op: "replace", path: "/quantity", value: quantity }] } : {};
  return { ...change, desired: { ...change.desired, quantity }, ...patch };
}

function beside(change: Change, service: Service): object {
  if (change.action !== "create") return change;
  const known = Object.values(offers).map((offer) => service.idOf(domains.fabrikam, offer));
  return { ...change, beside: known.filter((id) => id !== ""), formerly: [] };
}

function another(change: Change): readonly Change[] {
  if (change.action !== "create" || change.kind !== "Subscription") return [];
  const address = addressOf(
    "Subscription",
    `${nameOf(change.address)}-too`,
    change.parent?.split("/")[1],
  );
  return [{ ...change, id: `${address}#1`, address, key: `${change.key}-too` }];
}
