import type { CodeWithin } from "../../../model/codes.ts";
import type { Objection } from "../../../model/kind.ts";
import type { Observed } from "../../../model/observed.ts";
import type { Dated, DatedMoment, Due } from "../../../model/plan/dated.ts";
import type { Resource } from "../../../model/resource.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { record } from "../../../model/text/recorded.ts";
import { dayAfter, dayBefore } from "../../../model/values/duration.ts";
import type { Pointer } from "../../../model/values/pointer.ts";
import type { OfferSpec } from "../../generated/offer.ts";
import type { Renewal, SubscriptionSpec } from "../../generated/subscription.ts";
import { isActive } from "../impact.ts";
import { checkRenewal } from "./check-renewal.ts";
import { type Term, termOf } from "./term.ts";

/** A subscription with its decision and its running term. */
interface Case {
  readonly spec: Partial<SubscriptionSpec>;
  readonly renewal: Renewal;
  readonly observed: Partial<SubscriptionSpec>;
  readonly term: Term;
  readonly moment: DatedMoment;
  readonly name: string;
}

type Outcome = Omit<Dated<SubscriptionSpec>, "spec" | "objections"> &
  Partial<Pick<Dated<SubscriptionSpec>, "spec" | "objections">>;

const nothing: Outcome = { due: [], upcoming: [], manual: [] };

/**
 * Splits a subscription by the day. In legacy commerce, seats and status can change on any day, and
 * the renewal itself cannot be written (subscriptions.md, section 4). So `cancel` is a suspension
 * shortly before the last day of the term, and `quantity` a change on the day after it.
 */
export function dateSubscription(
  { spec: { renewal, ...spec }, name }: Resource<SubscriptionSpec>,
  observed: Observed | undefined,
  moment: DatedMoment,
): Dated<SubscriptionSpec> {
  const refused = checkRenewal(renewal ?? {});
  if (observed === undefined) return { ...nothing, spec, objections: refused };
  const now: Partial<SubscriptionSpec> = observed.spec;
  const offer = moment.catalogue?.find(now.offer ?? "") as OfferSpec | undefined;
  const term = termOf(observed.facts, offer, moment.asOf);
  const one: Case = { spec, renewal: renewal ?? {}, observed: now, term, moment, name };
  const { objections = [], ...outcome } = decide(one);
  return { spec, ...outcome, objections: [...refused, ...objections, ...undecided(one)] };
}

/** Nobody has decided, and the end is near. */
function undecided({ renewal, observed, term, moment, name }: Case): readonly Objection[] {
  const { endsOn, autoRenew } = term;
  const { decideWithin, severity } = moment.renewals;
  if (renewal.mode !== undefined || endsOn === undefined || !isActive(observed)) return [];
  if (moment.asOf < dayBefore(endsOn, decideWithin)) return [];
  const message =
    autoRenew === false
      ? say`The term of ${name} ends on ${endsOn}, and nobody has decided what is to happen then. It does not renew by itself.`
      : say`The term of ${name} ends on ${endsOn}, and nobody has decided what is to happen then. It renews by itself.`;
  const hint = say`Write spec.renewal.mode: renew or cancel.`;
  return [record({ severity, code: "renewal/undecided", message, hint, field: "/renewal" })];
}

function decide(one: Case): Outcome {
  const { renewal, term } = one;
  const asks = Object.keys(renewal).some((field) => field !== "mode") || renewal.mode === "cancel";
  if (term.endsOn === undefined && asks && term.autoRenew !== false)
    return { ...nothing, objections: [finding("no-end", noEnd(one), { field: "/renewal" })] };
  return renewal.mode === "cancel" ? cancelled(one) : renewed(one);
}

function noEnd({ name }: Case): Wording {
  return say`The account tells no end of the term of ${name}, so its renewal cannot be acted on.`;
}

/** Ends with the term: suspended shortly before, and never activated again. */
function cancelled(one: Case): Outcome {
  const { spec, observed, term, moment, name } = one;
  const { endsOn, autoRenew } = term;
  if (!isActive(observed)) return { ...ended(spec), manual: autoRenew === false ? [] : verify };
  if (endsOn === undefined) return nothing;
  const on = dayBefore(endsOn, moment.renewals.actWithin);
  if (on <= moment.asOf)
    return { ...ended(spec), due: ["/status"], objections: unverified(one, endsOn) };
  const fields = [{ pointer: "/status", before: "active", after: "suspended" }];
  const missed = isFresh(one)
    ? [
        finding(
          "missed",
          say`The term of ${name} began anew on ${term.renewedOn ?? ""}, before its suspension was applied. It is to be suspended at the end of this term.`,
          { field: "/renewal/mode" },
        ),
      ]
    : [];
  return {
    ...nothing,
    upcoming: [{ on, fields }],
    objections: [...missed, ...unverified(one, endsOn)],
  };
}

/** Looked at by a person: whether a suspension avoids the next term is not known. */
const verify = [{ pointer: "/renewal/mode", before: "renew", after: "cancel" }];

function ended(spec: Partial<SubscriptionSpec>): Outcome {
  return { ...nothing, spec: { ...spec, status: "suspended" } };
}

function unverified({ moment, name }: Case, endsOn: string): readonly Objection[] {
  if (moment.attested("/renewal/mode", "cancel")) return [];
  const message = say`Whether a suspension before ${endsOn} keeps ${name} from being renewed is unverified.`;
  const hint = say`Look in Partner Center after ${endsOn}, and record what you saw: the plan then has a manual step that ledger attest closes.`;
  return [finding("unverified", message, { field: "/renewal/mode", hint })];
}

/** Goes on: with other seats from the day after the term on. */
function renewed(one: Case): Outcome {
  const { renewal, observed, term } = one;
  const on = term.endsOn && dayAfter(term.endsOn, "P1D");
  const turnOn = [{ pointer: "/renewal/mode", before: "cancel", after: "renew" }];
  const seats = seatsThen(one, on);
  const cycle = renewal.billingCycle;
  const field = { pointer: "/renewal/billingCycle", after: cycle ?? "" };
  const before = observed.billingCycle;
  const differs = cycle !== undefined && cycle !== before;
  const changed = { ...field, ...(before !== undefined && { before }) };
  const billed: readonly Due[] =
    on && !isFresh(one) ? [{ on, manual: true, fields: [changed] }] : [];
  return {
    ...seats,
    upcoming: [...seats.upcoming, ...(differs ? billed : [])],
    manual: [
      ...(renewal.mode === "renew" && term.autoRenew === false ? turnOn : []),
      ...(differs && isFresh(one) ? [changed] : []),
    ],
  };
}

function seatsThen(one: Case, on: string | undefined): Outcome {
  const { spec, renewal, observed } = one;
  const quantity = renewal.quantity;
  if (quantity === undefined || on === undefined) return nothing;
  const then = { ...spec, quantity };
  if (observed.quantity === quantity)
    return { ...nothing, spec: then, objections: carriedOut(one) };
  if (isFresh(one)) return { ...nothing, spec: then, due: ["/quantity"] };
  const before = observed.quantity;
  const field = { pointer: "/quantity", ...(before !== undefined && { before }), after: quantity };
  return { ...nothing, upcoming: [{ on, fields: [field] }] };
}

/** The seats are those of the decision, and the manifest still says others. */
function carriedOut({ spec, renewal, name }: Case): readonly Objection[] {
  const { quantity } = renewal;
  if (quantity === undefined || spec.quantity === undefined || spec.quantity === quantity)
    return [];
  const message = say`${name} has the ${quantity} seats that its renewal asks for.`;
  const hint = say`Write spec.quantity: ${quantity}, and leave spec.renewal.quantity out.`;
  return [
    { ...finding("carried-out", message, { field: "/renewal/quantity", hint }), severity: "note" },
  ];
}

/**
 * Whether a decision still counts for the term that has ended: the end has passed, or the running
 * term has begun no longer ago than `decideWithin`, and its own end is not near.
 */
function isFresh({ term: { renewedOn, endsOn, length }, moment }: Case): boolean {
  const { asOf, renewals } = moment;
  if (endsOn !== undefined && endsOn < asOf) return true;
  if (renewedOn === undefined || endsOn === undefined) return false;
  const left = dayBefore(endsOn, halfOf(length));
  return asOf < dayAfter(renewedOn, renewals.decideWithin) && asOf < left;
}

function halfOf(length: string): string {
  return /^P1M$|D$/.test(length) ? "P15D" : "P1M";
}

function finding(
  what: CodeWithin<"renewal">,
  message: Wording,
  more: { readonly field: Pointer; readonly hint?: Wording },
): Objection {
  return record({ severity: "warning", code: `renewal/${what}`, message, ...more });
}
