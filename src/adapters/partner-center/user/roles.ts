import { AdapterError, type Cost } from "../../../model/adapter.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { say } from "../../../model/text/say.ts";
import type { Service } from "../kind-adapter.ts";
import { collectAll, odata } from "../http/paging.ts";
import { idIn, pathSegment, textAt } from "../reading.ts";
import { acceptReply } from "../http/client.ts";

/** An agent role (a group) or an administrator role (a directory role), as in manifests. */
export type Role =
  | { readonly type: "agent"; readonly name: "admin" | "sales" | "helpdesk" }
  | { readonly type: "administrator"; readonly name: "global" | "billing" | "userManagement" };

const agents = ["admin", "helpdesk", "sales"] as const;
/** The most powerful role first. A manifest shows only that one. */
const administrators = ["global", "userManagement", "billing"] as const;

/** All roles. */
export const allRoles: readonly Role[] = [
  ...agents.map((name) => ({ type: "agent", name }) as const),
  ...administrators.map((name) => ({ type: "administrator", name }) as const),
];

/** Converts a user's roles to the manifest's form. */
export function toSpec(roles: readonly Role[]): Spec {
  const has = (type: Role["type"], name: string) =>
    roles.some((one) => one.type === type && one.name === name);
  return {
    agent: agents.filter((name) => has("agent", name)),
    administrator: administrators.find((name) => has("administrator", name)) ?? "none",
  };
}

/** Converts a manifest's roles. Keeps the current roles of a type that it does not mention. */
export function fromSpec({ agent, administrator }: Spec, has: readonly Role[]): readonly Role[] {
  const wanted = [agent].flat();
  return allRoles.filter((role) => {
    const said = role.type === "agent" ? agent : administrator;
    if (said === undefined) return includes(has, role);
    return role.type === "agent" ? wanted.includes(role.name) : role.name === administrator;
  });
}

/** Whether the list contains the role. */
export function includes(roles: readonly Role[], { type, name }: Role): boolean {
  return roles.some((one) => one.type === type && one.name === name);
}

/** Reads the members of all roles: three groups, three directory roles. Returns roles by user. */
export async function members(
  service: Service,
  signal: AbortSignal,
): Promise<(userId: string) => readonly Role[]> {
  const activated = await activatedTemplates(service, signal);
  const places = await Promise.all(
    allRoles.map(
      async (role) => [role, await placeOf(service, { role, activated, signal })] as const,
    ),
  );
  const held = new Map<string, Role[]>();
  const lists = places.map(async ([role, place]) => {
    if (place === undefined) return;
    for await (const member of odata(service.wire, { path: membersPath(role, place), signal })) {
      const id = idIn(member);
      held.set(id, [...(held.get(id) ?? []), role]);
    }
  });
  await Promise.all(lists);
  return (userId) => held.get(userId) ?? [];
}

function membersPath(role: Role, place: string): string {
  return role.type === "agent"
    ? `${place}/members?$select=id,userPrincipalName,displayName`
    : `${place}/members`;
}

interface Sought {
  readonly role: Role;
  readonly activated: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

async function placeOf(
  service: Service,
  { role, activated, signal }: Sought,
): Promise<string | undefined> {
  if (role.type === "agent")
    return groupOf(service, { name: role.name, known: service.groups.read, signal });
  const template = service.options.roleTemplates[role.name];
  return activated.has(template.toLowerCase()) ? rolePath(service, template) : undefined;
}

/** The API path of a directory role, in the configured one of the two documented forms. */
function rolePath({ options }: Service, template: string): string {
  const id = pathSegment(template);
  return options.rolePath === "key"
    ? `/v1.0/directoryRoles(roleTemplateId='${id}')`
    : `/v1.0/directoryRoles/roleTemplateId=${id}`;
}

interface Finding extends Pick<Sought, "signal"> {
  readonly name: (typeof agents)[number];
  readonly known: Service["groups"]["read"];
}

/** A group's API path. Concurrent callers share a lookup; a group not found is looked up again. */
async function groupOf(
  service: Service,
  { name, known, signal }: Finding,
): Promise<string | undefined> {
  const finding = known.get(name) ?? findGroup(service, name, signal);
  known.set(name, finding);
  const found = await finding.catch(() => undefined);
  if (found === undefined) known.delete(name);
  return finding;
}

async function findGroup(
  { wire, options }: Service,
  name: "admin" | "sales" | "helpdesk",
  signal: AbortSignal,
): Promise<string | undefined> {
  const named = options.groups[name].replaceAll("'", "''");
  const path = `/v1.0/groups?$filter=${encodeURIComponent(`displayName eq '${named}'`)}&$select=id,displayName,securityEnabled`;
  const [first] = await collectAll(odata(wire, { path, signal }));
  const id = textAt(first, "/id");
  return id === undefined ? undefined : `/v1.0/groups/${pathSegment(id)}`;
}

/** Template ids of the activated directory roles. Only activated roles can have members. */
async function activatedTemplates(
  { wire, activated, options }: Service,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (
    Object.values(options.roleTemplates).every((template) => activated.has(template.toLowerCase()))
  )
    return activated;
  const roles = await collectAll(odata(wire, { path: "/v1.0/directoryRoles", signal }));
  for (const role of roles) activated.add((textAt(role, "/roleTemplateId") ?? "").toLowerCase());
  return activated;
}

/** Returns the roles of one user. */
export async function rolesOf(
  { wire, options }: Service,
  userId: string,
  signal: AbortSignal,
): Promise<readonly Role[]> {
  const found = await collectAll(
    odata(wire, { path: `/v1.0/users/${pathSegment(userId)}/memberOf`, signal }),
  );
  return allRoles.filter((role) => found.some((one) => names(one, role, options)));
}

function names(place: Json, role: Role, { groups, roleTemplates }: Service["options"]): boolean {
  if (role.type === "agent")
    return (
      textAt(place, "/displayName") === groups[role.name] &&
      textAt(place, "/roleTemplateId") === undefined
    );
  return textAt(place, "/roleTemplateId")?.toLowerCase() === roleTemplates[role.name].toLowerCase();
}

/** The requests to grant or revoke a role. `once`: looking up a group or activating a role. */
export function costOfMove(
  { activated, options }: Service,
  { type, name }: Role,
  gives: boolean,
): Cost {
  const one = { reads: 0, writes: 1 };
  if (type === "agent") return { ...one, once: { [`${type} ${name}`]: { reads: 1, writes: 0 } } };
  if (!gives || activated.has(options.roleTemplates[name].toLowerCase())) return one;
  return { ...one, once: { [`${type} ${name}`]: { reads: 0, writes: 2 } } };
}

/** A user and a role to grant or revoke. */
export interface Membership {
  readonly role: Role;
  readonly userId: string;
  readonly signal: AbortSignal;
}

/** Grants a role, activating it first if needed. Succeeds if the user already has it. */
export async function grant(service: Service, membership: Membership): Promise<void> {
  const { role } = membership;
  if (role.type === "agent") return give(service, membership);
  const first = service.given.get(role.name);
  if (first !== undefined) await first.catch(() => {});
  const giving = give(service, membership);
  if (first === undefined) service.given.set(role.name, giving);
  return giving;
}

async function give(service: Service, membership: Membership): Promise<void> {
  const place = await placeToWrite(service, membership);
  const { role, userId, signal } = membership;
  const call = {
    method: "POST",
    path: `${place}/members/$ref`,
    body: { "@odata.id": `${service.wire.graphRoot}/directoryObjects/${pathSegment(userId)}` },
    repeatable: true,
    signal,
  } as const;
  const reply = await service.wire.graph(call);
  if (reply.status === 400 && includes(await rolesOf(service, userId, signal), role)) return;
  if (reply.status !== 404 || role.type === "agent") return void acceptReply(call, reply);
  await activate(service, role, signal);
  acceptReply(call, await service.wire.graph(call));
}

/** Revokes a role. Succeeds if the user does not have it. */
export async function revoke(service: Service, membership: Membership): Promise<void> {
  const place = await placeToWrite(service, membership);
  // Without /$ref, this request would delete the user.
  const call = {
    method: "DELETE",
    path: `${place}/members/${pathSegment(membership.userId)}/$ref`,
    signal: membership.signal,
  } as const;
  const reply = await service.wire.graph(call);
  if (reply.status !== 404) acceptReply(call, reply);
}

async function placeToWrite(service: Service, { role, signal }: Membership): Promise<string> {
  if (role.type === "administrator")
    return rolePath(service, service.options.roleTemplates[role.name]);
  const place = await groupOf(service, { name: role.name, known: service.groups.write, signal });
  if (place !== undefined) return place;
  const name = service.options.groups[role.name];
  throw new AdapterError(
    "rejected",
    say`the directory has no group ${name}: say what it is called here in adapters.partner-center.groups.${role.name}`,
  );
}

async function activate(
  service: Service,
  role: Role & { readonly type: "administrator" },
  signal: AbortSignal,
): Promise<void> {
  const template = service.options.roleTemplates[role.name];
  const call = {
    method: "POST",
    path: "/v1.0/directoryRoles",
    body: { roleTemplateId: template },
    repeatable: true,
    signal,
  } as const;
  const reply = await service.wire.graph(call);
  if (reply.status < 400) return void service.activated.add(template.toLowerCase());
  if (!(await activatedTemplates(service, signal)).has(template.toLowerCase()))
    acceptReply(call, reply);
}
