import type { HostApproval } from "../../model/plan/approval.ts";
import type { HostReview } from "./approvals.ts";
import { ask, endless, type Fields, itemsIn, mostPages, textAt } from "./host.ts";

/** The repository, commit and run to request data about. */
export interface GithubCommit {
  /** The repository's URL in the API. */
  readonly repository: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sha: string;
  /** The branch's previous commit, if the event contains it. */
  readonly before?: string;
  readonly run?: string;
}

/**
 * Requests who wrote and who approved the commits of a push (https://docs.github.com/rest): their
 * pull requests, the reviews, and the approvals of the run's environments. A review counts only for
 * the last commit of its pull request, by a person who may write. A missing field never makes an
 * approval count. GitHub lists at most 250 commits of a pull request: each other one counts as an
 * unknown author. Throws HostFailed.
 */
export async function githubReview(commit: GithubCommit): Promise<HostReview> {
  const pushed = await commitsOf(commit);
  const { merged, direct } = await pullRequestsOf(commit, pushed.commits);
  const changes = await Promise.all(merged.map(({ request }) => approvalsOf(commit, request)));
  const lists = [pushed, ...merged];
  const { authors, unknownAuthors } = authorsOf(
    lists.flatMap((one) => one.commits),
    merged.map(({ request }) => request),
  );
  const unlisted = lists.reduce((sum, one) => sum + one.unlisted, 0);
  // Commits without a pull request are a change that nobody approved.
  const all = direct || pushed.unlisted > 0 ? [...changes, []] : changes;
  return {
    changes: all,
    run: await approvalsOfRun(commit),
    authors,
    unknownAuthors: unknownAuthors + unlisted,
  };
}

/** The commits that GitHub lists, and how many more there are: at least 1 if it does not tell. */
interface Commits {
  readonly commits: readonly Fields[];
  readonly unlisted: number;
}

interface Merged extends Commits {
  readonly request: Fields;
}

/** The merged pull requests of these commits; `direct` if a commit has none. */
async function pullRequestsOf(
  commit: GithubCommit,
  commits: readonly Fields[],
): Promise<{ readonly merged: readonly Merged[]; readonly direct: boolean }> {
  const merged = new Map<unknown, Merged>();
  let direct = false;
  for (const { sha } of commits) {
    if ([...merged.values()].some((one) => one.commits.some((own) => own.sha === sha))) continue;
    const pulls = await all(commit, `/commits/${sha}/pulls`);
    const requests = pulls.filter((one) => textAt(one, "merged_at") !== undefined);
    direct ||= requests.length === 0;
    for (const request of requests.filter(({ number }) => !merged.has(number)))
      merged.set(request.number, { request, ...(await commitsOfRequest(commit, request)) });
  }
  return { merged: [...merged.values()], direct };
}

async function commitsOf(commit: GithubCommit): Promise<Commits> {
  const { sha, before } = commit;
  if (before === undefined || /^0+$/.test(before))
    return { commits: [Object(await get(commit, `/commits/${sha}`))], unlisted: 0 };
  let total: unknown;
  const commits = await all(commit, `/compare/${before}...${sha}`, (json) => {
    total = Object(json).total_commits;
    return Object(json).commits;
  });
  return { commits, unlisted: unlistedOf(total, commits) };
}

/** Only a pull request itself, and not a list of them, tells how many commits it has. */
async function commitsOfRequest(commit: GithubCommit, { number }: Fields): Promise<Commits> {
  const commits = await all(commit, `/pulls/${number}/commits`);
  if (commits.length < mostListed) return { commits, unlisted: 0 };
  const { commits: total } = Object(await get(commit, `/pulls/${number}`));
  return { commits, unlisted: unlistedOf(total, commits) };
}

/** GitHub lists at most this many commits of a pull request, on all pages together. */
const mostListed = 250;

function unlistedOf(total: unknown, { length }: readonly Fields[]): number {
  return Number.isSafeInteger(total) ? Math.max(0, Number(total) - length) : 1;
}

const deciding: readonly unknown[] = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

/** Counts each reviewer's last review with a decision. */
async function approvalsOf(
  commit: GithubCommit,
  { number, head }: Fields,
): Promise<readonly HostApproval[]> {
  const reviews = await all(commit, `/pulls/${number}/reviews`);
  const last = new Map(
    reviews
      .filter(({ state }) => deciding.includes(state))
      .map((one) => [textAt(one, "user", "login"), one]),
  );
  const counted: HostApproval[] = [];
  for (const [by, review] of last) {
    const current = textAt(review, "commit_id") === Object(head).sha;
    const bot = textAt(review, "user", "type") === "Bot";
    if (
      by === undefined ||
      review.state !== "APPROVED" ||
      !current ||
      bot ||
      !(await mayWrite(commit, by))
    )
      continue;
    const at = textAt(review, "submitted_at");
    counted.push({
      host: "GitHub",
      by,
      of: `pull request ${number}`,
      ...(at !== undefined && { at }),
    });
  }
  return counted;
}

async function mayWrite(commit: GithubCommit, login: string): Promise<boolean> {
  const { permission } = Object(
    await get(commit, `/collaborators/${encodeURIComponent(login)}/permission`),
  );
  return permission === "admin" || permission === "write";
}

/** Approvals for the run's environments. A run has one commit, so they apply to all of it. */
async function approvalsOfRun(commit: GithubCommit): Promise<readonly HostApproval[]> {
  const { run } = commit;
  if (run === undefined) return [];
  const approved = itemsIn(await get(commit, `/actions/runs/${run}/approvals`)).filter(
    ({ state }) => state === "approved",
  );
  return approved.flatMap((one) => {
    const by = textAt(one, "user", "login");
    return by === undefined || textAt(one, "user", "type") === "Bot"
      ? []
      : [{ host: "GitHub", by, of: `run ${run}` }];
  });
}

const noreply = /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/i;

function authorsOf(commits: readonly Fields[], requests: readonly Fields[]) {
  const openers = requests.map((one) => textAt(one, "user", "login"));
  const messages = commits.map((one) => textAt(one, "commit", "message") ?? "");
  const coauthors = messages.flatMap((message) =>
    [...message.matchAll(/^co-authored-by:.*<([^<>]+)>\s*$/gim)].map(
      ([, email = ""]) => noreply.exec(email)?.[1],
    ),
  );
  const named = [...commits.map((one) => textAt(one, "author", "login")), ...openers, ...coauthors];
  const authors = [...new Set(named.filter((one) => one !== undefined))].sort();
  return { authors, unknownAuthors: named.filter((one) => one === undefined).length };
}

async function get({ repository, headers }: GithubCommit, path: string): Promise<unknown> {
  return (await ask(`${repository}${path}`, { headers })).json;
}

async function all(
  commit: GithubCommit,
  path: string,
  listIn = (json: unknown): unknown => json,
): Promise<readonly Fields[]> {
  const found: Fields[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const some = itemsIn(listIn(await get(commit, `${path}?per_page=100&page=${page}`)));
    found.push(...some);
    if (some.length < 100) return found;
  }
  throw endless();
}
