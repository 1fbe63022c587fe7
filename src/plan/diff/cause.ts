import type { Address } from "../../model/address.ts";
import type { Json } from "../../model/values/json.ts";
import type { Applied } from "../../model/ledger/ledger.ts";
import type { Cause } from "../../model/plan/plan.ts";
import type { Pointer } from "../../model/values/pointer.ts";

/** A field of an object the ledger may know. */
export interface FieldHistory {
  readonly address: Address;
  readonly pointer: Pointer;
  readonly applied: Applied;
}

/** What moved since the ledger's last word on a field that differs: `before` is what the account has, `after` what is declared. */
export function causeOf({ address, pointer, applied }: FieldHistory, before: Json | undefined, after: Json): Cause {
  const declared = applied.matches(address, pointer, after);
  const live = applied.matches(address, pointer, before);
  if (declared === undefined || live === undefined) return firstCause(address, applied);
  if (declared) return "drift";
  return live ? "manifest" : "both";
}

/** The same for a field no backend can read: only the manifest can be seen to move. */
export function causeOfUnread({ address, pointer, applied }: FieldHistory, after: Json): Cause {
  return applied.matches(address, pointer, after) === undefined ? firstCause(address, applied) : "manifest";
}

/** The cause where nothing was recorded of a field: the object is new to the ledger, or the manifest has begun to mention it. */
export function firstCause(address: Address, applied: Applied): Cause {
  return applied.id(address) === undefined ? "new" : "manifest";
}

/** The cause of a change of several fields; what is new says nothing beside what moved. */
export function union(causes: readonly Cause[]): Cause {
  const moved = new Set(causes.filter((cause) => cause !== "new"));
  if (moved.size === 0) return "new";
  const [only] = moved;
  return moved.size === 1 && only !== undefined ? only : "both";
}
