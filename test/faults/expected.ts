import { isSpec, type Spec } from "../../src/model/values/json.ts";
import { valueAt } from "../../src/model/values/pointer.ts";
import type { Document } from "../properties/accounts.ts";
import { merged } from "../properties/successors.ts";
import { liveSubscription } from "./drift.ts";
import { type Customer, type Records, type Subscription, settled, type User } from "./records.ts";

/**
 * A document, the keys that what it declares may have in the account, and whether the id is to be
 * said that it has there.
 */
export interface Aliased {
  readonly document: Document;
  readonly aliases: readonly string[];
  readonly pinned?: boolean;
}

/**
 * Makes of the emulator's records what the manifests say they should become, by the service's rules
 * and without the tool: what is declared, each order once, and all the rest as it was.
 */
export function expectDeclared(records: Records, declared: readonly Aliased[]): void {
  const homes = new Map(
    declared
      .filter(({ document: { kind } }) => kind === "Customer")
      .map((one) => [one.document.metadata.name, one]),
  );
  for (const one of declared) {
    const { kind, spec } = one.document;
    if (kind === "PartnerProfile") expectProfile(records, spec);
    if (kind === "User") expectUser(records, one);
    if (kind === "Customer") expectCustomer(records, one.document);
    const home = homes.get(spec.customer ?? null)?.document.spec.domain;
    const owner = Object.values(records.customers).find(
      ({ domain }) => kind === "Subscription" && domain === home,
    );
    if (owner) expectSubscription(owner, one, declared);
  }
}

function expectProfile({ profiles }: Records, spec: Spec): void {
  for (const [section, wanted] of Object.entries(spec)) {
    const record = profiles[section.toLowerCase()];
    if (record === undefined || !isSpec(wanted)) continue;
    const { address, ...rest } = wanted;
    const place = section === "organization" ? "defaultAddress" : "address";
    record.fields = merged(record.fields, {
      ...rest,
      ...(address !== undefined && { [place]: address }),
    });
  }
}

const cultures = ["zh-CN", "en-US"];

function expectCustomer({ customers }: Records, { spec, state }: Document): void {
  if (state === "absent") return;
  const billing = spec.billing as Spec;
  const { address, culture, ...rest } = billing;
  const place = address as Spec;
  const capitals = Object.fromEntries(
    ["country", "state"].flatMap((field) =>
      place[field] ? [[field, String(place[field]).toUpperCase()]] : [],
    ),
  );
  const wanted: Spec = {
    ...rest,
    culture: cultures.find((one) => one.toLowerCase() === String(culture).toLowerCase()) ?? null,
    defaultAddress: { ...place, ...capitals },
  };
  const found = Object.values(customers).find(({ domain }) => domain === spec.domain);
  if (found) found.billing = merged(found.billing, wanted);
  else
    customers[String(spec.domain)] = {
      domain: String(spec.domain),
      billing: wanted,
      orders: {},
      subscriptions: {},
    } as object as Customer;
}

function expectUser(
  records: Records,
  { document: { metadata, spec, state }, aliases }: Aliased,
): void {
  const known = Object.values(records.users).find(
    (one) => one.deletedAt === undefined && aliases.includes(one.userPrincipalName),
  );
  if (state === "absent") {
    if (known) known.deletedAt = "now";
    return;
  }
  const user = known ?? newUser(records, { name: String(metadata.name), spec });
  const { userPrincipalName, roles, recovery, usageLocation, ...plain } = spec;
  user.userPrincipalName = String(userPrincipalName);
  const mail = valueAt(recovery, "/alternateEmail");
  const phone = valueAt(recovery, "/mobilePhone");
  user.properties = {
    ...user.properties,
    ...plain,
    ...(usageLocation !== undefined && { usageLocation: String(usageLocation).toUpperCase() }),
    ...(mail !== undefined && { otherMails: [mail] }),
    ...(phone !== undefined && { mobilePhone: phone }),
  };
  expectRoles(records, user, isSpec(roles) ? roles : {});
}

function newUser(
  { users }: Records,
  { name, spec }: { readonly name: string; readonly spec: Spec },
): User {
  const userPrincipalName = String(spec.userPrincipalName);
  const names = [spec.givenName, spec.surname].filter((part) => part !== undefined);
  const properties = {
    userType: "Member",
    accountEnabled: true,
    displayName: names.join(" ") || name,
    mailNickname: userPrincipalName.split("@")[0] ?? "",
  };
  const made = { id: `new ${userPrincipalName}`, userPrincipalName, properties, createdAt: "now" };
  users[made.id] = made;
  return made;
}

const agents = { admin: "AdminAgents", helpdesk: "HelpdeskAgents", sales: "SalesAgents" };
const administrators = {
  global: "Global Administrator",
  billing: "Billing Administrator",
  userManagement: "User Administrator",
};

function expectRoles(
  { groups, roles }: Records,
  { id }: User,
  { agent, administrator }: Spec,
): void {
  for (const [name, displayName] of Object.entries(agents)) {
    const group = Object.values(groups).find((one) => one.displayName === displayName);
    if (group && agent !== undefined)
      group.members = membership(group.members, id, [agent].flat().includes(name));
  }
  for (const [name, displayName] of Object.entries(administrators)) {
    const found = Object.values(roles).find((one) => one.displayName === displayName);
    // A role is activated when somebody is first given it.
    if (found === undefined && administrator === name)
      roles[displayName] = { displayName, members: [id] };
    if (found && administrator !== undefined)
      found.members = membership(found.members, id, administrator === name);
  }
}

function membership(members: readonly string[], id: string, within: boolean): readonly string[] {
  const others = members.filter((one) => one !== id);
  return within ? [...others, id] : others;
}

function expectSubscription(
  owner: Customer,
  { document, aliases }: Aliased,
  declared: readonly Aliased[],
): void {
  const { spec, state, metadata } = document;
  const found = liveSubscription(owner, aliases);
  if (state === "absent") {
    if (found) settled(found).status = "suspended";
    return;
  }
  const live = found
    ? exchanged(owner, settled(found), String(spec.offer))
    : ordered(owner, { document, base: baseOf(owner, document, declared) });
  const { quantity, status, friendlyName, partnerIdOnRecord } = spec;
  Object.assign(live, {
    quantity,
    status,
    friendlyName: friendlyName ?? (found ? live.friendlyName : metadata.name),
    ...(partnerIdOnRecord !== undefined && { partnerId: partnerIdOnRecord }),
  });
}

function baseOf(
  owner: Customer,
  { spec }: Document,
  declared: readonly Aliased[],
): Subscription | undefined {
  if (spec.addOnOf === undefined) return undefined;
  const base = declared.find(
    ({ document: { kind, metadata, spec: other } }) =>
      kind === "Subscription" && metadata.name === spec.addOnOf && other.customer === spec.customer,
  );
  return base && liveSubscription(owner, base.aliases);
}

function ordered(
  owner: Customer,
  {
    document: { spec, metadata },
    base,
  }: { readonly document: Document; readonly base: Subscription | undefined },
): Subscription {
  const made = buy(owner, {
    offerId: String(spec.offer).toUpperCase(),
    quantity: Number(spec.quantity),
  });
  const billingCycle = base?.billingCycle ?? String(spec.billingCycle ?? "monthly");
  return Object.assign(made, {
    billingCycle,
    friendlyName: String(spec.friendlyName ?? metadata.name),
  });
}

/** An upgrade is one more order: of the same seats, under the same name. */
function exchanged(owner: Customer, one: Subscription, offer: string): Subscription {
  const offerId = offer.toUpperCase();
  if (one.offerId === offerId) return one;
  const { billingCycle, friendlyName, partnerId, quantity } = one;
  one.status = "deleted";
  return Object.assign(buy(owner, { offerId, quantity }), {
    billingCycle,
    friendlyName,
    ...(partnerId !== undefined && { partnerId }),
  });
}

function buy(
  owner: Customer,
  line: { readonly offerId: string; readonly quantity: number },
): Subscription {
  const id = `new ${Object.keys(owner.subscriptions).length}`;
  const made = { ...line, id, status: "active" } as object as Subscription;
  owner.subscriptions[id] = made;
  owner.orders[id] = { lineItems: [line] } as object as Customer["orders"][string];
  return made;
}
