import type { Spec } from "../model/values/json.ts";
import type { Change } from "../model/plan/plan.ts";
import { valueAt } from "../model/values/pointer.ts";
import type { UserSpec } from "./generated/user.ts";

/** Where the legal profile has its primary contact's e-mail address. */
export const primaryEmail = "/legalBusiness/primaryContact/email";

/** Whether a change moves the legal profile's primary contact to somebody else's e-mail address. */
export function movesContact({ kind, fields }: Change): boolean {
  return kind === "PartnerProfile" && fields.some(({ pointer }) => pointer === primaryEmail);
}

/** The e-mail address of a partner profile's legal primary contact, in small letters; undefined where it has none. */
export function contactEmail(profile: Spec | undefined): string | undefined {
  const email = valueAt(profile, primaryEmail);
  return typeof email === "string" && email !== "" ? email.toLowerCase() : undefined;
}

/** Whether an e-mail address in small letters is a user's: their user name or their recovery address. */
export function isReachedAt(user: Partial<UserSpec> | undefined, email: string | undefined): boolean {
  if (user === undefined || email === undefined) return false;
  return user.userPrincipalName?.toLowerCase() === email || user.recovery?.alternateEmail?.toLowerCase() === email;
}
