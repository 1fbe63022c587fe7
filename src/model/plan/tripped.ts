import type { GuardName } from "../codes.ts";
import type { Quoting } from "../text/quotes.ts";
import type { ChangeId } from "./plan.ts";

/** A guard that stops a plan until it is lifted by name. */
export interface Tripped extends Quoting {
  readonly name: GuardName;
  readonly message: string;
  /** The amount that tripped it, in the unit of the message. */
  readonly amount: string;
  /** Lifting it requires a reason: somebody would be locked out or lose something. */
  readonly needsReason?: true;
  readonly changes: readonly ChangeId[];
}
