import type { Verb } from "../model/kind.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { OfferUse } from "./offers.ts";
import type { Stage } from "./stage.ts";

/** What a scene asks of an adapter: a kind, a verb, fields that can be read and written; or an offer of some sort in the catalogue. */
export type Requirement =
  | { readonly kind: string; readonly verb?: Verb; readonly fields?: readonly Pointer[]; readonly repeatable?: Verb }
  | { readonly offer: OfferUse };

/** A step before it is known whether it applies. */
export interface Scene {
  readonly title: string;
  readonly needs: readonly Requirement[];
  play(stage: Stage): Promise<void>;
}
