import { isSpec, type Json, type Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { dayAt, omitUndefined } from "../reading.ts";

/**
 * What the service tells about a subscription's running term (subscriptions.md, section 2;
 * new-commerce-subscriptions.md, section 1). Values of another shape are left out: nothing is
 * written because of them, and a reading must not fail for one.
 */
export function termFacts(body: Json | undefined): Spec | undefined {
  const facts = omitUndefined({
    startsOn: dayAt(body, "effectiveStartDate"),
    endsOn: dayAt(body, "commitmentEndDate"),
    autoRenew: flagAt(body, "autoRenewEnabled"),
    term: wordAt(body, "termDuration"),
    cancellableUntil: dayAt(body, "cancellationAllowedUntilDate"),
    refundable: refundable(valueAt(body, "/refundableQuantity/details")),
    scheduled: scheduled(valueAt(body, "/scheduledNextTermInstructions")),
  });
  return Object.keys(facts).length > 0 ? facts : undefined;
}

function refundable(details: Json | undefined): Json | undefined {
  if (!Array.isArray(details)) return undefined;
  const batches = details.flatMap((one: Json) => {
    const [quantity, until] = [valueAt(one, "/quantity"), dayAt(one, "allowedUntilDateTime")];
    return typeof quantity === "number" && until !== undefined ? [{ quantity, until }] : [];
  });
  return batches.length > 0 ? batches : undefined;
}

/** What is scheduled for the next term, in the words of `spec.renewal`. */
function scheduled(given: Json | undefined): Json | undefined {
  if (!isSpec(given)) return undefined;
  const product = given.product;
  const [id, sku] = [wordAt(product, "productId"), wordAt(product, "skuId")];
  const quantity = given.quantity;
  return omitUndefined({
    quantity: typeof quantity === "number" ? quantity : undefined,
    term: wordAt(product, "termDuration"),
    billingCycle: wordAt(product, "billingCycle")?.toLowerCase(),
    product: id !== undefined && sku !== undefined ? `${id}:${sku}` : undefined,
    promotion: wordAt(product, "promotionId"),
    endsOn: dayAt(given, "customTermEndDate"),
  });
}

function wordAt(body: Json | undefined, field: string): string | undefined {
  const value = valueAt(body, `/${field}`);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function flagAt(body: Json | undefined, field: string): boolean | undefined {
  const value = valueAt(body, `/${field}`);
  return typeof value === "boolean" ? value : undefined;
}
