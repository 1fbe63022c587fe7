import type { Cost } from "../../../model/plan/apply-step.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { collectAll, odata } from "../http/paging.ts";
import type { Service } from "../kind-adapter.ts";
import { idIn, pathSegment, textAt } from "../reading.ts";

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
export function rolePath({ options }: Service, template: string): string {
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
export async function groupOf(
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
export async function activatedTemplates(
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
