import schema from "../../schemas/user.schema.json" with { type: "json" };
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Kind } from "../model/kind.ts";
import { after, before } from "../model/plan/before-after.ts";
import type { Outlook } from "../model/plan/outlook.ts";
import type { Change, Impact } from "../model/plan/plan.ts";
import type { Resource } from "../model/resource.ts";
import { say } from "../model/text/phrase.ts";
import { dayAfter } from "../model/values/duration.ts";
import type { Json, JsonSchema } from "../model/values/json.ts";
import type { UserSpec } from "./generated/user.ts";
import { user as validate } from "./generated/validators.js";
import { personalIn } from "./personal.ts";
import { capitals, respellField, small } from "./spelling.ts";
import { administers } from "./user/administrators.ts";
import { guardUsers, userRights } from "./user/guard.ts";
import { afterGrants } from "./user/order.ts";
import { capabilities } from "./user/permissions.ts";
import { principalNames } from "./user/principal-name.ts";

/** How long a removed user can be restored, as an ISO 8601 duration. */
const restorable = "P30D";

/** A member of the partner's staff who signs in to Partner Center. */
export const user: Kind<UserSpec> = {
  name: "User",
  schema: schema as object as JsonSchema,
  validate,
  singleton: false,
  declared: true,
  verbs: ["create", "update", "remove"],
  references: [],
  title: "/displayName",
  fixed: ["/userPrincipalName"],
  renames: ["/userPrincipalName"],
  personal: personalIn(schema as object as JsonSchema),
  exclusive: "allowed",
  password: (spec) => spec.userPrincipalName ?? "",
  key: (spec, name) => (spec.userPrincipalName ?? name).toLowerCase(),
  complete: (spec, name) => ({
    displayName: fullName(spec) || name,
    accountEnabled: true,
    ...spec,
    roles: { agent: [], administrator: "none", ...spec.roles },
  }),
  normalize: (spec) =>
    respellField(
      respellField(respellField(spec, "/userPrincipalName", small), "/usageLocation", capitals),
      "/roles/agent",
      agents,
    ),
  gone: () => false,
  rules: (own) => [...principalNames(own), ...own.filter(needsRecovery).map(withoutRecovery)],
  looksAt: ["User", "PartnerProfile"],
  checks: () => [],
  rights: userRights,
  guards: ["last-global-admin", "last-agent-admin", "principal", "primary-contact"],
  guard: guardUsers,
  after: afterGrants,
  administers,
  impact,
};

function fullName({ givenName, surname }: Partial<UserSpec>): string {
  return [givenName, surname].filter((part) => part !== undefined).join(" ");
}

/** Agent roles are a set: a sorted list, empty for `none`. */
function agents(value: Json): Json {
  const list = [value].flat().filter((one) => one !== "none");
  return [...new Set(list)].sort();
}

function needsRecovery({ state, spec }: Resource<UserSpec>): boolean {
  return (
    state === "present" &&
    spec.accountEnabled !== false &&
    !spec.recovery?.alternateEmail &&
    !spec.recovery?.mobilePhone
  );
}

function withoutRecovery({ address, locate }: Resource<UserSpec>): Diagnostic {
  return {
    severity: "warning",
    code: "user/no-recovery",
    message: say`No recovery contact: nobody can reset this user's password once it is forgotten.`,
    at: locate("/spec/recovery"),
    address,
    hint: say`Give recovery.alternateEmail or recovery.mobilePhone; \`partnerctl explain User.recovery\` says what happens when somebody is locked out.`,
  };
}

function impact(change: Change, { asOf }: Outlook): Impact {
  const [had, has] = [capabilities(before(change)), capabilities(after(change))];
  const gains = has.filter((one) => !had.includes(one));
  const loses = had.filter((one) => !has.includes(one));
  const access = gains.length > 0 || loses.length > 0 ? { access: { gains, loses } } : {};
  return change.action === "remove"
    ? { reversible: "until", until: dayAfter(asOf, restorable), destructive: true, ...access }
    : { reversible: "yes", ...access };
}
