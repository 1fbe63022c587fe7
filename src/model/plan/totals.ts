/** Changes counted by action (manual ones only under `manual`), and what they add up to. */
export interface Totals {
  readonly create: number;
  readonly update: number;
  readonly upgrade: number;
  readonly remove: number;
  readonly forget: number;
  readonly rename: number;
  readonly protect: number;
  readonly unprotect: number;
  readonly manual: number;
  readonly money?: { readonly perMonth: string; readonly committed: string; readonly currency: string };
  readonly seats: number;
  /** Changes that are paid for at a price nobody knows, or in another currency: the money leaves them out. */
  readonly unpriced?: number;
}

/** How much of the account is declared: there, there but in no manifest, to be created, and missing though nothing creates it. */
export interface Coverage {
  readonly managed: number;
  readonly unmanaged: number;
  readonly toCreate: number;
  readonly missing?: number;
}
