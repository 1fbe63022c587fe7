/**
 * The effects of a change. `item`: seats of an offer, as they are after the change, or were before
 * a removal. Money may be negative; `committed` is for what is left of the term. `until`: the last
 * day (YYYY-MM-DD) on which it can be undone. `termEnds`: the last day of the term.
 */
export interface Impact {
  readonly reversible: "yes" | "until" | "no";
  readonly until?: string;
  /** Somebody loses service or data. */
  readonly destructive?: true;
  readonly money?: {
    readonly perMonth: string;
    readonly committed: string;
    readonly currency: string;
  };
  /** What it costs, or gives back, in the billing period that runs. */
  readonly prorated?: Prorated;
  readonly termEnds?: string;
  readonly seats?: number;
  readonly item?: { readonly quantity: number; readonly offer: string };
  readonly access?: { readonly gains: readonly string[]; readonly loses: readonly string[] };
}

/**
 * The days of a billing period that are left, both inclusive. The amount is negative where it is
 * given back, and missing where no price is known. `free`: the days before the first bill.
 */
export interface Prorated {
  readonly from: string;
  readonly to: string;
  readonly amount?: string;
  readonly free?: true;
}
