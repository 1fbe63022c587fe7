import type { Address } from "../address.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Settings } from "../generated/settings.ts";
import type { Json, Spec } from "../values/json.ts";
import type { Pointer } from "../values/pointer.ts";

/** A field that changes at a date, or that a person changes. */
export interface DatedField {
  readonly pointer: Pointer;
  readonly before?: Json;
  readonly after: Json;
}

/** What becomes due on a day (YYYY-MM-DD). `manual`: only a person can do it. */
export interface Due {
  readonly on: string;
  readonly manual?: true;
  readonly fields: readonly DatedField[];
}

/** What a manifest declares, split by the plan's day. */
export interface Dated<S extends Spec = Spec> {
  /** What is to be there now. */
  readonly spec: Partial<S>;
  /** The fields of `spec` that a date has brought about. */
  readonly due: readonly Pointer[];
  /** What becomes due later, in order. */
  readonly upcoming: readonly Due[];
  /** What only a person can do, now. Attested ones are left out by the engine. */
  readonly manual: readonly DatedField[];
  /** What is to be said of the decision. `field` is the one of the spec that it is about. */
  readonly objections: readonly (Diagnostic & { readonly field?: Pointer })[];
}

/** When, and with what, a kind splits by date. */
export interface DatedMoment {
  /** The plan's day, YYYY-MM-DD. */
  readonly asOf: string;
  readonly renewals: Settings["renewals"];
  readonly catalogue?: Catalogue;
  /** Whether a person attested this value of a field. */
  attested(pointer: Pointer, value: Json): boolean;
}

/** What a dated decision of a manifest changes on a later day (YYYY-MM-DD). */
export interface Upcoming {
  readonly address: Address;
  readonly kind: string;
  readonly parent?: string;
  readonly on: string;
  readonly by: "adapter" | "manual";
  readonly fields: readonly DatedField[];
}
