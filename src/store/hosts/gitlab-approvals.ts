import type { HostApproval } from "../../model/plan/approval.ts";
import type { HostReview } from "./approvals.ts";
import { ask, type Fields, itemsIn, textAt } from "./host.ts";

/** The project and commit to request data about. */
export interface GitlabCommit {
  /** The project's URL in the API. */
  readonly project: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sha: string;
}

/**
 * Requests who wrote and who approved the merge requests of a commit (https://docs.gitlab.com/api).
 * An approval counts if it is not older than the last version of its merge request. Commits contain
 * no account names, so their authors are unknown unless the project rejects approvals by
 * committers. Throws HostFailed.
 */
export async function gitlabReview(commit: GitlabCommit): Promise<HostReview> {
  const found = itemsIn(
    await get(commit, `/repository/commits/${commit.sha}/merge_requests?per_page=100`),
  );
  const merged = found.filter(({ state }) => state === "merged");
  const { merge_requests_disable_committers_approval: committersBarred } = Object(
    await get(commit, "/approvals"),
  );
  const openers = merged.map((one) => textAt(one, "author", "username"));
  return {
    changes: await Promise.all(merged.map((request) => approvalsOf(commit, request))),
    run: [],
    authors: openers.filter((one) => one !== undefined),
    unknownAuthors: committersBarred === true && !openers.includes(undefined) ? 0 : 1,
  };
}

async function approvalsOf(
  commit: GitlabCommit,
  { iid }: Fields,
): Promise<readonly HostApproval[]> {
  const versions = itemsIn(await get(commit, `/merge_requests/${iid}/versions?per_page=100`));
  const times = versions.map((one) => Date.parse(textAt(one, "created_at") ?? ""));
  const last = times.length === 0 ? Number.NaN : Math.max(...times);
  const { approved_by } = Object(await get(commit, `/merge_requests/${iid}/approvals`));
  return itemsIn(approved_by).flatMap((one) => {
    const [by, at] = [textAt(one, "user", "username"), textAt(one, "approved_at")];
    // Without a time, the approved version is unknown.
    if (by === undefined || at === undefined || !(Date.parse(at) >= last)) return [];
    return [{ host: "GitLab", by, of: `merge request ${iid}`, at }];
  });
}

async function get({ project, headers }: GitlabCommit, path: string): Promise<unknown> {
  return (await ask(`${project}${path}`, { headers })).json;
}
