import schema from "../../schemas/partner-profile.schema.json" with { type: "json" };
import type { JsonSchema } from "../model/values/json.ts";
import type { Kind, Objection, World } from "../model/kind.ts";
import type { Change, ChangeId } from "../model/plan/plan.ts";
import { say } from "../model/text/phrase.ts";
import { after, before } from "../model/plan/before-after.ts";
import { contactEmail, isReachedAt, movesContact, primaryEmail } from "./contact.ts";
import { judgeAddress, spelledAddress } from "./country-rules.ts";
import type { PartnerProfileSpec } from "./generated/partner-profile.ts";
import { partnerProfile as validate } from "./generated/validators.js";
import { isGlobalAdmin } from "./user/permissions.ts";
import { personalIn } from "./personal.ts";
import { culture, respellField } from "./spelling.ts";

const name = "PartnerProfile";
const addresses = [
  "/legalBusiness/address",
  "/legalBusiness/companyApproverAddress",
  "/billing/address",
  "/organization/address",
];

/** The partner's own profiles: legal, billing, organization and support. */
export const partnerProfile: Kind<PartnerProfileSpec> = {
  name,
  schema: schema as JsonSchema,
  validate,
  singleton: true,
  declared: true,
  verbs: ["update"],
  references: [],
  fixed: ["/legalBusiness/companyName", "/billing/address/country"],
  personal: personalIn(schema as JsonSchema),
  exclusive: "never",
  key: () => name,
  complete: (spec) => spec,
  normalize: (spec) =>
    respellField(addresses.reduce(spelledAddress, spec), "/organization/culture", culture),
  gone: () => false,
  rules: (own) =>
    own.flatMap((one) => [
      ...addresses.slice(0, -1).flatMap((address) => judgeAddress(one, address)),
      ...judgeAddress(one, "/organization/address", "/organization/culture"),
    ]),
  looksAt: ["User"],
  checks: (change, world) => (movesContact(change) ? contactIsAdmin(change, world) : []),
  after: (change, all) => (movesContact(change) ? grantOf(contactEmail(after(change)), all) : []),
  impact: () => ({ reversible: "yes" }),
};

/**
 * The primary contact must be a global admin once the plan is applied. Not checked if no users are
 * known.
 */
function contactIsAdmin(change: Change, world: World): readonly Objection[] {
  const email = contactEmail(after(change));
  const users = world.after("User");
  if (email === undefined || users.length === 0) return [];
  if (users.some(({ spec }) => isGlobalAdmin(spec) && isReachedAt(spec, email))) return [];
  return [
    {
      severity: "error",
      code: "profile/primary-contact",
      message: say`The legal profile's primary contact must be a global admin once the plan is applied; no global admin has that e-mail address.`,
      address: change.address,
      field: primaryEmail,
      hint: say`Give that user roles.administrator: global, or name another contact by their userPrincipalName or recovery.alternateEmail.`,
    },
  ];
}

/** The changes that make the user with this e-mail address a global admin. */
function grantOf(email: string | undefined, all: readonly Change[]): readonly ChangeId[] {
  const grants = all.filter(
    (one) =>
      one.kind === "User" &&
      isReachedAt(after(one), email) &&
      isGlobalAdmin(after(one)) &&
      !isGlobalAdmin(before(one)),
  );
  return grants.map(({ id }) => id);
}
