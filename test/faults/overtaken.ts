import type { Spec } from "../../src/model/values/json.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import { bought } from "../properties/accounts.ts";
import { wireOf } from "./draw-drift.ts";
import type { Incident } from "./drift.ts";
import type { Aliased } from "./expected.ts";
import type { Records } from "./records.ts";

/**
 * What somebody else makes just before a plan is applied: the nth of those customers and base
 * subscriptions of known customers that it is about to make.
 */
export function overtaking(
  plan: Plan,
  nth: number,
  { declared, records }: { readonly declared: readonly Aliased[]; readonly records: Records },
) {
  const domains = new Map(
    declared.map(({ document: { metadata, spec } }) => [`Customer/${metadata.name}`, spec.domain]),
  );
  const known = new Set(Object.values(records.customers).map(({ domain }) => domain));
  const possible = plan.changes.flatMap((change) => {
    const of = String(domains.get(change.parent ?? ""));
    return change.action === "create" && change.by === "adapter"
      ? (incidentOf(change, known.has(of) ? of : undefined) ?? [])
      : [];
  });
  return possible[nth % Math.max(possible.length, 1)];
}

function incidentOf(
  { kind, key, desired }: Change & { readonly key: string; readonly desired: Spec },
  of: string | undefined,
): Incident | undefined {
  if (kind === "Customer")
    return {
      added: "customer",
      key: String(desired.domain),
      billing: wireOf(desired.billing as Spec),
    };
  const { offer, quantity, billingCycle = "monthly", status, addOnOf } = desired;
  if (
    kind !== "Subscription" ||
    of === undefined ||
    addOnOf !== undefined ||
    status === "suspended"
  )
    return undefined;
  const { minimum = 1 } =
    bought.find(({ id }) => id === String(offer).toUpperCase())?.quantity ?? {};
  // Other than declared, so that the tool has something to do with it, and knows it from then on.
  const other = Number(quantity) > minimum ? Number(quantity) - 1 : undefined;
  return other === undefined
    ? undefined
    : {
        added: "subscription",
        of,
        key,
        fields: { offerId: String(offer).toUpperCase(), quantity: other, billingCycle },
      };
}
