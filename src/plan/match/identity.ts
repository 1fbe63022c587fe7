import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/say.ts";
import { problem } from "../diagnostic-at.ts";

/** The pinned id is not in the account. */
export function pinGone(resource: Resource, id: string): Diagnostic {
  return problem(resource, "/metadata/id", {
    code: "identity/pin-gone",
    message: say`The account has no ${resource.kind} with the pinned id ${id}.`,
    hint: say`Pin the id it has now, or leave metadata.id out to find it by its key.`,
  });
}

/** What the ledger knows under an address has gone. */
export function lostIdProblem(resource: Resource, id: string): Diagnostic {
  return problem(resource, "/metadata/name", {
    code: "identity/lost",
    message: say`The ledger knows ${resource.address} as ${id}, which the account no longer has.`,
    hint: say`Restore it, or pin the id of what took its place (metadata.id). To have a new one, declare this one with state: absent and the new one under another metadata.name.`,
  });
}

/** Two declared objects mean the same live one. */
export function takenProblem(resource: Resource, owner: { readonly resource: Resource; readonly observed: Observed }): Diagnostic {
  return problem(resource, "/metadata/name", {
    code: "identity/ambiguous",
    message: say`${resource.address} and ${owner.resource.address} both mean the ${resource.kind} with the id ${owner.observed.id}.`,
    hint: say`Declare it once, or pin the id of each (metadata.id).`,
  });
}

/** A declared object could be several live ones. */
export function ambiguous(resource: Resource, candidates: readonly Observed[]): Diagnostic {
  const ids = [...new Set(candidates.map((one) => one.id))].sort(compare);
  return problem(resource, "/metadata/name", {
    code: "identity/ambiguous",
    message: say`${resource.address} could be ${ids.length} live objects: ${ids.join(", ")}.`,
    hint: say`Pin the id of the one that is meant (metadata.id).`,
  });
}
