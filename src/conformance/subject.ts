import type { Adapter } from "../model/adapter.ts";

/** The backend that is put to the test, and what the suite has to know of it. */
export interface AdapterUnderTest {
  /** Opens the backend on an account the suite may change; each call opens the same account again. */
  adapter(): Promise<Adapter>;
  /** The domain that the account's users live in; `contoso.partner.onmschina.cn` unless given. */
  readonly userDomain?: string;
  /** Small letters and digits that set this run's names apart, for an account that remembers earlier ones; `conformance` unless given. */
  readonly prefix?: string;
  /** How many users are made to see that a list comes whole, all pages of it; 25 unless given. */
  readonly many?: number;
  /** How many applies a step may take: 1, or more for a backend that is set to fail. */
  readonly patience?: number;
}

/** One step of the story. It throws an AssertionError where the adapter breaks a promise. */
export interface ConformanceStep {
  readonly title: string;
  /** What the adapter says it lacks for this step; such a step is to be shown as skipped, never as passed. */
  readonly notApplicable?: string;
  run(): Promise<void>;
}
