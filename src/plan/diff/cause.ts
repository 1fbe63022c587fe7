import type { Address } from "../../model/address.ts";
import type { Json } from "../../model/values/json.ts";
import type { Applied } from "../../model/ledger/ledger.ts";
import type { Cause } from "../../model/plan/plan.ts";
import type { Pointer } from "../../model/values/pointer.ts";

/** A field of an object, with the ledger's record of it. */
export interface FieldHistory {
  readonly address: Address;
  readonly pointer: Pointer;
  readonly applied: Applied;
}

/**
 * What changed since the ledger last recorded the field: `before` is the account's value, `after`
 * the declared one. Call it only for fields that differ.
 */
export function causeOf(
  { address, pointer, applied }: FieldHistory,
  before: Json | undefined,
  after: Json,
): Cause {
  const declared = applied.matches(address, pointer, after);
  const live = applied.matches(address, pointer, before);
  if (declared === undefined || live === undefined) return firstCause(address, applied);
  if (declared) return "drift";
  return live ? "manifest" : "both";
}

/**
 * The cause for a field that no backend can read: only a change of the manifest can be detected.
 */
export function causeOfUnread({ address, pointer, applied }: FieldHistory, after: Json): Cause {
  return applied.matches(address, pointer, after) === undefined
    ? firstCause(address, applied)
    : "manifest";
}

/**
 * The cause if the ledger has no record of the field: `new` if it does not know the object,
 * otherwise `manifest`, since the manifest has begun to mention the field.
 */
export function firstCause(address: Address, applied: Applied): Cause {
  return applied.id(address) === undefined ? "new" : "manifest";
}

/**
 * The common cause of several field changes: `both` if they have different causes. `new` counts
 * only if all of them are new.
 */
export function union(causes: readonly Cause[]): Cause {
  const moved = new Set(causes.filter((cause) => cause !== "new"));
  if (moved.size === 0) return "new";
  const [only] = moved;
  return moved.size === 1 && only !== undefined ? only : "both";
}
