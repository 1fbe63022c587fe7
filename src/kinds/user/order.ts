import type { Change, ChangeId } from "../../model/plan/plan.ts";
import { after, before } from "../../model/plan/before-after.ts";
import { movesContact } from "../contact.ts";
import { isGlobalAdmin } from "./permissions.ts";
import type { UserSpec } from "../generated/user.ts";
import { userRights } from "./guard.ts";

type Holds = (spec: Partial<UserSpec> | undefined) => boolean;

/** The changes that grant each right, and those that set the legal contact. */
interface Handover {
  readonly grants: ReadonlyMap<Holds, readonly ChangeId[]>;
  readonly contact: readonly ChangeId[];
}

const handovers = new WeakMap<readonly Change[], Handover>();

/**
 * A change that takes a right waits for the changes that grant it to others. If it takes global
 * admin, it also waits for a change of the legal contact: grant B, set the contact, revoke A.
 */
export function afterGrants(change: Change, all: readonly Change[]): readonly ChangeId[] {
  const taken = userRights.filter(({ holds }) => moves(change, holds).takes);
  if (taken.length === 0) return [];
  const { grants, contact } = handover(all);
  const given = taken.flatMap(({ holds }) => grants.get(holds) ?? []);
  return [...new Set([...given, ...(moves(change, isGlobalAdmin).takes ? contact : [])])];
}

function moves(change: Change, holds: Holds): { readonly takes: boolean; readonly gives: boolean } {
  const [had, has] = [holds(before(change)), holds(after(change))];
  return { takes: had && !has, gives: !had && has };
}

function handover(all: readonly Change[]): Handover {
  const known = handovers.get(all);
  if (known !== undefined) return known;
  const users = all.filter(({ kind }) => kind === "User");
  const givenBy = (holds: Holds) =>
    users.filter((one) => moves(one, holds).gives).map(({ id }) => id);
  const made: Handover = {
    grants: new Map(userRights.map(({ holds }) => [holds, givenBy(holds)])),
    contact: all.filter(movesContact).map(({ id }) => id),
  };
  handovers.set(all, made);
  return made;
}
