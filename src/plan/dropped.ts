import { textOf } from "../model/text/recorded.ts";
import type { Code } from "../model/codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ChangeId } from "../model/plan/plan.ts";
import { say, type Wording } from "../model/text/phrase.ts";

/** Why a change of a reviewed plan is not sent. */
export interface Dropped {
  readonly status: "stale" | "skipped";
  readonly code: Code;
  readonly because: Wording;
  readonly hint?: Wording;
}

/** By diagnostic code: how a change is dropped because it has to wait. */
export const waitingReasons: Readonly<Record<string, Pick<Dropped, "status" | "code">>> = {
  "ledger/unsettled": { status: "skipped", code: "skipped/unsettled" },
  "ledger/attempt": { status: "stale", code: "stale/attempt" },
};

/** A problem as the reason of a dropped change. */
export function becauseOf(one: Diagnostic): Pick<Dropped, "because" | "hint"> {
  const because = textOf(one, "message");
  return one.hint === undefined ? { because } : { because, hint: textOf(one, "hint") };
}

/** A reason for which the reviewed change no longer fits. */
export function stale(code: Code, because: Wording): Dropped {
  return { status: "stale", code, because };
}

/** The object to create is there. */
export const exists = stale(
  "stale/exists",
  say`It has appeared in the account since the plan was made.`,
);

/** The object to change is not there. */
export const gone = stale("stale/gone", say`It is not in the account any more.`);

/** The manifests do not ask for the change. */
export const notAsked = stale(
  "stale/changed",
  say`The manifests do not ask for it as things are now.`,
);

/** The change now requires another one that nobody reviewed. */
export function awaitsChange(id: ChangeId): Dropped {
  return stale(
    "stale/changed",
    say`It has to wait for ${id} by now, which this plan does not hold.`,
  );
}

/** A field has another value than in the reviewed plan. */
export function fieldMoved(pointer: string): Dropped {
  return stale("stale/field", say`${pointer} changed in the account since the plan was made.`);
}

/** An object has appeared that could be the one to create. */
export function possibleDuplicateOf(id: string): Dropped {
  return stale(
    "stale/possible-duplicate",
    say`${id} has appeared in the account since the plan was made, and could be the same.`,
  );
}
