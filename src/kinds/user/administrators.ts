import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { UserSpec } from "../generated/user.ts";
import { capabilities, permissions } from "./permissions.ts";

/**
 * Capabilities that only administrator roles have, and administration on behalf of customers, which
 * gives the same power over their tenants.
 */
const administrative: ReadonlySet<string> = new Set([
  ...Object.values(permissions.administrator)
    .flat()
    .filter((one) => !Object.values(permissions.agent).some((agent) => agent.includes(one))),
  say`administer on behalf of customers`,
]);

/** Fields that control access to an account. */
const waysIn = /^\/(userPrincipalName|accountEnabled|recovery)(\/|$)/;

/**
 * Whether a change grants or takes administrative capabilities, or changes how an administrator
 * signs in.
 */
export function administers(change: Change): boolean {
  const { gains = [], loses = [] } = change.impact.access ?? {};
  if ([...gains, ...loses].some((one) => administrative.has(one))) return true;
  return (
    change.fields.some(({ pointer }) => waysIn.test(pointer)) &&
    [before(change), after(change)].some(isAdministrator)
  );
}

function isAdministrator(spec: Partial<UserSpec> | undefined): boolean {
  return capabilities(spec).some((one) => administrative.has(one));
}
