import {
  addMembers,
  findGroupOrRole,
  type GroupOrRoleKind,
  membersOf,
  removeMember,
} from "../../account/groups-and-roles.ts";
import type { GroupOrRole } from "../../account/state.ts";
import { deleteUser } from "../../account/users.ts";
import { type Answer, empty, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { object, text } from "../pipeline/schemas.ts";
import { graphPage, selectProperties } from "./odata.ts";
import { userProperties } from "./user-bodies.ts";

const reference = object({ "@odata.id": text(1) }, "@odata.id");

/** The routes of the members of a group or role. */
export function memberRoutes(kind: GroupOrRoleKind, path: string): readonly Route[] {
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

/** The group or role that the path names. */
export function groupOrRoleAt(exchange: Exchange, kind: GroupOrRoleKind): GroupOrRole {
  return exchange.read((transaction) =>
    findGroupOrRole(transaction, kind, exchange.parameter("id")),
  );
}

function listMembers(exchange: Exchange, kind: GroupOrRoleKind): Answer {
  const members = exchange.read((transaction) =>
    membersOf(transaction, groupOrRoleAt(exchange, kind)),
  );
  return ok(
    graphPage(exchange, {
      of: "directoryObjects",
      items: members,
      propertiesOf: userProperties,
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
