import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../../src/model/plan/plan.ts";
import { planChanges } from "../../../src/operations/plan/plan.ts";
import { demand, type EngineHarness } from "../../engine-harness.ts";
import { anAccount } from "../../properties/accounts.ts";
import { act, reach, withEngine } from "../../properties/judged.ts";
import { runs } from "../../properties/runs.ts";
import { inOneFile } from "../../properties/texts.ts";
import { lies } from "./lies.ts";
import { setUpSnapshot } from "./remembered.ts";

/** How many objects of an account are lied about, one after the other. */
const objectsEach = Math.round(5 * Number(process.env.FC_FACTOR ?? 1));

async function planBoth(
  stage: EngineHarness,
  snapshot: ReturnType<typeof setUpSnapshot>,
): Promise<{ readonly whole: Plan; readonly remembered: Plan }> {
  const whole = await stage.plan();
  return { whole, remembered: demand(await planChanges(stage.project, stage.view, { snapshot })) };
}

test.each(Object.entries(lies))(
  "a snapshot that lies about an object (%s) leads to no change that a full reading does not give",
  async (_, lie) => {
    const property = fc.asyncProperty(anAccount, anAccount, async (first, second) =>
      withEngine(async (stage) => {
        const snapshot = setUpSnapshot();
        await reach(stage, first);
        await planBoth(stage, snapshot);
        stage.declare(inOneFile(second));
        const before = await snapshot.store.load(stage.ledger.state.id);
        if (!before) throw new Error("a snapshot is kept");
        for (const key of [...before.snapshot.objects.keys()].slice(0, objectsEach)) {
          const lying = await snapshot.store.load(stage.ledger.state.id);
          if (!lying) throw new Error("a snapshot is kept");
          lie(lying.snapshot, key);
          await snapshot.store.save(lying.snapshot, {
            id: stage.ledger.state.id,
            head: lying.head,
          });
          const { whole, remembered } = await planBoth(stage, snapshot);
          for (const change of remembered.changes) expect(whole.changes).toContainEqual(change);
          const known = new Set(whole.changes.map(({ address }) => address));
          const told = new Set(remembered.changes.map(({ address }) => address));
          expect([...known].filter((one) => !told.has(one))).toEqual([]);
          expect(remembered.tripped).toEqual(whole.tripped);
          expect(remembered.problems).toEqual(whole.problems);
          await snapshot.store.save(before.snapshot, {
            id: stage.ledger.state.id,
            head: before.head,
          });
        }
        if (!(await stage.plan()).problems.length) await act(stage);
      }),
    );
    await fc.assert(property, runs(1));
  },
);

test("a snapshot of another account or another ledger is not used", async () => {
  await withEngine(async (stage) => {
    const snapshot = setUpSnapshot();
    await reach(stage, []);
    await planBoth(stage, snapshot);
    const stored = await snapshot.store.load(stage.ledger.state.id);
    if (!stored) throw new Error("a snapshot is kept");
    expect(await snapshot.store.load("another")).toBeUndefined();
    const { id } = stage.ledger.state;
    await snapshot.store.save(
      { ...stored.snapshot, account: "another" },
      { id, head: stored.head },
    );
    const { remembered } = await planBoth(stage, snapshot);
    expect(remembered.readings).toMatchObject({ remembered: 0, unknown: 0 });
    await snapshot.store.save(stored.snapshot, { id, head: "f".repeat(64) });
    expect((await planBoth(stage, snapshot)).remembered.readings).toMatchObject({ remembered: 0 });
  });
});
