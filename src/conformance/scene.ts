import type { Verb } from "../model/kind.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { OfferUse } from "./offers.ts";
import type { Stage } from "./stage.ts";

/**
 * What a step requires of an adapter: a kind, optionally with a verb, fields that can be read and
 * written, and a repeatable verb; or an offer in its catalogue.
 */
export type Requirement =
  | {
      readonly kind: string;
      readonly verb?: Verb;
      readonly fields?: readonly Pointer[];
      readonly repeatable?: Verb;
    }
  | { readonly offer: OfferUse };

/** A step of the suite, with its requirements. */
export interface Scene {
  readonly title: string;
  readonly needs: readonly Requirement[];
  play(stage: Stage): Promise<void>;
}
