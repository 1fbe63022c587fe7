import type { Dump } from "../../src/emulator/emulator.ts";
import { canonical } from "../../src/model/values/digest.ts";
import type { Spec } from "../../src/model/values/json.ts";

interface Line {
  readonly offerId: string;
  readonly quantity: number;
  readonly subscriptionId: string;
  readonly friendlyName?: string;
  readonly lineItemNumber: number;
}

/** A subscription as the emulator keeps it. */
export interface Subscription {
  readonly id: string;
  offerId: string;
  readonly orderId: string;
  friendlyName: string;
  quantity: number;
  status: string;
  readonly billingCycle: string;
  partnerId?: string;
  version: number;
  activeAt?: string;
  accepted?: { readonly at: string; readonly change: object };
  readonly createdAt: string;
  readonly changedAt: string;
  readonly effectiveStartDate: string;
  readonly commitmentEndDate: string;
}

/** A customer as the emulator keeps it. */
export interface Customer {
  readonly id: string;
  readonly domain: string;
  readonly commerceId: string;
  readonly companyName: string;
  readonly createdAt: string;
  readonly relationshipToPartner: string;
  readonly allowDelegatedAccess: boolean;
  billing: Spec;
  readonly orders: Record<
    string,
    {
      readonly id: string;
      readonly billingCycle: string;
      lineItems: readonly Line[];
      readonly createdAt: string;
      readonly version: number;
    }
  >;
  readonly subscriptions: Record<string, Subscription>;
  readonly carts: object;
}

/** A user as the emulator keeps it. */
export interface User {
  readonly id: string;
  userPrincipalName: string;
  properties: Spec;
  readonly createdAt: string;
  readonly passwordHash?: string;
  deletedAt?: string;
}

/** A group or role as the emulator keeps it. */
export interface GroupOrRole {
  readonly displayName: string;
  members: readonly string[];
}

/** What a dump of the emulator's account holds, by id. */
export interface Records {
  readonly users: Record<string, User>;
  readonly names: Record<string, { readonly id: string }>;
  readonly customers: Record<string, Customer>;
  readonly groups: Record<string, GroupOrRole>;
  readonly roles: Record<string, GroupOrRole>;
  readonly profiles: Record<string, { fields: Spec; version: number }>;
}

/** The records of a dump. */
export function recordsOf({ account }: Dump): Records {
  return account as object as Records;
}

/**
 * What was accepted (202) is done, and what was pending is active, by the time it is looked at
 * again.
 */
export function settled(one: Subscription): Subscription {
  if (one.status === "pending") one.status = "active";
  Object.assign(one, one.accepted?.change);
  delete one.accepted;
  delete one.activeAt;
  return one;
}

/** What an account is made of, whatever the ids, versions and times. */
export function composition({
  users,
  groups,
  roles,
  profiles,
  customers,
}: Records): readonly string[] {
  const living = Object.values(users).filter(({ deletedAt }) => deletedAt === undefined);
  const byId = new Map(living.map((one) => [one.id, one.userPrincipalName]));
  const names = (ids: readonly string[]) =>
    ids
      .flatMap((id) => byId.get(id) ?? [])
      .sort()
      .join();
  return [
    ...Object.entries(profiles).map(([name, { fields }]) => `profile ${name} ${canonical(fields)}`),
    ...living.map(
      ({ userPrincipalName, properties }) => `user ${userPrincipalName} ${canonical(properties)}`,
    ),
    ...[groups, roles]
      .flatMap(Object.values<GroupOrRole>)
      .map(({ displayName, members }) => `members ${displayName} ${names(members)}`),
    ...Object.values(customers).flatMap(boughtBy),
  ].sort();
}

function boughtBy({ domain, billing, orders, subscriptions }: Customer): readonly string[] {
  return [
    `customer ${domain} ${canonical({ ...billing, id: "", version: 0 })}`,
    ...Object.values(orders).flatMap(({ lineItems }) =>
      lineItems.map(({ offerId, quantity }) => `ordered ${domain} ${offerId} ${quantity}`),
    ),
    ...Object.values(subscriptions)
      .map((one) => settled({ ...one }))
      .map(
        ({ offerId, quantity, friendlyName, status, billingCycle, partnerId = "" }) =>
          `subscription ${domain} ${offerId} ${quantity} ${friendlyName} ${status} ${billingCycle} ${partnerId}`,
      ),
  ];
}
