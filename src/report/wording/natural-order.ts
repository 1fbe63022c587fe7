import type { Diagnostic } from "../../model/diagnostic.ts";
import type { OfferRow, WaitingCredential } from "../../model/ledger/history.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Receipt } from "../../model/plan/receipt.ts";
import { compareNaturally } from "../../model/text/natural.ts";
import type { ProvenanceReport } from "../document.ts";

/** Comes after every name. */
const last = "\uffff";

/**
 * The plan with its lists in the order that people expect: by kind as before, then `u2` before
 * `u10`.
 */
export function orderPlan(plan: Plan): Plan {
  return {
    ...plan,
    ...(plan.scope && { scope: [...plan.scope].sort(compareNaturally) }),
    changes: inKinds(plan.changes, ({ address }) => address),
    unmanaged:
      plan.unmanaged &&
      inKinds(plan.unmanaged, ({ kind, parent = "", key }) => `${kind}/${parent}/${key}`),
    problems: inKinds(plan.problems, ({ address = "" }) => address),
    tripped: plan.tripped.map((one) => ({
      ...one,
      changes: inKinds(one.changes, (change) => change),
    })),
  };
}

/** The receipt with its results in that order. */
export function orderReceipt(receipt: Receipt): Receipt {
  return { ...receipt, results: inKinds(receipt.results, ({ address }) => address) };
}

/** Diagnostics by file, line and address, in that order. */
export function orderDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (left, right) =>
      compareNaturally(left.at?.file ?? last, right.at?.file ?? last) ||
      (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
      (left.at?.column ?? 0) - (right.at?.column ?? 0) ||
      compareNaturally(left.address ?? "", right.address ?? ""),
  );
}

/** Offers by name, in that order. */
export function orderOffers(offers: readonly OfferRow[]): readonly OfferRow[] {
  return [...offers].sort(
    (left, right) => compareNaturally(left.name, right.name) || compareNaturally(left.id, right.id),
  );
}

/** Credentials by address, in that order; those without one follow. */
export function orderCredentials(
  credentials: readonly WaitingCredential[],
): readonly WaitingCredential[] {
  return [...credentials].sort((left, right) =>
    compareNaturally(left.address ?? last, right.address ?? last),
  );
}

/** Manifests by kind as before, then by address in that order. */
export function orderResources(
  resources: readonly ProvenanceReport[],
): readonly ProvenanceReport[] {
  return inKinds(resources, ({ resource }) => resource.address);
}

/** The kinds keep their order; within one, items are sorted by address. */
function inKinds<T>(items: readonly T[], addressOf: (item: T) => string): readonly T[] {
  const keyed = items.map((item) => ({ item, address: addressOf(item) }));
  const kinds = new Map<string, typeof keyed>();
  for (const one of keyed) {
    const kind = one.address.split("/", 1)[0] ?? "";
    const own = kinds.get(kind);
    if (own) own.push(one);
    else kinds.set(kind, [one]);
  }
  return [...kinds.values()].flatMap((own) =>
    own
      .sort((left, right) => compareNaturally(left.address, right.address))
      .map(({ item }) => item),
  );
}
