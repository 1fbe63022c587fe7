import { AdapterError } from "../../../model/adapter.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Json } from "../../../model/values/json.ts";
import { productOf } from "../../../model/values/money.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import type { Service } from "../kind-adapter.ts";
import { textAt } from "../reading.ts";
import type { WantedOrder } from "./wanted.ts";

/** The term of licence offers (subscriptions.md §4), and how many periods of a cycle it has. */
const term = "P1Y";
const periods: Readonly<Record<string, number>> = { monthly: 12, annual: 1 };

/**
 * Demands that the cart holds one line, without an error, for the same item, quantity, cycle and
 * term as are wanted (carts.md §1, §5). Throws AdapterError `rejected`.
 */
export function demandAsWanted(cart: Json, wanted: WantedOrder): void {
  const lines = valueAt(cart, "/lineItems");
  const [line, ...more] = Array.isArray(lines) ? lines : [];
  if (line === undefined || more.length > 0)
    throw refused(
      cart,
      say`It has ${more.length + (line === undefined ? 0 : 1)} lines instead of one.`,
    );
  const error = valueAt(line, "/error");
  if (error !== undefined && error !== null) throw refused(cart, wordsOf(error));
  const other = otherFields(line, wanted)[0];
  if (other !== undefined) throw refused(cart, other);
}

function otherFields(
  line: Json,
  { offer, desired, billingCycle }: WantedOrder,
): readonly Wording[] {
  const expected: readonly (readonly [string, Json])[] = [
    ["catalogItemId", offer],
    ["quantity", desired.quantity ?? 1],
    ["billingCycle", billingCycle],
    ["termDuration", term],
  ];
  return expected.flatMap(([name, value]) => {
    const found = valueAt(line, `/${name}`);
    const isLeftOut = name === "termDuration" && (found === undefined || billingCycle === "none");
    return isLeftOut || spelt(found) === spelt(value)
      ? []
      : [say`Its ${name} is ${spelt(found)} instead of ${spelt(value)}.`];
  });
}

function spelt(value: Json | undefined): string {
  return String(value ?? "").toLowerCase();
}

function wordsOf(error: Json): Wording {
  const code = valueAt(error, "/errorCode") ?? "";
  const words = withoutSecrets(textAt(error, "/errorDescription") ?? "").slice(0, 300);
  return say`The service refuses its line: ${words} (${String(code)}).`;
}

function refused(cart: Json, why: Wording): AdapterError {
  return new AdapterError(
    "rejected",
    say`The cart ${textAt(cart, "/id") ?? ""} was not ordered. ${why}`,
  );
}

/**
 * What the line costs for the whole term, before tax: the unit price times quantity times periods.
 * Undefined if the cart says no price, or the options do not say that its unit is known for this
 * billing cycle (carts.md §3), or the subscription is to be suspended at once, which the plan
 * counts as nothing.
 */
export function quoteOf(
  cart: Json,
  { desired, billingCycle, service }: WantedOrder & { readonly service: Service },
): string | undefined {
  const unit = valueAt(cart, "/lineItems/0/pricing/price");
  const count = periods[billingCycle];
  const isKnown = service.options.quotedCycles.some((one) => one === billingCycle);
  if (typeof unit !== "number" || count === undefined || !isKnown) return undefined;
  if (desired.status === "suspended") return undefined;
  return productOf(String(unit), Number(desired.quantity ?? 1) * count);
}
