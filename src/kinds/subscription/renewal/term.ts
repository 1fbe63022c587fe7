import { dayAfter, dayBefore, lengthOf } from "../../../model/values/duration.ts";
import type { Spec } from "../../../model/values/json.ts";
import type { OfferSpec } from "../../generated/offer.ts";

/** The running term of a subscription, as far as the backend tells. Days are YYYY-MM-DD. */
export interface Term {
  /** An ISO 8601 duration; a year where nobody tells. */
  readonly length: string;
  /** The last day, all of which counts. Undefined if none is known. */
  readonly endsOn?: string;
  /** The first day, if an earlier term was renewed. */
  readonly renewedOn?: string;
  /** The day whose prices hold for the term: of its order, or of its renewal. */
  readonly pricedOn?: string;
  readonly autoRenew?: boolean;
}

/** Subscriptions that are not renewed show an end so far away. It is none. */
const beyond = "P5Y";
/** How much longer a first term may be: it ends on a billing day. */
const alignment = "P1M";

/** Reads the running term from what the backend tells of a subscription. */
export function termOf(facts: Spec | undefined, offer: OfferSpec | undefined, asOf: string): Term {
  const told = { startsOn: textOf(facts?.startsOn), endsOn: textOf(facts?.endsOn) };
  const length = textOf(facts?.term) ?? lengthOf(offer?.term);
  const autoRenew = facts?.autoRenew;
  const endsOn =
    told.endsOn !== undefined && told.endsOn <= dayAfter(asOf, beyond) ? told.endsOn : undefined;
  const began = endsOn && dayAfter(dayBefore(endsOn, length), "P1D");
  const renewed =
    began !== undefined &&
    told.startsOn !== undefined &&
    began > dayAfter(told.startsOn, alignment);
  return {
    length,
    ...(endsOn !== undefined && { endsOn }),
    ...(renewed && { renewedOn: began }),
    ...(began !== undefined && { pricedOn: pricedOn(began, renewed, told.startsOn) }),
    ...(typeof autoRenew === "boolean" && { autoRenew }),
  };
}

function pricedOn(began: string, renewed: boolean, startsOn = began): string {
  return renewed ? began : dayBefore(startsOn, "P1D");
}

function textOf(value: Spec[string] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
