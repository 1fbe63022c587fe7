import type { Pointer } from "../values/pointer.ts";
import type { Change } from "./plan.ts";

/** Numbers of requests to a backend. */
export interface Requests {
  readonly reads: number;
  readonly writes: number;
}

/** The requests of a step. `once`: by name, those that only a run's first such step makes. */
export interface Cost extends Requests {
  readonly once?: Readonly<Record<string, Requests>>;
}

/** A read that an apply makes. */
export type ReadStep =
  | { readonly reading: "object"; readonly kind: string; readonly fields?: readonly Pointer[] }
  /** `sought` of `among` objects are looked up by key. Both missing: all under a parent. */
  | {
      readonly reading: "list";
      readonly kind: string;
      readonly sought?: number;
      readonly among?: number;
    };

/**
 * A step of an apply: a read or a change. A second change of the same object starts from the result
 * of the first, without a read in between.
 */
export type ApplyStep = ReadStep | Change;
