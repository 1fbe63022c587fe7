import { addMembers, findGroupOrRole, membersOf } from "../../account/groups-and-roles.ts";
import { tenant } from "../../account/seed.ts";
import { refuse } from "../../account/refusal.ts";
import type { AuditRecord, GroupOrRole } from "../../account/state.ts";
import { conversionsOf, convert } from "../../account/commerce/upgrades.ts";
import { type Answer, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { attributes, count, object, text } from "../pipeline/schemas.ts";
import { collection, guid, link } from "./links.ts";

const agentRoles: Readonly<Record<string, string>> = {
  AdminAgents: "Admin Agent",
  HelpdeskAgents: "Helpdesk Agent",
  SalesAgents: "Sales Agent",
};
const ninetyDays = 90 * 24 * 60 * 60 * 1000;

const documented: readonly Route[] = [
  { method: "GET", path: "/v1/auditrecords", handle: auditRecords },
  {
    method: "GET",
    path: "/v1/roles",
    userOnly: true,
    handle: (exchange) =>
      ok(
        collection(
          groups(exchange).map(({ id, displayName }) => ({
            id,
            name: agentRoles[displayName],
            category: "sample",
          })),
        ),
      ),
  },
  { method: "GET", path: "/v1/roles/:role/usermembers", userOnly: true, handle: roleMembers },
  {
    method: "POST",
    path: "/v1/roles/:role/usermembers",
    userOnly: true,
    body: object(
      {
        accountId: text(),
        displayName: text(),
        id: text(1),
        roleId: text(),
        userPrincipalName: text(),
      },
      "id",
    ),
    handle: (exchange) => {
      const body = exchange.body as { readonly id: string };
      exchange.write((transaction) =>
        addMembers(transaction, { kind: "groups", id: exchange.parameter("role") }, [
          `/directoryObjects/${body.id}`,
        ]),
      );
      return ok(body);
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/subscriptions/:subscription/conversions",
    userOnly: true,
    handle: (exchange) => {
      const paths = exchange.read((transaction) => conversionsOf(transaction, addressed(exchange)));
      return ok(
        collection(
          paths.map(({ source, target }) => ({
            offerId: source.offerId,
            targetOfferId: target.id,
            orderId: source.orderId,
            quantity: source.quantity,
            billingCycle: "monthly",
            attributes: { objectType: "Conversion" },
          })),
        ),
      );
    },
  },
  {
    method: "POST",
    path: "/v1/customers/:customer/subscriptions/:subscription/conversions",
    userOnly: true,
    body: object(
      {
        offerId: text(),
        targetOfferId: text(1),
        orderId: text(),
        quantity: count,
        billingCycle: text(),
        attributes,
      },
      "targetOfferId",
    ),
    handle: conversion,
  },
];

/**
 * Routes that the documents exclude for 21Vianet. Refused with 403/2032 unless the quirk
 * `beyond21Vianet` is on.
 */
export const beyondRoutes: readonly Route[] = documented.map((route) => ({
  ...route,
  beyond21Vianet: true,
}));

function addressed(exchange: Exchange): { readonly customerId: string; readonly id: string } {
  return { customerId: exchange.parameter("customer"), id: exchange.parameter("subscription") };
}

function groups(exchange: Exchange): readonly GroupOrRole[] {
  return exchange.read((transaction) =>
    [...transaction.all("groups")].filter(({ displayName }) => displayName in agentRoles),
  );
}

function roleMembers(exchange: Exchange): Answer {
  const members = exchange.read((transaction) =>
    membersOf(transaction, findGroupOrRole(transaction, "groups", exchange.parameter("role"))),
  );
  return ok(
    collection(
      members.map(({ id, userPrincipalName, properties }) => ({
        id,
        displayName: properties.displayName,
        userPrincipalName,
      })),
    ),
  );
}

function conversion(exchange: Exchange): Answer {
  const body = exchange.body as {
    readonly targetOfferId: string;
    readonly offerId?: string;
    readonly billingCycle?: string;
    readonly quantity?: number;
  };
  const after = exchange.write((transaction) => convert(transaction, addressed(exchange), body));
  const head = {
    subscriptionId: guid(exchange, exchange.parameter("subscription").toUpperCase()),
    offerId: body.offerId,
    targetOfferId: body.targetOfferId,
  };
  const error =
    after === undefined
      ? {
          error: {
            code: "conversions_not_found",
            description: "The subscription cannot be converted to this offer",
          },
        }
      : {};
  return ok({ ...head, ...error, attributes: { objectType: "ConversionResult" } });
}

function auditRecords(exchange: Exchange): Answer {
  const { startDate, endDate } = exchange.query;
  const end = endDate === undefined ? exchange.now : Date.parse(endDate) + ninetyDays / 90;
  const start = startDate === undefined ? exchange.now - ninetyDays / 3 : Date.parse(startDate);
  if (Number.isNaN(start) || Number.isNaN(end) || start < exchange.now - ninetyDays)
    return refuse(400, 800002, "Invalid input: startDate is not a date of the last 90 days");
  const found = exchange.read((transaction) =>
    [...transaction.all("audit")].filter(
      ({ at }) => Date.parse(at) >= start && Date.parse(at) < end,
    ),
  );
  const self = link(
    exchange,
    `/auditrecords?startDate=${startDate ?? ""}&endDate=${endDate ?? ""}&size=${exchange.query.size ?? 500}`,
  );
  return ok(
    collection(found.slice(0, Number(exchange.query.size ?? 500)).map(auditBody), { self }),
  );
}

function auditBody({ id, at, newValue, correlationId, ...record }: AuditRecord): object {
  return {
    id: `${tenant.id}_${record.customerId ?? ""}_${id}_${record.operationType.replaceAll("_", "")}`,
    partnerId: tenant.id,
    participants: [tenant.id],
    ...record,
    ...(newValue !== undefined && { resourceNewValue: JSON.stringify(newValue) }),
    ...(correlationId !== undefined && { originalCorrelationId: correlationId }),
    operationDate: at,
    operationStatus: "succeeded",
    attributes: { objectType: "AuditRecord" },
  };
}
