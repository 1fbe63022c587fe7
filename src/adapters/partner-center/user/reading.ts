import type { Query } from "../../../model/adapter.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import type { Observed } from "../../../model/observed.ts";
import { type Pointer, valueAt } from "../../../model/values/pointer.ts";
import { touches } from "../capabilities.ts";
import type { Service } from "../kind-adapter.ts";
import { odataPages, type ListPage } from "../http/paging.ts";
import { omitUndefined, idIn, plainAt, pathSegment, textAt } from "../reading.ts";
import * as roles from "./roles.ts";
import type { Search } from "../lookup-or-list.ts";
import { acceptReply, type Call } from "../http/client.ts";

const kind = "User";

/** The fields with the same name in the API. */
export const plainFields = [
  "userPrincipalName",
  "displayName",
  "givenName",
  "surname",
  "accountEnabled",
  "usageLocation",
] as const;

/** The API path of a user, by id or userPrincipalName. */
export function userPath(id: string): string {
  return `/v1.0/users/${pathSegment(id)}`;
}

function selected({ options: { recovery } }: Service): string {
  const contacts = [recovery.alternateEmail, recovery.mobilePhone].filter(
    (field) => field !== false,
  );
  return [
    "id",
    ...plainFields,
    "mailNickname",
    "userType",
    "onPremisesSyncEnabled",
    ...contacts,
  ].join(",");
}

/** The pages of all users, without their roles. */
export function userPages(service: Service, signal: AbortSignal): AsyncIterable<ListPage> {
  const path = `/v1.0/users?$select=${selected(service)}&$top=${service.options.pageSize.users}`;
  return odataPages(service.wire, { path, signal });
}

/**
 * How to list users and look one up by id or name. The roles of each user take one more request.
 */
export function searchOf(service: Service, { whole }: Query, signal: AbortSignal): Search {
  const complete = async (body: Json): Promise<readonly Observed[]> => {
    const brief = withoutRoles(observedUser(service, body, []));
    return [
      whole && !whole(brief)
        ? brief
        : observedUser(service, body, await roles.rolesOf(service, brief.id, signal)),
    ];
  };
  const one = async (name: string) => {
    const body = await fetch(service, name, signal);
    return body === undefined ? [] : complete(body);
  };
  const { connections: parallelism, pageSize } = service.options;
  return {
    size: pageSize.users,
    parallelism,
    pages: () => userPages(service, signal),
    byId: one,
    byKey: one,
    observed: complete,
  };
}

function withoutRoles(one: Observed): Observed {
  return { ...one, spec: omitDirectoryFields(one.spec) };
}

interface Finding {
  readonly signal: AbortSignal;
  readonly fields?: readonly Pointer[];
}

/**
 * Returns a user by id, or an empty list if there is none. Includes the roles if `fields` needs
 * them; with `fields`, the `handle` keeps all roles, because a manifest shows only one
 * administrator role.
 */
export async function findUser(
  service: Service,
  id: string,
  { signal, fields }: Finding,
): Promise<readonly Observed[]> {
  const body = await fetch(service, id, signal);
  if (body === undefined) return [];
  if (!touches(fields ?? [""], "/roles")) return [withoutRoles(observedUser(service, body, []))];
  const has = await roles.rolesOf(service, id, signal);
  return [
    {
      ...observedUser(service, body, has),
      ...(fields && { handle: { roles: JSON.stringify(has) } }),
    },
  ];
}

/** The body of a user, by id or name. Undefined if there is none. */
export async function fetch(
  service: Service,
  id: string,
  signal: AbortSignal,
): Promise<Json | undefined> {
  const call: Call = {
    method: "GET",
    path: `${userPath(id)}?$select=${selected(service)}`,
    signal,
  };
  const reply = await service.wire.graph(call);
  return reply.status === 404 ? undefined : acceptReply(call, reply);
}

/** The user as reads return it. */
export function observedUser(
  service: Service,
  body: Json | undefined,
  has: readonly roles.Role[],
): Observed {
  const spec = { ...ownSpec(service, body), roles: roles.toSpec(has) };
  const synced = valueAt(body, "/onPremisesSyncEnabled") === true;
  const guest = textAt(body, "/userType")?.toLowerCase() === "guest";
  return {
    kind,
    id: idIn(body),
    key: (textAt(body, "/userPrincipalName") ?? "").toLowerCase(),
    spec,
    ...(synced ? { exempt: "synced" as const } : guest && { exempt: "guest" as const }),
  };
}

/** A user's spec without the roles. */
export function ownSpec({ options: { recovery } }: Service, body: Json | undefined): Spec {
  const contacts = omitUndefined({
    alternateEmail:
      recovery.alternateEmail === false ? undefined : textAt(body, `/${recovery.alternateEmail}/0`),
    mobilePhone:
      recovery.mobilePhone === false ? undefined : textAt(body, `/${recovery.mobilePhone}`),
  });
  const plain = omitUndefined(
    Object.fromEntries(plainFields.map((field) => [field, plainAt(body, field)])),
  );
  const filled = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== ""));
  const name = textAt(body, "/userPrincipalName")?.toLowerCase();
  return {
    ...filled,
    ...(name !== undefined && { userPrincipalName: name }),
    ...(Object.keys(contacts).length > 0 && { recovery: contacts }),
  };
}

/** A user's spec without the roles, which are stored as memberships. */
export function omitDirectoryFields({ roles: _, ...own }: Spec): Spec {
  return own;
}
