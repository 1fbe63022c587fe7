import type { UserSpec } from "./generated/user.ts";

type Roles = NonNullable<UserSpec["roles"]>;
type Administrator = NonNullable<Roles["administrator"]>;
type Agent = Exclude<Extract<Roles["agent"], string>, "none">;

const customers = ["create customers", "view customers", "edit customer details", "edit customer billing details"];
const prices = ["view offers and prices", "view invoices and reconciliation"];

/** The documented permission matrix of the 21Vianet portal: what each role may do. */
export const permissions: Readonly<{
  agent: Readonly<Record<Agent, readonly string[]>>;
  administrator: Readonly<Record<Administrator, readonly string[]>>;
}> = {
  agent: {
    admin: [
      ...customers,
      ...prices,
      "manage subscriptions",
      "view service health",
      "request delegated administration",
      "administer on behalf of customers",
      "register value-added resellers",
    ],
    sales: [
      ...customers,
      "manage subscriptions",
      "request reseller relationships",
      "view customer agreements",
      "register value-added resellers",
    ],
    helpdesk: ["view customers", "edit customer details", "view service health", "administer on behalf of customers"],
  },
  administrator: {
    none: [],
    global: [
      ...customers,
      ...prices,
      "manage subscriptions",
      "view service health",
      "request delegated administration",
      "request reseller relationships",
      "view customer agreements",
      "administer on behalf of customers",
      "register value-added resellers",
      "manage agreements",
      "manage users",
      "view partner profiles",
      "manage partner profiles",
      "open support requests with 21Vianet",
    ],
    billing: [...prices, "manage agreements"],
    userManagement: ["manage users", "view partner profiles"],
  },
};

/** What somebody with these fields may do, each capability once and in order; nothing while the account is disabled. */
export function capabilities(user: Partial<UserSpec> | undefined): readonly string[] {
  if (user === undefined || user.accountEnabled === false) return [];
  const agents = [user.roles?.agent ?? []].flat().filter((agent) => agent !== "none");
  const held = [...agents.flatMap((agent) => permissions.agent[agent]), ...permissions.administrator[user.roles?.administrator ?? "none"]];
  return [...new Set(held)].sort();
}

/** Whether somebody with these fields is a global admin who can sign in. */
export function isGlobalAdmin(user: Partial<UserSpec> | undefined): boolean {
  return user?.roles?.administrator === "global" && user.accountEnabled !== false;
}
