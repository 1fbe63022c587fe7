import assert from "node:assert/strict";
import type { Plan } from "../model/plan/plan.ts";
import type { Result } from "../model/plan/receipt.ts";
import type { ApplyResult } from "../operations/apply/apply.ts";

/** What it takes to reach what is declared. */
export interface Acting {
  /** How many applies it may take. */
  readonly patience: number;
  plan(): Promise<Plan>;
  /** Applies, with these guards lifted. */
  apply(allow: readonly string[]): Promise<ApplyResult>;
  /** Waits until the last write must be seen. */
  settled(): Promise<void>;
  /** Says, as a person who has looked would, which purchases did not happen: nobody else may. */
  lookAfter(): Promise<void>;
  /** Writes whose outcome the ledger does not know yet. */
  unsettled(): readonly string[];
}

/** Applies what is declared, plans again, and demands that there is nothing to do. */
export async function reach(acting: Acting): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= acting.patience;
    const { tripped } = await acting.plan();
    const { status, diagnostics, receipt } = await acting.apply(tripped.map(({ name }) => name));
    assert(status !== "refused", `the plan was refused: ${diagnostics.map(({ message }) => message).join("; ")}`);
    const results = receipt?.results ?? [];
    if (last) assert.deepEqual(results.filter((one) => one.status !== "done").map(words), [], "not all was done");
    demandNotAgain(await acting.plan(), results);
    await acting.settled();
    await acting.lookAfter();
    const open = [...remaining(await acting.plan()), ...acting.unsettled()];
    if (open.length === 0) return;
    if (last) assert.deepEqual(open, [], "after applying, a new plan of the same manifests is not empty");
  }
}

function words({ change, because = "" }: Result): string {
  return `${change}: ${because}`;
}

/** At once, even before a lagging backend shows it: what was made must never be planned to be made again. */
function demandNotAgain({ changes }: Plan, results: readonly Result[]): void {
  const done = new Set(results.filter(({ status }) => status === "done").map(({ address }) => address));
  const again = changes.filter((one) => one.action === "create" && done.has(one.address)).map(({ id }) => id);
  assert.deepEqual(again, [], "what was just made is planned to be made again");
}

function remaining({ changes, problems }: Plan): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  return [...changes.map(({ id, action }) => `${action} ${id}`), ...errors.map(({ message }) => message)];
}
