import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import { say } from "../../model/text/phrase.ts";
import { type PlanContext, type Draft, draft } from "./draft.ts";
import { isForGood } from "../guard/guard-taken.ts";
import type { Pair } from "../match/matching.ts";
import { whole } from "../match/names.ts";
import { problem } from "../diagnostic-at.ts";
import { knownAs } from "./rename.ts";
import { observedSpec } from "../match/observed-spec.ts";
import { before, header } from "./update.ts";

/** The changes of an existing object once its protection is taken into account. */
export interface Guarded {
  readonly drafts: readonly Draft[];
  /** A warning if changes that cannot be undone were held back. */
  readonly held?: Diagnostic;
}

/**
 * Plans what the ledger must learn about an object's protection. A newly protected object is
 * recorded with its next adapter change, otherwise by a `protect` change. If the manifest no longer
 * protects an object that the ledger knows as protected, an `unprotect` change is planned; changes
 * that cannot be undone are held back until it is applied.
 */
export function planProtection(
  drafts: readonly Draft[],
  pair: Pair,
  { kind, planContext }: { readonly kind: Kind; readonly planContext: PlanContext },
): Guarded {
  const { resource } = pair;
  const known = planContext.input.applied.protects(knownAs(pair, planContext) ?? resource.address);
  const tells = (action: "protect" | "unprotect", number: number) =>
    tell(action, pair, { kind, planContext, number });
  if (resource.state === "absent" && drafts.length === 0) return { drafts };
  if (!known) {
    const learns =
      !resource.protect ||
      resource.state === "absent" ||
      drafts.some(({ change }) => change.by === "adapter");
    return { drafts: learns ? drafts : [...drafts, tells("protect", drafts.length + 1)] };
  }
  if (resource.protect) return { drafts };
  const kept = drafts.map((one): Draft => ({ ...one, change: { ...one.change, protect: true } }));
  if (!kept.some(({ change }) => isForGood(change)))
    return { drafts: [...kept, tells("unprotect", kept.length + 1)] };
  return { drafts: [tells("unprotect", 1)], held: heldBack(pair) };
}

function tell(
  action: "protect" | "unprotect",
  { resource, observed, ...pair }: Pair,
  {
    kind,
    planContext,
    number,
  }: { readonly kind: Kind; readonly planContext: PlanContext; readonly number: number },
): Draft {
  const sketch = {
    ...header({ ...resource, protect: true }, number),
    action,
    by: "adapter",
    reason: "protection",
    cause: "manifest",
    basedOn: [],
    fields: [],
    observed: before({
      ...pair,
      resource,
      observed: { ...observed, spec: observedSpec(observed, kind, planContext.matching) },
    }),
  } as const;
  return draft(sketch, kind, { planContext, mention: whole(resource.spec), resource });
}

function heldBack({ resource }: Pair): Diagnostic {
  return problem(resource, "/metadata/protect", {
    severity: "warning",
    code: "plan/protected",
    message: say`${resource.address} is protected until the ledger is told otherwise, and what its manifest asks for cannot be undone.`,
    hint: say`Apply the change that takes the protection away (--allow protected --reason TEXT), then plan again.`,
  });
}
