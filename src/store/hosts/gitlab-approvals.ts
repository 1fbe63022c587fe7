import type { HostApproval } from "../../model/plan/approval.ts";
import type { HostReview } from "./approvals.ts";
import { ask, type Fields, itemsIn, textAt } from "./host.ts";

/** Where to ask, and about which commit. */
export interface GitlabCommit {
  /** The project's address in the API. */
  readonly project: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sha: string;
}

/**
 * Who wrote and who approved what a commit brought, from https://docs.gitlab.com/api: the merge
 * requests of the commit and their approvals. An approval counts if it came after the last version
 * of the merge request. Commits name no account: their authors are unknown, unless the project
 * itself refuses approvals by those who committed.
 */
export async function gitlabReview(commit: GitlabCommit): Promise<HostReview> {
  const found = itemsIn(await get(commit, `/repository/commits/${commit.sha}/merge_requests?per_page=100`));
  const merged = found.filter(({ state }) => state === "merged");
  const { merge_requests_disable_committers_approval: committersBarred } = Object(await get(commit, "/approvals"));
  const openers = merged.map((one) => textAt(one, "author", "username"));
  return {
    changes: await Promise.all(merged.map((request) => approvalsOf(commit, request))),
    run: [],
    authors: openers.filter((one) => one !== undefined),
    unknownAuthors: committersBarred === true && !openers.includes(undefined) ? 0 : 1,
  };
}

async function approvalsOf(commit: GitlabCommit, { iid }: Fields): Promise<readonly HostApproval[]> {
  const versions = itemsIn(await get(commit, `/merge_requests/${iid}/versions?per_page=100`));
  const times = versions.map((one) => Date.parse(textAt(one, "created_at") ?? ""));
  const last = times.length === 0 ? Number.NaN : Math.max(...times);
  const { approved_by } = Object(await get(commit, `/merge_requests/${iid}/approvals`));
  return itemsIn(approved_by).flatMap((one) => {
    const [by, at] = [textAt(one, "user", "username"), textAt(one, "approved_at")];
    // Without a time nobody can tell which version was approved.
    if (by === undefined || at === undefined || !(Date.parse(at) >= last)) return [];
    return [{ host: "GitLab", by, of: `merge request ${iid}`, at }];
  });
}

async function get({ project, headers }: GitlabCommit, path: string): Promise<unknown> {
  return (await ask(`${project}${path}`, { headers })).json;
}
