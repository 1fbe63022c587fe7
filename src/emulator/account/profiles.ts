import { etag, expectCurrent, type ClientVersion } from "./etag.ts";
import { tenant } from "./seed.ts";
import { refuse } from "./refusal.ts";
import type { Profile } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/**
 * The partner's profiles by the name in their path: their types in responses, the fields a PUT can
 * set, and the fields the server owns.
 */
export const profileKinds = {
  legalbusiness: {
    objectType: "LegalBusinessProfile",
    profileType: "LegalBusinessProfile",
    etagged: false,
    vetted: true,
    writable: [
      "companyName",
      "address",
      "primaryContact",
      "companyApproverAddress",
      "companyApproverEmail",
    ],
    owned: ["vettingStatus", "vettingSubStatus"],
  },
  billing: {
    objectType: "BillingProfile",
    profileType: "BillingProfile",
    etagged: true,
    writable: ["companyName", "address", "primaryContact", "purchaseOrderNumber", "taxId"],
    owned: ["billingCurrency", "billingDay"],
  },
  organization: {
    objectType: "OrganizationProfile",
    profileType: "OrganizationProfile",
    etagged: true,
    writable: ["companyName", "defaultAddress", "email", "language", "culture"],
    owned: ["id", "tenantId", "domain"],
  },
  support: {
    objectType: "PartnerSupportProfile",
    profileType: "support_profile",
    etagged: false,
    writable: ["email", "telephone", "website"],
    owned: [],
  },
  mpn: {
    objectType: "MpnProfile",
    profileType: "MpnProfile",
    etagged: false,
    writable: [],
    owned: ["mpnId", "partnerName"],
  },
} as const satisfies Record<string, ProfileKind>;

/** The rules for one profile. */
export interface ProfileKind {
  readonly objectType: string;
  readonly profileType: string;
  readonly etagged: boolean;
  /** Changes can be vetted. */
  readonly vetted?: true;
  readonly writable: readonly string[];
  readonly owned: readonly string[];
}

/** The name of a profile in its path. */
export type ProfileName = keyof typeof profileKinds;

/**
 * Returns the profile at the present time: authorized if its vetting is over. Refuses with 404/1000
 * if there is none.
 */
export function profile(transaction: Transaction, name: ProfileName): Profile {
  const found = transaction.get("profiles", name) ?? refuse(404, 1000, `Profile ${name} not found`);
  if (found.vetting === undefined || Date.parse(found.vetting.until) > transaction.now)
    return found;
  return {
    version: found.version,
    fields: { ...found.fields, vettingStatus: "authorized", vettingSubStatus: "none" },
  };
}

/** The last vetted version of a profile. */
export function vettedProfile(found: Profile): Profile {
  return found.vetting === undefined ? found : { ...found, fields: found.vetting.finalized };
}

/**
 * Replaces a profile: fields missing in the body are removed, fields that the server owns are kept.
 * Refuses a stale etag (400/2055). A vetted profile is pending for `vetting` seconds.
 */
export function replaceProfile(
  transaction: Transaction,
  name: ProfileName,
  put: {
    readonly body: Readonly<Record<string, unknown>>;
    readonly seen: ClientVersion;
    readonly vetting: number;
  },
): Profile {
  const kind: ProfileKind = profileKinds[name];
  const before = profile(transaction, name);
  if (kind.etagged) expectCurrent(put.seen, etag(name, before.version));
  const fields = { ...pick(put.body, kind.writable), ...pick(before.fields, kind.owned) };
  const version = before.version + 1;
  const after =
    kind.vetted && put.vetting > 0
      ? {
          version,
          ...pending({
            before,
            fields,
            until: new Date(transaction.now + put.vetting * 1000).toISOString(),
          }),
        }
      : { version, fields };
  transaction.put("profiles", name, after);
  return after;
}

/** Returns the MPN profile with this id. Refuses with 404/3000 if there is none. */
export function verifiedMpn(mpnId: string): {
  readonly mpnId: string;
  readonly partnerName?: string;
} {
  if (mpnId === tenant.mpnId) return { mpnId, partnerName: "Contoso Cloud" };
  return isMpnId(mpnId)
    ? { mpnId }
    : refuse(404, 3000, `Partner Organization with partner_id ${mpnId} could not be found`);
}

/** Refuses (400/2071) an id that cannot be the partner of record: unknown, or the partner's own. */
export function expectPartnerOfRecord(mpnId: string): void {
  if (!isMpnId(mpnId) || mpnId === tenant.mpnId)
    refuse(400, 2071, `MPN id ${mpnId} is not valid as partner on record`);
}

/** Any id of five to eight digits exists, except those that begin with 999. */
function isMpnId(id: string): boolean {
  return /^\d{5,8}$/.test(id) && !id.startsWith("999");
}

function pending({
  before,
  fields,
  until,
}: {
  readonly before: Profile;
  readonly fields: Profile["fields"];
  readonly until: string;
}) {
  return {
    fields: { ...fields, vettingStatus: "pending", vettingSubStatus: "business_verification" },
    vetting: { until, finalized: vettedProfile(before).fields },
  };
}

function pick(
  from: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
}
