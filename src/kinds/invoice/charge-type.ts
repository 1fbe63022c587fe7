/** What a charge type means: a whole period in advance, a part of one, or a credit of a line. */
export type ChargeFamily = "advance" | "part" | "offset";

const families: Readonly<Record<ChargeFamily, readonly string[]>> = {
  advance: [
    ...["purchase fee", "cycle fee", "renew fee", "new purchase cycle fee", "activation fee"],
    // New commerce, and older samples of the API.
    ...["new", "renew", "cyclecharge", "purchase"],
  ],
  part: [
    ...["cycle instance prorate", "cancel instance prorate", "cancel fee"],
    ...["prorate fees when purchase", "prorate fees when cancel", "prorate fees when activate"],
    ...["prorate fees when renew", "prorate fee when renew"],
    "prorate fees when convert away from current offering",
    "prorate fees when convert to a new offering",
    ...["addquantity", "removequantity", "cancelimmediate", "convert", "cancel", "refund"],
  ],
  offset: ["offset a line item", "customercredit"],
};

const known = new Map(
  Object.entries(families).flatMap(([family, types]) =>
    types.map((type) => [type, family as ChargeFamily] as const),
  ),
);

/** The family of a charge type, in any letter case. Undefined for one that is not documented. */
export function familyOf(chargeType: string): ChargeFamily | undefined {
  return known.get(chargeType.trim().toLowerCase());
}
