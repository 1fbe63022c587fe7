import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { problem } from "../diagnostic-at.ts";

/** The error for a pinned id that the account does not have. */
export function pinGone(resource: Resource, id: string): Diagnostic {
  return problem(resource, "/metadata/id", {
    code: "identity/pin-gone",
    message: say`The account has no ${resource.kind} with the pinned id ${id}.`,
    hint: say`Pin the id it has now, or leave metadata.id out to find it by its key.`,
  });
}

/** The error for an object that the ledger knows and the account no longer has. */
export function lostIdProblem(resource: Resource, id: string): Diagnostic {
  return problem(resource, "/metadata/name", {
    code: "identity/lost",
    message: say`The ledger knows ${resource.address} as ${id}, which the account no longer has.`,
    hint: say`Restore it, or pin the id of what took its place (metadata.id). To have a new one, declare this one with state: absent and the new one under another metadata.name.`,
  });
}

/** The error for two declared objects that match the same live one. */
export function takenProblem(
  resource: Resource,
  owner: { readonly resource: Resource; readonly observed: Observed },
): Diagnostic {
  return problem(resource, "/metadata/name", {
    code: "identity/ambiguous",
    message: say`${resource.address} and ${owner.resource.address} both mean the ${resource.kind} with the id ${owner.observed.id}.`,
    hint: say`Declare it once, or pin the id of each (metadata.id).`,
  });
}

/** The error for a declared object that matches several live ones. */
export function ambiguous(resource: Resource, candidates: readonly Observed[]): Diagnostic {
  const ids = [...new Set(candidates.map((one) => one.id))].sort(compare);
  return problem(resource, "/metadata/name", {
    code: "identity/ambiguous",
    message: say`${resource.address} could be ${ids.length} live objects: ${{ list: ids }}.`,
    hint: say`Pin the id of the one that is meant (metadata.id).`,
  });
}
