// Warnings for resources that get no change because of an earlier write: it is open, or its effect
// is not visible yet.
import { nameOf } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Doubt, Unsettled } from "../../model/ledger/ledger.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import type { Resource } from "../../model/resource.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { problem } from "../diagnostic-at.ts";

/**
 * A warning about a write to the resource itself: its outcome is unknown (`isOpen`), or it is done
 * and not visible yet.
 */
export function ownWrite(
  resource: Resource,
  { change, isOpen }: { readonly change: ChangeId; readonly isOpen: boolean },
): Diagnostic {
  const { address } = resource;
  const message = isOpen
    ? say`Whether ${change} was done is not known, so nothing is planned for ${address}.`
    : say`What ${change} did does not show in the account yet, so nothing is planned for ${address}.`;
  return waitingProblem(resource, { message, hint: planLater(change) });
}

/** A warning about a create under another name that may be what the resource asks for. */
export function possibleCreation(resource: Resource, { address, change }: Doubt): Diagnostic {
  const message = say`${change} may have made what ${resource.address} asks for, and does not show in the account yet, so nothing is planned for it.`;
  const hint = say`Plan again later. If it was renamed, name the old one in metadata.previously (${nameOf(address)}). If a reply was lost and it never shows, look in the account and say so: partnerctl ledger settle ${change} --id ID, or --did-not-happen.`;
  return waitingProblem(resource, { message, hint });
}

/** A warning about an unsettled write to an object that refers to the resource, which is to end. */
export function referringWrite(
  resource: Resource,
  { address, change, left }: Unsettled,
): Diagnostic {
  const message =
    left === undefined
      ? say`${address} refers to ${resource.address}. Whether ${change} was done is not known, so nothing is planned for ${resource.address}.`
      : say`${address} refers to ${resource.address}. What ${change} did does not show in the account yet, so nothing is planned for ${resource.address}.`;
  return waitingProblem(resource, { message, hint: planLater(change) });
}

/**
 * A warning about a create that was sent with other values: a service accepts a repeated request id
 * only for the identical request.
 */
export function otherValues(resource: Resource, change: ChangeId): Diagnostic {
  return problem(resource, "/metadata/name", {
    severity: "warning",
    code: "ledger/attempt",
    message: say`${change} was sent with other values, and only a reading says that it was not done, so nothing is planned for ${resource.address}.`,
    hint: say`Look in the account. If it is not there, say so with \`partnerctl ledger settle ${change} --did-not-happen\`, and plan again.`,
  });
}

function waitingProblem(
  resource: Resource,
  said: { readonly message: Wording; readonly hint: Wording },
): Diagnostic {
  return problem(resource, "/metadata/name", {
    severity: "warning",
    code: "ledger/unsettled",
    ...said,
  });
}

function planLater(change: ChangeId): Wording {
  return say`Plan again later. If a reply was lost and it never shows, look in the account and say so: partnerctl ledger settle ${change} --id ID, or --did-not-happen.`;
}
