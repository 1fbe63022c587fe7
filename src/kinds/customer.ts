import schema from "../../schemas/customer.schema.json" with { type: "json" };
import type { Diagnostic } from "../model/diagnostic.ts";
import type { JsonSchema } from "../model/values/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Change } from "../model/plan/plan.ts";
import { valueAt } from "../model/values/pointer.ts";
import { say } from "../model/text/phrase.ts";
import { addressNeeds, judgeAddress, spelledAddress } from "./country-rules.ts";
import type { CustomerSpec } from "./generated/customer.ts";
import { customer as validate } from "./generated/validators.js";
import { personalIn } from "./personal.ts";
import { culture, respellField, small } from "./spelling.ts";
import { record } from "../model/text/recorded.ts";

const address = "/billing/address";

/** The fields that the service requires of a new customer. */
const needs = [
  ...["companyName", "email", "culture", "language"].map((field) => `/billing/${field}`),
  ...addressNeeds.map((field) => `${address}/${field}`),
];

/** A customer of the partner. It can be created but never removed. */
export const customer: Kind<CustomerSpec> = {
  name: "Customer",
  schema: schema as object as JsonSchema,
  validate,
  singleton: false,
  declared: true,
  verbs: ["create", "update"],
  references: [],
  title: "/billing/companyName",
  fixed: ["/domain", `${address}/country`],
  personal: personalIn(schema as object as JsonSchema),
  exclusive: "never",
  handsOut: true,
  key: (spec, name) => (spec.domain ?? name).toLowerCase(),
  complete: (spec) => spec,
  normalize: (spec) =>
    respellField(
      spelledAddress(respellField(spec, "/domain", small), address),
      "/billing/culture",
      culture,
    ),
  gone: () => false,
  rules: (own) =>
    own
      .filter(({ state }) => state === "present")
      .flatMap((one) => judgeAddress(one, address, "/billing/culture")),
  looksAt: [],
  checks: (change) => (change.action === "create" ? complete(change) : []),
  impact: (change) => ({ reversible: change.action === "create" ? "no" : "yes" }),
};

function complete(change: Change & { readonly action: "create" }): readonly Diagnostic[] {
  const missing = needs.filter((pointer) => (valueAt(change.desired, pointer) ?? "") === "");
  if (missing.length === 0) return [];
  const fields = missing.map((pointer) => `spec${pointer.replaceAll("/", ".")}`).join(", ");
  return [
    record({
      severity: "error",
      code: "customer/incomplete",
      message: say`A new customer needs ${fields} as well.`,
      address: change.address,
    }),
  ];
}
