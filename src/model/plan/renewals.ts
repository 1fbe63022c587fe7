import type { Address } from "../address.ts";
import type { Observed } from "../observed.ts";
import type { Spec } from "../values/json.ts";

export type {
  MonthCost,
  RenewalDecision,
  RenewalRow,
  Renewals,
  SeatCost,
} from "../generated/documents.ts";

/** An object of the account that has a term, with what its manifest declares. */
export interface TermObject {
  readonly observed: Observed;
  readonly address?: Address;
  readonly declared?: Partial<Spec>;
  /** The key of its parent (a customer's domain). */
  readonly parentKey: string;
}
