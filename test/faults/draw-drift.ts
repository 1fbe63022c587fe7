import type { Spec } from "../../src/model/values/json.ts";
import { bought } from "../properties/accounts.ts";
import {
  aBilling,
  type Bought,
  type Buyer,
  bystander,
  chance,
  type Declaration,
  type Draw,
  fresh,
  pick,
} from "./draw-account.ts";
import type { Incident } from "./drift.ts";

/** What happened in the account itself, and which subscriptions that suspended. */
export interface Drift {
  readonly incidents: readonly Incident[];
  readonly suspended: ReadonlySet<Bought>;
}

/** Nothing. */
export const noDrift: Drift = { incidents: [], suspended: new Set() };

/**
 * What was there before the tool came: people, customers and subscriptions, of which the manifests
 * speak or not.
 */
export function before(draw: Draw, all: Declaration): readonly Incident[] {
  const strangers: Incident[] = [];
  if (chance(draw, 0.3))
    strangers.push({
      added: "user",
      key: `${fresh(all, "guest")}#EXT#@contoso.partner.onmschina.cn`,
      guest: true,
    });
  if (chance(draw, 0.3))
    strangers.push({
      added: "user",
      key: `${fresh(all, "colleague")}@contoso.partner.onmschina.cn`,
      guest: false,
    });
  if (chance(draw, 0.3))
    strangers.push(...stranger(draw, `${fresh(all, "stranger")}.partner.onmschina.cn`));
  const known = all.people
    .filter(() => chance(draw, 0.2))
    .map(
      ({ spec }): Incident => ({
        added: "user",
        key: String(spec.userPrincipalName),
        guest: false,
      }),
    );
  return [
    ...strangers,
    ...known,
    ...all.buyers.filter(() => chance(draw, 0.2)).flatMap((buyer) => soldBefore(draw, buyer)),
  ];
}

function stranger(draw: Draw, domain: string): readonly Incident[] {
  return [
    { added: "customer", key: domain, billing: wireOf(aBilling(draw)) },
    byHand(draw, domain),
  ];
}

function byHand(draw: Draw, of: string): Incident {
  const offerId = bought.find(({ name }) => name === bystander)?.id ?? "";
  return {
    added: "subscription",
    of,
    key: "manually",
    fields: { offerId, quantity: 3, billingCycle: pick(draw, ["monthly", "annual"]) },
  };
}

/** A billing profile as the service spells it, and not yet as it is declared. */
export function wireOf({ address, ...billing }: Spec): Spec {
  const { state } = address as Spec;
  return {
    ...billing,
    email: "before@a.cn",
    culture: "zh-CN",
    defaultAddress: { ...(address as Spec), country: "CN", state: String(state).toUpperCase() },
  };
}

/** A customer that was there, with some of what is now declared of it. */
function soldBefore(draw: Draw, { domain, spec, subscriptions }: Buyer): readonly Incident[] {
  const had = subscriptions.filter(({ base }) => base === undefined && chance(draw, 0.5));
  for (const one of had) one.adopted = true;
  return [
    { added: "customer", key: domain, billing: wireOf(spec.billing as Spec) },
    ...had.map(({ offer, aliases, spec: { quantity = 1, billingCycle = "monthly" } }): Incident => {
      const [key = ""] = aliases;
      return {
        added: "subscription",
        of: domain,
        key,
        fields: { offerId: offer.id, quantity, billingCycle },
      };
    }),
    ...(chance(draw, 0.3) ? [byHand(draw, domain)] : []),
  ];
}

/** What somebody did while nobody applied. */
export function aDrift(draw: Draw, all: Declaration): Drift {
  const suspended = new Set<Bought>();
  const incidents: Incident[] = [];
  if (chance(draw, 0.2))
    incidents.push({ changed: "profile", key: "support", fields: { telephone: "0" } });
  if (chance(draw, 0.2))
    incidents.push({
      changed: "profile",
      key: "billing",
      fields: { taxId: "0000", purchaseOrderNumber: "drift" },
    });
  for (const { aliases } of all.people.filter(() => chance(draw, 0.2)))
    incidents.push(drifting(draw, [...aliases]));
  for (const buyer of all.buyers) {
    if (chance(draw, 0.2))
      incidents.push({
        changed: "customer",
        key: buyer.domain,
        fields: { companyName: "Drifted", email: "drift@a.cn" },
      });
    for (const one of buyer.subscriptions.filter(() => chance(draw, 0.2)))
      incidents.push(driftOf(draw, all, { buyer, one, suspended }));
  }
  return { incidents, suspended };
}

function drifting(draw: Draw, aliases: readonly string[]): Incident {
  if (chance(draw, 0.5))
    return {
      changed: "user",
      key: "",
      aliases,
      fields: { displayName: "Drifted", surname: "Drift", accountEnabled: false },
    };
  return {
    changed: "group",
    key: pick(draw, ["AdminAgents", "HelpdeskAgents", "SalesAgents"]),
    aliases,
  };
}

interface Drifting {
  readonly buyer: Buyer;
  readonly one: Bought;
  readonly suspended: Set<Bought>;
}

function driftOf(draw: Draw, all: Declaration, { buyer, one, suspended }: Drifting): Incident {
  const at = {
    changed: "subscription",
    key: "",
    of: buyer.domain,
    aliases: [...one.aliases],
  } as const;
  const active = one.spec.status === "active" && !one.absent;
  const name = one.adopted ? [] : ["name"];
  const what = pick(draw, active ? ["seats", "stop", ...name] : ["start", ...name]);
  if (what === "seats")
    return { ...at, fields: { quantity: Math.max(one.offer.quantity.minimum, 13) } };
  if (what === "name") {
    const friendlyName = fresh(all, "drifted");
    one.aliases.add(friendlyName);
    return { ...at, fields: { friendlyName } };
  }
  if (what === "start")
    return { ...at, fields: one.base === undefined ? { status: "active" } : {} };
  suspended.add(one);
  return { ...at, fields: { status: "suspended" } };
}
