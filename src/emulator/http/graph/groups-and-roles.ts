import { activateRole, addMembers, type GroupOrRoleKind } from "../../account/groups-and-roles.ts";
import { refuse } from "../../account/refusal.ts";
import type { GroupOrRole } from "../../account/state.ts";
import { type Answer, empty, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { object, text } from "../pipeline/schemas.ts";
import { deltaPage } from "./delta.ts";
import { groupOrRoleAt, memberRoutes } from "./members.ts";
import { context, countAnswer, type GraphList, graphPage, selectProperties } from "./odata.ts";

const bind = "members@odata.bind";

const mostAtOnce = 20;

/** Microsoft Graph: groups and directory roles. */
export const circleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1.0/groups",
    handle: (exchange) => ok(graphPage(exchange, groupList(exchange))),
  },
  {
    method: "GET",
    path: "/v1.0/groups/$count",
    handle: (exchange) => countAnswer(exchange, groupList(exchange)),
  },
  {
    method: "GET",
    path: "/v1.0/groups/delta",
    handle: (exchange) =>
      ok(deltaPage(exchange, { ...groupList(exchange), type: "Group", idOf: ({ id }) => id })),
  },
  {
    method: "GET",
    path: "/v1.0/groups/:id",
    handle: (exchange) =>
      ok({
        "@odata.context": context(exchange, "groups/$entity"),
        ...groupBody(exchange, groupOrRoleAt(exchange, "groups")),
      }),
  },
  {
    method: "PATCH",
    path: "/v1.0/groups/:id",
    body: object({ [bind]: { type: "array", maxItems: mostAtOnce, items: text(1) } }, bind),
    handle: addMany,
  },
  { method: "GET", path: "/v1.0/directoryRoles", handle: listRoles },
  {
    method: "POST",
    path: "/v1.0/directoryRoles",
    body: object({ roleTemplateId: text(1) }, "roleTemplateId"),
    handle: (exchange) => {
      const { roleTemplateId } = exchange.body as { readonly roleTemplateId: string };
      const role = exchange.write((transaction) => activateRole(transaction, roleTemplateId));
      return {
        status: 201,
        body: { "@odata.context": context(exchange, "directoryRoles/$entity"), ...roleBody(role) },
      };
    },
  },
  {
    method: "GET",
    path: "/v1.0/directoryRoles/:id",
    handle: (exchange) =>
      ok({
        "@odata.context": context(exchange, "directoryRoles/$entity"),
        deletedDateTime: null,
        ...roleBody(groupOrRoleAt(exchange, "roles")),
      }),
  },
  ...memberRoutes("groups", "/v1.0/groups/:id"),
  ...memberRoutes("roles", "/v1.0/directoryRoles/:id"),
];

/** A group or role as Graph returns it in a user's memberships. */
export function membershipBody(
  kind: GroupOrRoleKind,
  { id, displayName, roleTemplateId }: GroupOrRole,
): object {
  return kind === "groups"
    ? {
        "@odata.type": "#microsoft.graph.group",
        id,
        displayName,
        mailEnabled: false,
        securityEnabled: true,
      }
    : { "@odata.type": "#microsoft.graph.directoryRole", id, displayName, roleTemplateId };
}

function roleBody({ id, displayName, description, roleTemplateId }: GroupOrRole): object {
  return { id, description, displayName, roleTemplateId };
}

function groupBody(exchange: Exchange, group: GroupOrRole): object {
  const all = {
    id: group.id,
    displayName: group.displayName,
    mailEnabled: false,
    securityEnabled: true,
  };
  return selectProperties(exchange, all, [
    "id",
    "deletedDateTime",
    "description",
    "displayName",
    "mailEnabled",
    "securityEnabled",
  ]);
}

function groupList(exchange: Exchange): GraphList<GroupOrRole> {
  return {
    of: "groups",
    items: exchange.read((transaction) => [...transaction.all("groups")]),
    propertiesOf: (group) => ({ ...group, mailEnabled: false, securityEnabled: true }),
    show: (group) => groupBody(exchange, group),
  };
}

function listRoles(exchange: Exchange): Answer {
  const parameter = Object.keys(exchange.query).find((name) => name.startsWith("$"));
  if (parameter !== undefined)
    return refuse(
      400,
      "Request_UnsupportedQuery",
      `The query parameter ${parameter} is not supported.`,
    );
  const roles = exchange.read((transaction) => [...transaction.all("roles")]);
  return ok({
    "@odata.context": context(exchange, "directoryRoles"),
    value: roles.map((role) => ({ deletedDateTime: null, ...roleBody(role) })),
  });
}

function addMany(exchange: Exchange): Answer {
  const body = exchange.body as { readonly [bind]: readonly string[] };
  exchange.write((transaction) =>
    addMembers(transaction, { kind: "groups", id: exchange.parameter("id") }, body[bind]),
  );
  return empty(204);
}
