import { membershipsOf } from "../../account/groups-and-roles.ts";
import { refuse } from "../../account/refusal.ts";
import type { User } from "../../account/state.ts";
import {
  createUser,
  deletedUsers,
  deleteUser,
  restoreUser,
  updateUser,
  user,
  type UserFields,
  users,
} from "../../account/users.ts";
import { type Answer, empty, type Exchange, ok, type Route } from "../pipeline/route.ts";
import { deltaPage } from "./delta.ts";
import { membershipBody } from "./groups-and-roles.ts";
import { context, countAnswer, type GraphList, graphPage, selectProperties } from "./odata.ts";
import { defaultProperties, newUser, sparseUser, userProperties } from "./user-bodies.ts";

/** Microsoft Graph: users in the partner's directory. */
export const userRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1.0/users",
    handle: (exchange) => ok(graphPage(exchange, userList(exchange))),
  },
  {
    method: "GET",
    path: "/v1.0/users/$count",
    handle: (exchange) => countAnswer(exchange, userList(exchange)),
  },
  {
    method: "GET",
    path: "/v1.0/users/delta",
    handle: (exchange) =>
      ok(deltaPage(exchange, { ...userList(exchange), type: "User", idOf: ({ id }) => id })),
  },
  { method: "GET", path: "/v1.0/me", handle: me },
  {
    method: "POST",
    path: "/v1.0/users",
    body: newUser,
    handle: (exchange) => {
      const fresh = exchange.write((transaction) =>
        createUser(transaction, exchange.body as Parameters<typeof createUser>[1]),
      );
      return {
        status: 201,
        body: {
          "@odata.context": context(exchange, "users/$entity"),
          ...userBody(exchange, fresh),
        },
      };
    },
  },
  {
    method: "GET",
    path: "/v1.0/users/:user",
    handle: (exchange) =>
      ok({
        "@odata.context": context(exchange, "users/$entity"),
        ...userBody(
          exchange,
          exchange.read((transaction) => user(transaction, exchange.parameter("user"))),
        ),
      }),
  },
  {
    method: "PATCH",
    path: "/v1.0/users/:user",
    body: sparseUser,
    handle: (exchange) => {
      exchange.write((transaction) =>
        updateUser(transaction, exchange.parameter("user"), exchange.body as UserFields),
      );
      return empty(204);
    },
  },
  {
    method: "DELETE",
    path: "/v1.0/users/:user",
    handle: (exchange) => {
      exchange.write((transaction) => deleteUser(transaction, exchange.parameter("user")));
      return empty(204);
    },
  },
  {
    method: "GET",
    path: "/v1.0/users/:user/memberOf",
    handle: (exchange) => {
      const found = exchange.read((transaction) =>
        membershipsOf(transaction, exchange.parameter("user")),
      );
      return ok({ value: found.map(({ kind, group }) => membershipBody(kind, group)) });
    },
  },
  {
    method: "GET",
    path: "/v1.0/directory/deletedItems/microsoft.graph.user",
    handle: (exchange) =>
      ok(
        graphPage(exchange, {
          of: "users",
          items: exchange.read(deletedUsers),
          propertiesOf: userProperties,
          show: (one) => userBody(exchange, one),
        }),
      ),
  },
  {
    method: "POST",
    path: "/v1.0/directory/deletedItems/:user/restore",
    handle: (exchange) => {
      const restored = exchange.write((transaction) =>
        restoreUser(transaction, exchange.parameter("user")),
      );
      return ok({
        "@odata.context": context(exchange, "directoryObjects/$entity"),
        "@odata.type": "#microsoft.graph.user",
        ...userBody(exchange, restored),
      });
    },
  },
];

/** A user as Graph returns it: the properties in $select, otherwise Graph's default ones. */
export function userBody(
  exchange: Exchange,
  { id, userPrincipalName, properties, createdAt, deletedAt }: User,
): object {
  const all = {
    businessPhones: [],
    mail: null,
    onPremisesSyncEnabled: null,
    ...properties,
    id,
    userPrincipalName,
    createdDateTime: createdAt,
    ...(deletedAt !== undefined && { deletedDateTime: deletedAt }),
  };
  return selectProperties(exchange, all, defaultProperties);
}

/** The list of the users that lists already show. */
export function userList(exchange: Exchange): GraphList<User> {
  return {
    of: "users",
    items: exchange.read(users).filter((one) => exchange.listed("users", one.createdAt)),
    propertiesOf: userProperties,
    show: (one) => userBody(exchange, one),
  };
}

/** The signed-in user. Refuses (400) an application, which is none. */
function me(exchange: Exchange): Answer {
  const { userId } = exchange.principal;
  if (userId === undefined)
    return refuse(
      400,
      "Request_BadRequest",
      "/me request is only valid with delegated authentication flow.",
    );
  return ok({
    "@odata.context": context(exchange, "users/$entity"),
    ...userBody(
      exchange,
      exchange.read((transaction) => user(transaction, userId)),
    ),
  });
}
