export type {
  BilledSums,
  ExpectedLine,
  KnownPrice,
  LineFinding,
  LineStatus,
  NotBilled,
  OrderRecorded,
  Reconciliation,
} from "../generated/documents.ts";

/** How amounts are rounded to cents. */
export interface Rounding {
  readonly of: "unit" | "line";
  readonly how: "down" | "half-up" | "half-even";
}
