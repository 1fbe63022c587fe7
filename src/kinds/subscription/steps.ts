import { nameOf, parentNameOf } from "../../model/address.ts";
import type { Change, FieldChange } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";

/** The steps for a person in Partner Center, where the backend cannot change a subscription. */
export function subscriptionSteps(change: Change): readonly Wording[] {
  if (change.action !== "update" || change.fields.length === 0) return [];
  const { address, observed } = change;
  const customer = parentNameOf(address) ?? String(change.parent);
  const name = observed.key || nameOf(address);
  return [
    say`In Partner Center, open Customers, ${customer}, Subscriptions, ${name}.`,
    ...change.fields.map(stepOf),
  ];
}

function stepOf({ pointer, after }: FieldChange): Wording {
  const value = String(after);
  switch (pointer) {
    case "/renewal/mode":
      return after === "renew"
        ? say`Turn its automatic renewal on.`
        : say`Look at its end date after the last day of the term. If a new term has begun, ask the service to end it.`;
    case "/renewal/billingCycle":
      return say`Change its billing to ${value}.`;
    case "/status":
      return after === "suspended" ? say`Suspend it.` : say`Activate it again.`;
    case "/quantity":
      return say`Change the number of its licenses to ${value}.`;
    default:
      return say`Change ${pointer.slice(1)} to ${value}.`;
  }
}
