import { lookUp } from "./lookup.ts";
import { roleTemplates } from "./seed.ts";
import { refuse } from "./refusal.ts";
import type { GroupOrRole, User } from "./state.ts";
import type { Transaction } from "./transaction.ts";
import { user } from "./users.ts";

/** The collections of groups and of activated roles. */
export type GroupOrRoleKind = "groups" | "roles";

const byTemplate = "roletemplateid=";

/**
 * Returns the group or activated role with this id; a role also by `roleTemplateId=…`. Refuses with
 * 404 if there is none.
 */
export function findGroupOrRole(
  transaction: Transaction,
  kind: GroupOrRoleKind,
  id: string,
): GroupOrRole {
  const wanted = id.toLowerCase();
  const found =
    kind === "roles" && wanted.startsWith(byTemplate)
      ? [...transaction.all("roles")].find(
          ({ roleTemplateId }) => roleTemplateId === wanted.slice(byTemplate.length),
        )
      : transaction.get(kind, wanted);
  return (
    found ??
    refuse(
      404,
      "Request_ResourceNotFound",
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    )
  );
}

/** The members, without deleted users. */
export function membersOf(transaction: Transaction, { members }: GroupOrRole): readonly User[] {
  return members.flatMap((id) => {
    const found = transaction.get("users", id);
    return found === undefined || found.deletedAt !== undefined ? [] : [found];
  });
}

/** The groups and activated roles of a user. */
export function membershipsOf(
  transaction: Transaction,
  idOrName: string,
): readonly { readonly kind: GroupOrRoleKind; readonly group: GroupOrRole }[] {
  const { id } = user(transaction, idOrName);
  const within = (kind: GroupOrRoleKind) =>
    [...transaction.all(kind)]
      .filter(({ members }) => members.includes(id))
      .map((one) => ({ kind, group: one }));
  return [...within("groups"), ...within("roles")];
}

/**
 * Adds all members or none. Refuses a user who is a member already or is given twice (400) or
 * does not exist (404), and a reference that is not valid (400).
 */
export function addMembers(
  transaction: Transaction,
  at: { readonly kind: GroupOrRoleKind; readonly id: string },
  references: readonly string[],
): void {
  const before = findGroupOrRole(transaction, at.kind, at.id);
  const added = references.map((reference) => user(transaction, referred(reference)).id);
  if (added.some((id, index) => before.members.includes(id) || added.indexOf(id) !== index)) {
    refuse(
      400,
      "Request_BadRequest",
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  transaction.put(at.kind, before.id, { ...before, members: [...before.members, ...added] });
}

/** Removes a member. Refuses with 404 if the user is not a member. */
export function removeMember(
  transaction: Transaction,
  at: { readonly kind: GroupOrRoleKind; readonly id: string },
  member: string,
): void {
  const before = findGroupOrRole(transaction, at.kind, at.id);
  const members = before.members.filter((id) => id !== member.toLowerCase());
  if (members.length === before.members.length) {
    refuse(
      404,
      "Request_ResourceNotFound",
      `Resource '${member}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  transaction.put(at.kind, before.id, { ...before, members });
}

/**
 * Activates a directory role without members. Refuses with 400 if there is no such template or the
 * role is active already.
 */
export function activateRole(transaction: Transaction, template: string): GroupOrRole {
  const roleTemplateId = template.toLowerCase();
  const known = lookUp(roleTemplates, roleTemplateId);
  if (known === undefined)
    return refuse(400, "Request_BadRequest", `Role template '${template}' does not exist.`);
  if ([...transaction.all("roles")].some((role) => role.roleTemplateId === roleTemplateId)) {
    refuse(
      400,
      "Request_BadRequest",
      "A conflicting object with one or more of the specified property values is present in the directory.",
    );
  }
  const role = { id: transaction.newId(), ...known, roleTemplateId, members: [] };
  transaction.put("roles", role.id, role);
  return role;
}

function referred(reference: string): string {
  const id = /\/(?:directoryObjects|users)\/([^/]+)$/i.exec(reference)?.[1];
  return (
    id ??
    refuse(400, "Request_BadRequest", `Invalid URL format specified in @odata.id: '${reference}'.`)
  );
}
