import { say } from "../../model/text/phrase.ts";
import type { UserSpec } from "../generated/user.ts";

type Roles = NonNullable<UserSpec["roles"]>;
type Administrator = NonNullable<Roles["administrator"]>;
type Agent = Exclude<Extract<Roles["agent"], string>, "none">;

const customers = [
  say`create customers`,
  say`view customers`,
  say`edit customer details`,
  say`edit customer billing details`,
];
const prices = [say`view offers and prices`, say`view invoices and reconciliation`];

/** What each role may do, from the documented permission matrix of the 21Vianet portal. */
export const permissions: Readonly<{
  agent: Readonly<Record<Agent, readonly string[]>>;
  administrator: Readonly<Record<Administrator, readonly string[]>>;
}> = {
  agent: {
    admin: [
      ...customers,
      ...prices,
      say`manage subscriptions`,
      say`view service health`,
      say`request delegated administration`,
      say`administer on behalf of customers`,
      say`register value-added resellers`,
    ],
    sales: [
      ...customers,
      say`manage subscriptions`,
      say`request reseller relationships`,
      say`view customer agreements`,
      say`register value-added resellers`,
    ],
    helpdesk: [
      say`view customers`,
      say`edit customer details`,
      say`view service health`,
      say`administer on behalf of customers`,
    ],
  },
  administrator: {
    none: [],
    global: [
      ...customers,
      ...prices,
      say`manage subscriptions`,
      say`view service health`,
      say`request delegated administration`,
      say`request reseller relationships`,
      say`view customer agreements`,
      say`administer on behalf of customers`,
      say`register value-added resellers`,
      say`manage agreements`,
      say`manage users`,
      say`view partner profiles`,
      say`manage partner profiles`,
      say`open support requests with 21Vianet`,
    ],
    billing: [...prices, say`manage agreements`],
    userManagement: [say`manage users`, say`view partner profiles`],
  },
};

/** The capabilities of a user, sorted and without duplicates. None if the account is disabled. */
export function capabilities(user: Partial<UserSpec> | undefined): readonly string[] {
  if (user === undefined || user.accountEnabled === false) return [];
  const agents = [user.roles?.agent ?? []].flat().filter((agent) => agent !== "none");
  const held = [
    ...agents.flatMap((agent) => permissions.agent[agent]),
    ...permissions.administrator[user.roles?.administrator ?? "none"],
  ];
  return [...new Set(held)].sort();
}

/** Whether a user is a global admin and is enabled. */
export function isGlobalAdmin(user: Partial<UserSpec> | undefined): boolean {
  return user?.roles?.administrator === "global" && user.accountEnabled !== false;
}

/** Whether a user is an admin agent and is enabled. */
export function isAgentAdmin(user: Partial<UserSpec> | undefined): boolean {
  return [user?.roles?.agent ?? []].flat().includes("admin") && user?.accountEnabled !== false;
}
