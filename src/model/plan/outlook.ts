import type { Address } from "../address.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Spec } from "../values/json.ts";

/** The context from which the impact of a change is computed. */
export interface Outlook {
  readonly catalogue?: Catalogue;
  /** The plan's date, YYYY-MM-DD. */
  readonly asOf: string;
  /** What the backend tells of the changed object beside its spec. */
  readonly facts?: Spec;
  /** The day of the month on which the account is billed, where the settings say it. */
  readonly billingDay?: number;
  /** Returns the catalogue with the prices of another date, for terms that began then. */
  pricedOn?(day: string): Catalogue | undefined;
  /**
   * Returns the fields of a declared object: the observed ones, overridden by its manifest. For an
   * object that does not exist yet, its manifest with defaults.
   */
  find?(address: Address): Spec | undefined;
}
