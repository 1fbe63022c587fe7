import type { Spec } from "../model/values/json.ts";
import type { Change } from "../model/plan/plan.ts";
import { valueAt } from "../model/values/pointer.ts";
import type { UserSpec } from "./generated/user.ts";

/** The pointer to the e-mail address of the legal profile's primary contact. */
export const primaryEmail = "/legalBusiness/primaryContact/email";

/** Whether a change sets the e-mail address of the legal profile's primary contact. */
export function movesContact({ kind, fields }: Change): boolean {
  return kind === "PartnerProfile" && fields.some(({ pointer }) => pointer === primaryEmail);
}

/**
 * The e-mail address of a partner profile's legal primary contact, in lower case. Undefined if it
 * has none.
 */
export function contactEmail(profile: Spec | undefined): string | undefined {
  const email = valueAt(profile, primaryEmail);
  return typeof email === "string" && email !== "" ? email.toLowerCase() : undefined;
}

/**
 * Whether an e-mail address is the user's name or recovery address. `email` must be in lower case.
 */
export function isReachedAt(
  user: Partial<UserSpec> | undefined,
  email: string | undefined,
): boolean {
  if (user === undefined || email === undefined) return false;
  return (
    user.userPrincipalName?.toLowerCase() === email ||
    user.recovery?.alternateEmail?.toLowerCase() === email
  );
}
