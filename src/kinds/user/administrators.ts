import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { UserSpec } from "../generated/user.ts";
import { capabilities, permissions } from "./permissions.ts";

/** What only an administrator may do, and acting for customers, which gives the same power over there. */
const administrative: ReadonlySet<string> = new Set([
  ...Object.values(permissions.administrator)
    .flat()
    .filter((one) => !Object.values(permissions.agent).some((agent) => agent.includes(one))),
  say`administer on behalf of customers`,
]);

/** Fields by which somebody gets into an account. */
const waysIn = /^\/(userPrincipalName|accountEnabled|recovery)(\/|$)/;

/** Whether a change makes or unmakes an administrator, or touches how one signs in. */
export function administers(change: Change): boolean {
  const { gains = [], loses = [] } = change.impact.access ?? {};
  if ([...gains, ...loses].some((one) => administrative.has(one))) return true;
  return change.fields.some(({ pointer }) => waysIn.test(pointer)) && [before(change), after(change)].some(isAdministrator);
}

function isAdministrator(spec: Partial<UserSpec> | undefined): boolean {
  return capabilities(spec).some((one) => administrative.has(one));
}
