import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type PlanOptions, planChanges } from "../../../src/operations/plan/plan.ts";
import { demand } from "../../engine-harness.ts";
import { inProject } from "../../story/case-harness.ts";
import { setUpCase } from "../../story/run-case.ts";
import { lies } from "./lies.ts";
import { setUpSnapshot } from "./remembered.ts";

// Each guard is judged on what the account really holds: the snapshot that is planned from doubles
// every object, so that by it nobody would be the last one, and every share would be smaller.

const guards = join(import.meta.dirname, "../../cases/guards");
const cases = readdirSync(guards).filter((name) => existsSync(join(guards, name, "before")));

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-05T09:00:00Z") });
});

afterAll(() => {
  vi.useRealTimers();
});

test.each(cases)("%s trips the same guards by a snapshot in which it would not", async (name) => {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-case-"));
  const snapshot = setUpSnapshot();
  try {
    await setUpCase(root, join(guards, name), async ({ workspace, account }) => {
      demand(await planChanges(workspace.project, account.view, { snapshot }));
      const { id, head } = await account.view.state();
      const stored = await snapshot.store.load(id);
      if (!stored) throw new Error("a snapshot is kept");
      for (const key of [...stored.snapshot.objects.keys()]) lies.doubled?.(stored.snapshot, key);
      await snapshot.store.save(stored.snapshot, { id, head });
    });
    await inProject(root, {}, async ({ workspace: { project }, account: { view } }) => {
      const plan = async (options: PlanOptions) =>
        demand(await planChanges(project, view, options));
      const [whole, remembered] = [await plan({}), await plan({ snapshot })];
      expect(remembered.tripped).toEqual(whole.tripped);
      expect(remembered.changes).toEqual(whole.changes);
      expect(remembered.problems).toEqual(whole.problems);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test("most guards have such a case", () => {
  expect(cases.length).toBeGreaterThan(20);
});
