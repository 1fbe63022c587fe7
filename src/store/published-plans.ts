import { type Files, readBranch, replaceBranch, storeFiles } from "./git/branch-files.ts";
import type { RemoteBranch } from "./remote-branch.ts";

/** The repository to which plans are published. */
export type PlanRepository = Omit<RemoteBranch, "name">;

/**
 * The files published under a key, which has its own branch; undefined if there are none. Throws
 * BranchUnavailable.
 */
export function publishedFiles(
  repository: PlanRepository,
  key: string,
): Promise<Files | undefined> {
  return readBranch(branchOf(repository, key));
}

/**
 * Publishes files under a key. If the published file named `chief` is identical, other published
 * files are kept; otherwise all are replaced. Throws BranchUnavailable.
 */
export async function publishFiles(
  repository: PlanRepository,
  key: string,
  { chief, files }: { readonly chief: string; readonly files: Files },
): Promise<void> {
  const branch = branchOf(repository, key);
  const published = await storeFiles(branch, files);
  await replaceBranch(branch, "A plan to be reviewed", (there) => {
    const same = there.get(chief) === published.get(chief);
    return new Map([...(same ? there : []), ...published]);
  });
}

function branchOf(repository: PlanRepository, key: string): RemoteBranch {
  return { ...repository, name: `partnerctl-plan/${key}` };
}
