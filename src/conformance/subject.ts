import type { Adapter } from "../model/adapter.ts";

/** The adapter under test, and what the suite needs to know about it. */
export interface AdapterUnderTest {
  /**
   * Opens the adapter for an account that the suite may change. Each call opens the same account.
   */
  adapter(): Promise<Adapter>;
  /** The domain of the account's users. Default: `contoso.partner.onmschina.cn`. */
  readonly userDomain?: string;
  /**
   * Lower-case letters and digits that make this run's names unique in an account that keeps the
   * names of earlier runs. Default: `conformance`.
   */
  readonly prefix?: string;
  /** The number of users to create to check that a list contains all its pages. Default: 25. */
  readonly many?: number;
  /** The maximum number of applies per step. Default: 1; more for a backend with random faults. */
  readonly patience?: number;
}

/** One step of the suite. It throws an AssertionError if the adapter breaks a promise. */
export interface ConformanceStep {
  readonly title: string;
  /** What the adapter lacks for this step. Report such a step as skipped, never as passed. */
  readonly notApplicable?: string;
  run(): Promise<void>;
}
