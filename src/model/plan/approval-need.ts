import type { Worded } from "../text/recorded.ts";

/** The approvals that one rule of the settings requires for a plan, and why. */
export interface ApprovalNeed extends Worded {
  /** The rule's name in the settings. */
  readonly rule?: string;
  readonly approvals: number;
  readonly because: string;
}
