import { refuse } from "./refusal.ts";
import type { Transaction } from "./transaction.ts";

const administrators = {
  global: "62e90394-69f5-4237-9190-012177145e10",
  user: "fe930be7-5e62-47db-91af-98c3a49a38b1",
  helpdesk: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  readers: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
  billing: "b0f54661-2d74-4c50-afa3-1ec803f12efe",
} as const;

interface Need {
  readonly path: RegExp;
  readonly writes: boolean;
  /** Agent groups and directory roles. Membership in one is enough. */
  readonly groups?: readonly string[];
  readonly roles?: readonly string[];
}

/** The rights that a user needs, by path and by reading or writing. */
const needs: readonly Need[] = [
  { path: /^\/v1\/customers/i, writes: true, groups: ["AdminAgents", "SalesAgents"] },
  {
    path: /^\/v1\/(customers|domains)/i,
    writes: false,
    groups: ["AdminAgents", "SalesAgents", "HelpdeskAgents"],
  },
  { path: /^\/v1\/offer/i, writes: false, groups: ["AdminAgents"] },
  {
    path: /^\/v1\/invoices/i,
    writes: false,
    groups: ["AdminAgents"],
    roles: [administrators.billing],
  },
  { path: /^\/v1\/profiles/i, writes: true },
  { path: /^\/v1\.0\/directoryRoles/i, writes: true },
  { path: /^\/v1\.0\/(users|groups|directory)\b/i, writes: true, roles: [administrators.user] },
];

/**
 * Refuses (403) a request that the user's roles do not allow. Global administrators may do
 * everything. Requests by an application are not checked.
 */
export function expectRights(
  transaction: Transaction,
  { method, url }: { readonly method: string; readonly url: string },
): void {
  const { userId } = transaction.asker;
  const writes = method !== "GET" && method !== "HEAD";
  const need = needs.find((one) => one.writes === writes && one.path.test(url));
  if (userId === undefined || need === undefined) return;
  const groups = [...transaction.all("groups")].filter(({ displayName }) =>
    need.groups?.includes(displayName),
  );
  if (groups.some(({ members }) => members.includes(userId))) return;
  if (hasRole(transaction, userId, [administrators.global, ...(need.roles ?? [])])) return;
  if (/^\/v1\.0\//i.test(url)) denied();
  refuse(403, 900150, "The role of the user lacks the rights for this operation");
}

/**
 * Refuses (403) a change to an administrator if the user is not a global one. User and helpdesk
 * administrators and directory readers do not count as administrators here. Requests by an
 * application are not checked.
 */
export function expectOver(transaction: Transaction, target: string): void {
  const { userId } = transaction.asker;
  if (userId === undefined || hasRole(transaction, userId, [administrators.global])) return;
  const limited: readonly string[] = [
    administrators.user,
    administrators.helpdesk,
    administrators.readers,
  ];
  const powers = [...transaction.all("roles")].filter(
    ({ roleTemplateId = "" }) => !limited.includes(roleTemplateId),
  );
  if (powers.some(({ members }) => members.includes(target))) denied();
}

function hasRole(transaction: Transaction, userId: string, templates: readonly string[]): boolean {
  return [...transaction.all("roles")].some(
    ({ roleTemplateId = "", members }) =>
      templates.includes(roleTemplateId) && members.includes(userId),
  );
}

function denied(): never {
  refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}
