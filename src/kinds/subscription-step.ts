import type { Diagnostic } from "../model/diagnostic.ts";
import type { World } from "../model/kind.ts";
import type { Change } from "../model/plan.ts";
import type { SubscriptionSpec } from "./generated/subscription.ts";

/** A change to a subscription, what it is before and after it, and the account around. */
export interface Step {
  readonly change: Change;
  readonly was: Partial<SubscriptionSpec> | undefined;
  readonly will: Partial<SubscriptionSpec>;
  readonly world: World;
}

/** An error about a subscription; its code begins with `subscription/`. */
export function error(what: string, message: string, hint?: string): Diagnostic {
  return { severity: "error", code: `subscription/${what}`, message, ...(hint === undefined ? {} : { hint }) };
}
