import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Query } from "../../../src/model/adapter.ts";
import type { Plan } from "../../../src/model/plan/plan.ts";
import type { SnapshotUse } from "../../../src/operations/project/project.ts";
import { snapshotFolder } from "../../../src/store/snapshot/snapshot-folder.ts";
import type { EngineHarness } from "../../engine-harness.ts";

const hour = 60 * 60 * 1000;

/** A snapshot in a folder of its own, whose readings are believed for an hour. */
export function setUpSnapshot(more: Partial<SnapshotUse> = {}): SnapshotUse & {
  readonly folder: string;
} {
  const folder = mkdtempSync(join(tmpdir(), "partnerctl-snapshot-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const store = snapshotFolder(folder, randomBytes(32));
  return { store, maxAge: hour, maxRequests: 500, folder, ...more };
}

/** A plan without what tells how old its readings are. */
export function withoutAges({ readings: _, ...plan }: Plan): Plan {
  return plan;
}

/** An engine that also tells which lists and objects it read. */
export function withQueries(stage: EngineHarness): {
  readonly view: EngineHarness["view"];
  /** What was read since the last call. */
  taken(): readonly Query[];
} {
  let queries: Query[] = [];
  const { reader } = stage.view;
  const view = {
    ...stage.view,
    reader: {
      ...reader,
      read: (query: Query, signal: AbortSignal) => {
        queries.push(query);
        return reader.read(query, signal);
      },
    },
  };
  return {
    view,
    taken: () => {
      const all = queries;
      queries = [];
      return all;
    },
  };
}
