import type { Change, ChangeId } from "../model/plan.ts";
import { after, before } from "./before-after.ts";
import { movesContact } from "./contact.ts";
import { isGlobalAdmin } from "./permissions.ts";

/** What makes a global admin, and what moves the legal contact, of one list of changes. */
interface Handover {
  readonly grants: readonly ChangeId[];
  readonly contact: readonly ChangeId[];
}

const handovers = new WeakMap<readonly Change[], Handover>();

/** A change that takes global admin away waits until others have it and the legal contact has moved: grant B, move the contact, revoke A. */
export function afterGrants(change: Change, all: readonly Change[]): readonly ChangeId[] {
  if (!isGlobalAdmin(before(change)) || isGlobalAdmin(after(change))) return [];
  const { grants, contact } = handover(all);
  return [...grants, ...contact];
}

function handover(all: readonly Change[]): Handover {
  const known = handovers.get(all);
  if (known !== undefined) return known;
  const made: Handover = {
    grants: all.filter((one) => one.kind === "User" && !isGlobalAdmin(before(one)) && isGlobalAdmin(after(one))).map(({ id }) => id),
    contact: all.filter(movesContact).map(({ id }) => id),
  };
  handovers.set(all, made);
  return made;
}
