import { type Address, kindOf, nameOf } from "../model/address.ts";
import { after, before } from "../model/plan/before-after.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Kind } from "../model/kind.ts";
import type { Unsettled } from "../model/ledger/ledger.ts";
import type { Change } from "../model/plan/plan.ts";
import type { Resource } from "../model/resource.ts";
import { say } from "../model/text/say.ts";
import type { PlanContext } from "./diff/draft.ts";
import { formerAddresses, homeOf } from "./match/previous-names.ts";
import { referencedAddresses, whole } from "./match/names.ts";
import { problem } from "./diagnostic-at.ts";

/** Whether the ledger knows that nothing is left there to be ended. */
export function isEnded({ left, spec }: Unsettled, kind: Kind): boolean {
  return left === "removed" || (left === "there" && kind.gone(spec));
}

/** Whether a change ends an object that was there. */
export function ends(change: Change, kind: Kind): boolean {
  if (change.action === "remove") return true;
  return change.action === "update" && !kind.gone(whole(before(change) ?? {})) && kind.gone(whole(after(change) ?? {}));
}

/** What refers to a resource and may live, by a write that is not over or does not show yet: it would be left without what it refers to. */
export function leaningOn(resource: Resource, kind: Kind, { input, matching }: PlanContext): Unsettled | undefined {
  const { kinds, applied } = input;
  const { address, parent } = resource;
  const live = matching.pairs.get(address)?.observed;
  const known = live && applied.nameOf(live.id, live.kind);
  const names = new Set([address, ...formerAddresses(resource, homeOf(resource, matching.pairs, applied)), ...(known ? [known] : [])]);
  const means = (target: Address) => names.has(target) || nameOf(target) === live?.id;
  const referring = kinds.flatMap((one) =>
    one.references.flatMap((reference) => (reference.kind === kind.name ? [{ one, reference }] : [])),
  );
  return referring
    .flatMap(({ one, reference }) =>
      applied
        .unsettled(one.name)
        .filter((write) => write.address !== address && !isEnded(write, one))
        .filter((write) => referencedAddresses(write.spec, reference, parentOf(write.address) ?? parent).some(means)),
    )
    .at(0);
}

/** What an object lives in, by its own address: a name. */
function parentOf(address: Address): string | undefined {
  const parent = address.slice(kindOf(address).length + 1, address.lastIndexOf("/"));
  return parent === "" ? undefined : parent;
}

/** Says what has to be known before a resource may go. */
export function leans(resource: Resource, { address, change, left }: Unsettled): Diagnostic {
  return problem(resource, "/metadata/name", {
    severity: "warning",
    code: "ledger/unsettled",
    message:
      left === undefined
        ? say`${address} refers to ${resource.address}. Whether ${change} was done is not known, so nothing is planned for ${resource.address}.`
        : say`${address} refers to ${resource.address}. What ${change} did does not show in the account yet, so nothing is planned for ${resource.address}.`,
    hint: say`Plan again later. If a reply was lost and it never shows, look in the account and say so: partnerctl ledger settle ${change} --id ID, or --did-not-happen.`,
  });
}
