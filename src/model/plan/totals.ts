/** Numbers of changes by action (manual ones only under `manual`), and their sums. */
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
  readonly money?: {
    readonly perMonth: string;
    readonly committed: string;
    readonly currency: string;
  };
  readonly seats: number;
  /** Changes with an unknown price or in another currency. `money` does not include them. */
  readonly unpriced?: number;
}

/**
 * Object counts. `managed`: declared and in the account. `unmanaged`: in the account but not
 * declared. `toCreate`: declared and to be created. `missing`: declared and not in the account, and
 * no change creates it.
 */
export interface Coverage {
  readonly managed: number;
  readonly unmanaged: number;
  readonly toCreate: number;
  readonly missing?: number;
}
