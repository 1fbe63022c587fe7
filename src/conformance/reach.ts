import assert from "node:assert/strict";
import type { Plan } from "../model/plan/plan.ts";
import type { Result } from "../model/plan/receipt.ts";
import type { ApplyResult } from "../operations/apply/apply.ts";

/** What `reach` needs to apply the declared documents. */
export interface Acting {
  /** The maximum number of applies. */
  readonly patience: number;
  plan(): Promise<Plan>;
  /** Applies with these guards lifted. */
  apply(allow: readonly string[]): Promise<ApplyResult>;
  /** Waits until reads must show the last write. */
  settled(): Promise<void>;
  /** Settles purchases that did not happen, as a person would: the engine itself may not. */
  lookAfter(): Promise<void>;
  /** The changes whose outcome the ledger does not know. */
  unsettled(): readonly string[];
}

/**
 * Applies what is declared until a new plan is empty and no outcome is open. Throws an
 * AssertionError if that takes more than `patience` applies, a plan is refused, or a plan creates
 * an object again.
 */
export async function reach(acting: Acting): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= acting.patience;
    const { tripped } = await acting.plan();
    const { status, diagnostics, receipt } = await acting.apply(tripped.map(({ name }) => name));
    assert(
      status !== "refused",
      `the plan was refused: ${diagnostics.map(({ message }) => message).join("; ")}`,
    );
    const results = receipt?.results ?? [];
    if (last)
      assert.deepEqual(
        results.filter((one) => one.status !== "done").map(words),
        [],
        "not all was done",
      );
    demandNotAgain(await acting.plan(), results);
    await acting.settled();
    await acting.lookAfter();
    const open = [...remaining(await acting.plan()), ...acting.unsettled()];
    if (open.length === 0) return;
    if (last)
      assert.deepEqual(open, [], "after applying, a new plan of the same manifests is not empty");
  }
}

function words({ change, because = "" }: Result): string {
  return `${change}: ${because}`;
}

/**
 * Checked immediately, even if the backend is slow to show the object: a created object must never
 * be planned for creation again.
 */
function demandNotAgain({ changes }: Plan, results: readonly Result[]): void {
  const done = new Set(
    results.filter(({ status }) => status === "done").map(({ address }) => address),
  );
  const again = changes
    .filter((one) => one.action === "create" && done.has(one.address))
    .map(({ id }) => id);
  assert.deepEqual(again, [], "what was just made is planned to be made again");
}

function remaining({ changes, problems }: Plan): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  return [
    ...changes.map(({ id, action }) => `${action} ${id}`),
    ...errors.map(({ message }) => message),
  ];
}
