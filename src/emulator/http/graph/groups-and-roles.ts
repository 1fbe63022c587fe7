import {
  activateRole,
  addMembers,
  type GroupOrRoleKind,
  findGroupOrRole,
  membersOf,
  removeMember,
} from "../../account/groups-and-roles.ts";
import { refuse } from "../../account/refusal.ts";
import type { GroupOrRole } from "../../account/state.ts";
import { deleteUser } from "../../account/users.ts";
import { context, graphPage, selectProperties } from "./odata.ts";
import { type Answer, type Exchange, empty, ok, type Route } from "../pipeline/route.ts";
import { object, text } from "../pipeline/schemas.ts";

const reference = object({ "@odata.id": text(1) }, "@odata.id");
const bind = "members@odata.bind";
const mostAtOnce = 20;

/** Microsoft Graph: groups and directory roles. */
export const circleRoutes: readonly Route[] = [
  { method: "GET", path: "/v1.0/groups", handle: listGroups },
  {
    method: "GET",
    path: "/v1.0/groups/:id",
    handle: (exchange) =>
      ok({
        "@odata.context": context(exchange, "groups/$entity"),
        ...groupBody(exchange, find(exchange, "groups")),
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
        ...roleBody(find(exchange, "roles")),
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

function memberRoutes(kind: GroupOrRoleKind, path: string): readonly Route[] {
  return [
    { method: "GET", path: `${path}/members`, handle: (exchange) => listMembers(exchange, kind) },
    {
      method: "POST",
      path: `${path}/members/$ref`,
      body: reference,
      handle: (exchange) => {
        const { "@odata.id": id } = exchange.body as { readonly "@odata.id": string };
        exchange.write((transaction) =>
          addMembers(transaction, { kind, id: exchange.parameter("id") }, [id]),
        );
        return empty(204);
      },
    },
    {
      method: "DELETE",
      path: `${path}/members/:member/$ref`,
      handle: (exchange) => {
        exchange.write((transaction) =>
          removeMember(
            transaction,
            { kind, id: exchange.parameter("id") },
            exchange.parameter("member"),
          ),
        );
        return empty(204);
      },
    },
    {
      // Without /$ref Graph deletes the member itself, not its membership.
      method: "DELETE",
      path: `${path}/members/:member`,
      handle: (exchange) => {
        exchange.write((transaction) => deleteUser(transaction, exchange.parameter("member")));
        return empty(204);
      },
    },
  ];
}

function find(exchange: Exchange, kind: GroupOrRoleKind): GroupOrRole {
  return exchange.read((transaction) =>
    findGroupOrRole(transaction, kind, exchange.parameter("id")),
  );
}

function listMembers(exchange: Exchange, kind: GroupOrRoleKind): Answer {
  const members = exchange.read((transaction) => membersOf(transaction, find(exchange, kind)));
  return ok(
    graphPage(exchange, {
      of: "directoryObjects",
      items: members,
      show: ({ id, userPrincipalName, properties }) => ({
        "@odata.type": "#microsoft.graph.user",
        ...selectProperties(exchange, { ...properties, id, userPrincipalName }, [
          "id",
          "displayName",
          "givenName",
          "mail",
          "surname",
          "userPrincipalName",
        ]),
      }),
    }),
  );
}

function listGroups(exchange: Exchange): Answer {
  const { $filter } = exchange.query;
  const name =
    $filter === undefined
      ? undefined
      : /^\s*displayName\s+eq\s+'((?:[^']|'')*)'\s*$/
          .exec($filter)?.[1]
          ?.replaceAll("''", "'")
          .toLowerCase();
  if ($filter !== undefined && name === undefined)
    return refuse(
      400,
      "Request_UnsupportedQuery",
      `Unsupported or invalid query filter clause specified: '${$filter}'.`,
    );
  const found = exchange
    .read((transaction) => [...transaction.all("groups")])
    .filter(({ displayName }) => name === undefined || displayName.toLowerCase() === name);
  return ok(
    graphPage(exchange, {
      of: "groups",
      items: found,
      show: (group) => groupBody(exchange, group),
    }),
  );
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
