import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, longest first: begun last, one of them would keep a single core busy
 * while the others have nothing to do.
 */
export const longest: readonly string[] = [
  "faults/matrix",
  "pipelines/github",
  "project/new-things",
  "conformance/git-ledger",
  "crash/forgetful",
  "package/nodes",
  "cli/terminal",
  "collisions/protections",
  "conformance/partner-center",
  "faults/soak",
  "faults/forgetful",
  "crash/kill",
  "cli/apply",
  "conformance/local",
  "docs/tutorial",
  "surroundings/disks",
  "bench",
  "cases",
  "package/package",
  "conformance/broken",
  "operations/saved-plans",
  "editors/editors",
  "pipelines/gitlab",
  "manifest/many-problems",
  "adapters/partner-center/administrators",
  "crash/disk",
  "operations/faults",
  "report/html",
  "cli/ledger",
  "cli/from-account",
];

/**
 * Files that have a process of their own first, so that the others can take over each other's; of
 * both the longest first, then as vitest would have them. A fresh clone has no record of how long
 * they took.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  const place = longest.indexOf(relative(import.meta.dirname, moduleId).replace(/\.test\.ts$/, ""));
  const inGroup = place === -1 ? longest.length : place;
  return project.config.isolate ? inGroup : longest.length + 1 + inGroup;
}
