import type { Dump } from "../../src/emulator/emulator.ts";
import { sha256 } from "../../src/model/values/digest.ts";
import type { Spec } from "../../src/model/values/json.ts";
import { type Customer, type Records, recordsOf, type Subscription, settled } from "./records.ts";

/**
 * What somebody did in the account itself. Subscriptions are told by their customer's domain and
 * any of their names.
 */
export type Incident =
  | { readonly added: "user"; readonly key: string; readonly guest: boolean }
  | { readonly added: "customer"; readonly key: string; readonly billing: Spec }
  | {
      readonly added: "subscription";
      readonly key: string;
      readonly of: string;
      readonly fields: Spec;
    }
  | { readonly changed: "profile"; readonly key: string; readonly fields: Spec }
  | {
      readonly changed: "user";
      readonly key: string;
      readonly aliases: readonly string[];
      readonly fields: Spec;
    }
  | { readonly changed: "group"; readonly key: string; readonly aliases: readonly string[] }
  | { readonly changed: "customer"; readonly key: string; readonly fields: Spec }
  | {
      readonly changed: "subscription";
      readonly key: string;
      readonly aliases: readonly string[];
      readonly of: string;
      readonly fields: Spec;
    };

const long = "2026-01-05T08:00:00.000Z";

/** An account in which these things have happened. */
export function happen(dump: Dump, incidents: readonly Incident[]): Dump {
  const after = structuredClone(dump);
  for (const incident of incidents) take(recordsOf(after), incident);
  return after;
}

function take(records: Records, incident: Incident): void {
  if ("added" in incident) add(records, incident);
  else change(records, incident);
}

function add(records: Records, incident: Extract<Incident, { readonly added: string }>): void {
  const { key } = incident;
  if (incident.added === "user") addUser(records, incident);
  else if (incident.added === "customer")
    records.customers[idOf(key)] = customerOf(records, key, incident.billing);
  else
    order(
      find(Object.values(records.customers), ({ domain }) => domain === incident.of),
      key,
      incident.fields,
    );
}

function addUser(
  records: Records,
  { key, guest }: { readonly key: string; readonly guest: boolean },
): void {
  const id = idOf(key);
  const properties = {
    displayName: key,
    accountEnabled: true,
    userType: guest ? "Guest" : "Member",
  };
  records.users[id] = { id, userPrincipalName: key, properties, createdAt: long };
  records.names[key.toLowerCase()] = { id };
}

function customerOf(records: Records, domain: string, billing: Spec): Customer {
  const id = idOf(domain);
  records.names[domain] = { id };
  return {
    ...{
      id,
      domain,
      commerceId: idOf(`${domain} commerce`),
      companyName: String(billing.companyName),
      createdAt: long,
    },
    ...{
      relationshipToPartner: "reseller",
      allowDelegatedAccess: true,
      orders: {},
      subscriptions: {},
      carts: {},
    },
    billing: { ...billing, id: idOf(`${domain} billing`), version: 1 },
  };
}

function order(customer: Customer | undefined, friendlyName: string, fields: Spec): void {
  if (customer === undefined) return;
  const id = idOf(`${customer.domain} ${friendlyName}`).toUpperCase();
  const orderId = idOf(`order of ${id}`);
  const { offerId, quantity, billingCycle } = fields as {
    offerId: string;
    quantity: number;
    billingCycle: string;
  };
  const times = {
    createdAt: long,
    changedAt: long,
    effectiveStartDate: long,
    commitmentEndDate: "2030-01-05T08:00:00.000Z",
  };
  customer.subscriptions[id] = {
    id,
    offerId,
    orderId,
    friendlyName,
    quantity,
    billingCycle,
    status: "active",
    version: 1,
    ...times,
  };
  const line = { lineItemNumber: 0, offerId, subscriptionId: id, quantity, friendlyName };
  customer.orders[orderId] = {
    id: orderId,
    billingCycle,
    lineItems: [line],
    createdAt: long,
    version: 1,
  };
}

function change(records: Records, incident: Extract<Incident, { readonly changed: string }>): void {
  const { key } = incident;
  if (incident.changed === "profile") {
    const profile = records.profiles[key];
    if (profile)
      Object.assign(profile, {
        fields: { ...profile.fields, ...incident.fields },
        version: profile.version + 1,
      });
  } else if (incident.changed === "customer") {
    const billing = find(Object.values(records.customers), ({ domain }) => domain === key)?.billing;
    if (billing) Object.assign(billing, incident.fields, { version: Number(billing.version) + 1 });
  } else if (incident.changed === "subscription") changeSubscription(records, incident);
  else changeUser(records, incident);
}

function changeSubscription(
  records: Records,
  { of, aliases, fields }: { of: string; aliases: readonly string[]; fields: Spec },
): void {
  const customer = find(Object.values(records.customers), ({ domain }) => domain === of);
  const one = customer && liveSubscription(customer, aliases);
  if (one === undefined) return;
  settled(one);
  const suspended =
    fields.status === "suspended" && one.status === "active"
      ? { suspendedAt: new Date().toISOString() }
      : {};
  Object.assign(one, fields, suspended, { version: one.version + 1 });
}

function changeUser(
  records: Records,
  incident: Extract<Incident, { readonly changed: "user" | "group" }>,
): void {
  const user = find(
    Object.values(records.users),
    (one) => one.deletedAt === undefined && incident.aliases.includes(one.userPrincipalName),
  );
  if (user === undefined) return;
  if (incident.changed === "user") user.properties = { ...user.properties, ...incident.fields };
  else
    for (const group of Object.values(records.groups))
      if (group.displayName === incident.key) toggle(group, user.id);
}

function toggle(group: { members: readonly string[] }, id: string): void {
  group.members = group.members.includes(id)
    ? group.members.filter((one) => one !== id)
    : [...group.members, id];
}

/** The id of what is there of a kind and has one of these keys. */
export function idOfLive(
  { users, customers }: Records,
  kind: string,
  keys: readonly string[],
): string | undefined {
  const people = Object.values(users).filter(
    ({ deletedAt, userPrincipalName }) =>
      deletedAt === undefined && keys.includes(userPrincipalName),
  );
  const buyers = Object.values(customers).filter(({ domain }) => keys.includes(domain));
  const live = {
    User: people,
    Customer: buyers,
    Subscription: Object.values(customers).flatMap((one) => liveSubscription(one, keys) ?? []),
  };
  return find(Object.entries(live), ([name]) => name === kind)?.[1][0]?.id;
}

/** A customer's subscription that is not deleted and has one of these names. */
export function liveSubscription(
  { subscriptions }: Customer,
  aliases: readonly string[],
): Subscription | undefined {
  return find(
    Object.values(subscriptions),
    ({ friendlyName, status }) => status !== "deleted" && aliases.includes(friendlyName),
  );
}

function find<T>(all: readonly T[], which: (one: T) => boolean): T | undefined {
  return all.find(which);
}

function idOf(text: string): string {
  const hex = sha256(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
