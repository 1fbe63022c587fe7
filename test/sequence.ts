import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, longest first: begun last, one of them would keep a single core busy
 * while the others have nothing to do.
 */
export const longest: readonly string[] = [
  "crash/kill",
  "faults/soak",
  "operations/faults",
  "conformance/git-ledger",
  "pipelines/github",
  "crash/disk",
  "package/nodes",
  "faults/matrix",
  "faults/forgetful",
  "crash/forgetful",
  "collisions/protections",
  "project/new-things",
  "cases",
  "package/package",
  "properties/converge",
  "cli/terminal",
  "bench",
  "conformance/partner-center",
  "collisions/collisions",
  "pipelines/gitlab",
  "docs/tutorial",
  "faults/kill",
  "manifest/limits",
  "surroundings/encodings",
  "conformance/local",
  "conformance/broken",
  "surroundings/disks",
  "adapters/partner-center/contoso",
  "pipelines/init",
  "editors/editors",
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
