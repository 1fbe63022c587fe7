import type { Change, Ref } from "../model/plan/plan.ts";
import type { Coverage } from "../model/plan/totals.ts";
import type { PlanContext } from "./diff/draft.ts";
import { isHidden } from "./match/kind-index.ts";
/**
 * Counts how much of the account is declared. Declared objects that cannot be read count as
 * managed. `missing` counts readable ones that are absent and that no change creates.
 */
export function coverageOf(
  { input, matching }: PlanContext,
  {
    unmanaged,
    changes,
  }: { readonly unmanaged: readonly Ref[]; readonly changes: readonly Change[] },
): Coverage {
  const hidden = new Set(
    input.kinds.filter((kind) => isHidden(kind, input)).map(({ name }) => name),
  );
  const created = new Set(
    changes.filter(({ action }) => action === "create").map(({ address }) => address),
  );
  const absent = matching.missing.filter(({ state }) => state === "present");
  const unread = absent.filter(({ kind }) => hidden.has(kind)).length;
  const toCreate = absent.filter(
    ({ kind, address }) => !hidden.has(kind) && created.has(address),
  ).length;
  const present = [...matching.pairs.values()].filter(
    ({ resource }) => resource.state === "present",
  ).length;
  const missing = absent.length - unread - toCreate;
  return {
    managed: present + unread,
    unmanaged: unmanaged.length,
    toCreate,
    ...(missing > 0 && { missing }),
  };
}
