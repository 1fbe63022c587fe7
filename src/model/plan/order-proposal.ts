import type { Address } from "../address.ts";
import type { Money } from "../values/money.ts";
import type { ChangeId } from "./plan.ts";

/** Something that can be ordered, as the backend made it. */
export interface OrderProposal {
  readonly id: string;
  /** Missing if the backend does not say. */
  readonly currency?: string;
  /** What it costs for the whole term, before tax. Missing if the backend does not say. */
  readonly amount?: string;
}

/**
 * What became of a proposal: it was ordered, it can be ordered, or nothing is known of it (it is
 * not there any more, or cannot be read).
 */
export type ProposalState = "ordered" | "open" | "unknown";

/** The event that a proposal was made for an intent. It may be ordered from then on. */
export interface ProposedOrder {
  readonly type: "proposed";
  readonly run: string;
  readonly change: ChangeId;
  readonly address: Address;
  readonly proposal: string;
  /** What it costs for the whole term, before tax. */
  readonly price?: Money;
}
