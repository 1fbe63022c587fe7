/** The approvals that one rule of the settings requires for a plan, and why. */
export interface ApprovalNeed {
  /** The rule's name in the settings. */
  readonly rule?: string;
  readonly approvals: number;
  readonly because: string;
}
