import type { DirectoryActivity } from "./directory-activity.ts";
import type { EmulatedAccount, GroupOrRole, User } from "./state.ts";
import type { Transaction, Write } from "./transaction.ts";

type Said = Pick<DirectoryActivity, "activity" | "category" | "operationType" | "targets">;

/**
 * Records what the writes of a transaction change in the directory, by whoever asks. Records
 * nothing for changes without a principal, such as those by the control routes.
 */
export function auditDirectory(account: EmulatedAccount, transaction: Transaction): void {
  const { userId, userPrincipalName, applicationId } = transaction.asker;
  if (userId === undefined && applicationId === undefined) return;
  const found = transaction.writes.flatMap((write) => activitiesOf(account, transaction, write));
  for (const [index, said] of found.entries()) {
    const id = `Directory_${account.directoryAudit.size + index + 1}`;
    transaction.put("directoryAudit", id, {
      id,
      at: new Date(transaction.now).toISOString(),
      ...said,
      ...(userId !== undefined && { userId }),
      ...(userPrincipalName !== undefined && { userPrincipalName }),
      ...(applicationId !== undefined && { applicationId }),
    });
  }
}

function activitiesOf(
  account: EmulatedAccount,
  transaction: Transaction,
  { in: collection, id, value }: Write,
): readonly Said[] {
  if (collection === "users" && value !== undefined)
    return [userActivity(account.users.get(id), value as User)];
  if (collection !== "groups" && collection !== "roles") return [];
  const before = account[collection].get(id);
  const after = value as GroupOrRole | undefined;
  if (after === undefined) return [];
  const of = { collection, group: after, transaction } as const;
  return [
    ...membersLeft(after, before).map((member) => membership(of, member, true)),
    ...(before === undefined ? [] : membersLeft(before, after)).map((member) =>
      membership(of, member, false),
    ),
  ];
}

/** The members of one group that the other lacks. */
function membersLeft(of: GroupOrRole, other: GroupOrRole | undefined): readonly string[] {
  return of.members.filter((member) => !other?.members.includes(member));
}

function userActivity(before: User | undefined, after: User): Said {
  const targets = [{ type: "User", id: after.id, name: after.userPrincipalName }] as const;
  const said = { category: "UserManagement", targets } as const;
  if (before === undefined) return { ...said, activity: "Add user", operationType: "Add" };
  if (before.deletedAt === undefined && after.deletedAt !== undefined)
    return { ...said, activity: "Delete user", operationType: "Delete" };
  if (before.deletedAt !== undefined && after.deletedAt === undefined)
    return { ...said, activity: "Restore user", operationType: "Update" };
  return { ...said, activity: "Update user", operationType: "Update" };
}

function membership(
  {
    collection,
    group,
    transaction,
  }: {
    readonly collection: "groups" | "roles";
    readonly group: GroupOrRole;
    readonly transaction: Transaction;
  },
  member: string,
  added: boolean,
): Said {
  const isGroup = collection === "groups";
  const to = isGroup ? "group" : "role";
  const name = transaction.get("users", member)?.userPrincipalName ?? "";
  return {
    activity: added ? `Add member to ${to}` : `Remove member from ${to}`,
    category: isGroup ? "GroupManagement" : "RoleManagement",
    operationType: added ? "Assign" : "Unassign",
    targets: [
      { type: "User", id: member, name },
      { type: isGroup ? "Group" : "Role", id: group.id, name: group.displayName },
    ],
  };
}
