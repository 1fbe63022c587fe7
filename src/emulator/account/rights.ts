import { refuse } from "./refusal.ts";
import type { Transaction } from "./transaction.ts";

const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

/** What a user's roles are asked for, by the path and whether something is written. */
const needs: readonly { readonly path: RegExp; readonly writes: boolean; readonly groups: readonly string[] }[] = [
  { path: /^\/v1\/customers/i, writes: true, groups: ["AdminAgents", "SalesAgents"] },
  { path: /^\/v1\/(customers|domains)/i, writes: false, groups: ["AdminAgents", "SalesAgents", "HelpdeskAgents"] },
  { path: /^\/v1\/offer/i, writes: false, groups: ["AdminAgents"] },
  { path: /^\/v1\/profiles/i, writes: true, groups: [] },
];

/** Refuses (403/900150) a user whose roles do not allow this; a global administrator may do everything, and an application has no roles. */
export function expectRights(transaction: Transaction, { method, url }: { readonly method: string; readonly url: string }): void {
  const { userId } = transaction.asker;
  const writes = method !== "GET" && method !== "HEAD";
  const need = needs.find((one) => one.writes === writes && one.path.test(url));
  if (userId === undefined || need === undefined) return;
  const role = [...transaction.all("roles")].find(({ roleTemplateId }) => roleTemplateId === globalAdministrator);
  const groups = [...transaction.all("groups")].filter(({ displayName }) => need.groups.includes(displayName));
  const allowed = [...groups, ...(role === undefined ? [] : [role])].some(({ members }) => members.includes(userId));
  if (!allowed) refuse(403, 900150, "The role of the user lacks the rights for this operation");
}
