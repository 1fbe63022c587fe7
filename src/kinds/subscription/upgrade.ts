import type { Catalogue } from "../../model/catalogue.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { OfferSpec } from "../generated/offer.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import { error } from "./step.ts";

const others = ["customer", "billingCycle", "addOnOf"] as const;

/**
 * Returns `upgrade` if the catalogue has an upgrade to the new offer. Returns an error otherwise,
 * and if another fixed field differs.
 */
export function replaceOffer(
  from: SubscriptionSpec,
  to: Partial<SubscriptionSpec>,
  catalogue: Catalogue | undefined,
): "upgrade" | Diagnostic {
  const fixed = others.find((field) => to[field] !== undefined && to[field] !== from[field]);
  if (fixed !== undefined) return cannotChange(fixed, from);
  if (catalogue === undefined)
    return error(
      "upgrade-unknown",
      say`The offer differs, and without the catalogue nobody can tell whether there is an upgrade to it.`,
    );
  const targets = upgradesOf(from.offer, catalogue);
  return targets.some((id) => id.toUpperCase() === to.offer?.toUpperCase())
    ? "upgrade"
    : noPath(from, to, { catalogue, targets });
}

function cannotChange(field: (typeof others)[number], from: SubscriptionSpec): Diagnostic {
  const value = from[field];
  const has = value === undefined ? say`It has no ${field}` : say`It has ${field}: ${value}`;
  return error(
    "fixed-field",
    say`\`spec.${field}\` cannot change once it is ordered.`,
    say`${has}; write that, or declare a new subscription under another name.`,
  );
}

function upgradesOf(id: string | undefined, catalogue: Catalogue): readonly string[] {
  return id === undefined ? [] : ((catalogue.find(id) as OfferSpec | undefined)?.upgradesTo ?? []);
}

function noPath(
  from: SubscriptionSpec,
  to: Partial<SubscriptionSpec>,
  paths: { readonly catalogue: Catalogue; readonly targets: readonly string[] },
): Diagnostic {
  const { catalogue, targets } = paths;
  const called = (id: string | undefined) =>
    id === undefined
      ? say`nothing`
      : `${catalogue.find(id)?.name ?? say`an offer the catalogue does not have`} (${id})`;
  const hint =
    targets.length === 0
      ? say`It can be upgraded to nothing; order another subscription instead.`
      : say`It can be upgraded to ${{ list: targets.map(called) }}.`;
  return error(
    "no-upgrade",
    say`There is no upgrade from ${called(from.offer)} to ${called(to.offer)}.`,
    hint,
  );
}
