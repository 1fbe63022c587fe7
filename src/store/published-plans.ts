import { type Files, readBranch, replaceBranch, storeFiles } from "./git/branch-files.ts";
import type { RemoteBranch } from "./remote-branch.ts";

/** The repository that plans are published to. */
export type PlanRepository = Omit<RemoteBranch, "name">;

/** The files published under a key, each key a branch of its own; undefined where there are none. Throws BranchUnavailable. */
export function publishedFiles(repository: PlanRepository, key: string): Promise<Files | undefined> {
  return readBranch(branchOf(repository, key));
}

/**
 * Publishes files under a key. Where the one called `chief` lies there already, byte for byte, the
 * other files there stay beside the new ones; else all are replaced. Throws BranchUnavailable.
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
