/** What a charge type means: a whole period in advance, a part of one, or a credit of a line. */
export type ChargeFamily = "advance" | "part" | "offset";

const families: Readonly<Record<ChargeFamily, readonly string[]>> = {
  advance: [
    ...["purchasefee", "cyclefee", "renewfee", "newpurchasecyclefee", "activationfee"],
    // New commerce, and older samples of the API.
    ...["new", "renew", "cyclecharge", "purchase"],
  ],
  part: [
    ...["cycleinstanceprorate", "cancelinstanceprorate", "cancelfee"],
    ...["proratefeeswhenpurchase", "proratefeeswhencancel", "proratefeeswhenactivate"],
    ...["proratefeeswhenrenew", "proratefeewhenrenew"],
    "proratefeeswhenconvertawayfromcurrentoffering",
    "proratefeeswhenconverttoanewoffering",
    ...["addquantity", "removequantity", "cancelimmediate", "convert", "cancel", "refund"],
  ],
  offset: ["offsetalineitem", "customercredit"],
};

const known = new Map(
  Object.entries(families).flatMap(([family, types]) =>
    types.map((type) => [type, family as ChargeFamily] as const),
  ),
);

/** The family of a charge type, whatever its case and spaces. Undefined if not documented. */
export function familyOf(chargeType: string): ChargeFamily | undefined {
  return known.get(chargeType.toLowerCase().replaceAll(/\s/g, ""));
}
