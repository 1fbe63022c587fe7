import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { git } from "./git.ts";

/**
 * Commits reachable from HEAD but not from `after`. With `paths`, only commits that touch those
 * paths.
 */
export interface CommitRange {
  /** Defaults to HEAD's first parent: HEAD's own commit or, for a merge, all merged commits. */
  readonly after?: string;
  readonly paths?: readonly string[];
}

/**
 * The people who wrote commits: e-mail addresses of authors (as written and as .mailmap maps them)
 * and of co-authors, and account names found in no-reply addresses. Empty before the first commit.
 * Undefined if the clone is too shallow or git fails.
 */
export async function writtenBy(
  root: string,
  range: CommitRange,
): Promise<readonly string[] | undefined> {
  const ask = async (args: readonly string[]) => {
    const { ok, stdout } = await git(args, { folder: root });
    return ok ? Buffer.from(stdout).toString("utf8") : undefined;
  };
  if ((await ask(["rev-parse", "--git-dir"])) === undefined) return undefined;
  if ((await ask(["rev-parse", "--verify", "--quiet", "HEAD"])) === undefined) return [];
  const commits = await rangeOf(range, ask);
  if (commits === undefined || !(await isWhole(root, commits, ask))) return undefined;
  const paths = range.paths ? ["--full-history", "--", ...range.paths] : ["--"];
  const log = (...args: readonly string[]) =>
    ask([
      "--literal-pathspecs",
      "-c",
      "log.showSignature=false",
      "log",
      ...args,
      commits,
      ...paths,
    ]);
  // Git before 2.35 has no --diff-merges=remerge: the author of a merge always counts there.
  const remerged = await log("--diff-merges=remerge", "--name-only", `--format=${author}`);
  const listed = remerged ?? (await log(`--format=${author}`));
  const messages = await log("--format=%B");
  if (listed === undefined || messages === undefined) return undefined;
  const all = [...authorsIn(listed, remerged !== undefined), ...coAuthorsIn(messages)];
  return [...new Set(all.flatMap((one) => [one, ...accountOf(one)]))]
    .filter((one) => one !== "")
    .sort();
}

type Ask = (args: readonly string[]) => Promise<string | undefined>;

async function rangeOf({ after }: CommitRange, ask: Ask): Promise<string | undefined> {
  if (after !== undefined) {
    const some = await ask(["rev-list", "--max-count=1", `${after}..HEAD`, "--"]);
    // Nothing was committed after it, so HEAD's own commit is used.
    return some === "" ? rangeOf({}, ask) : some && `${after}..HEAD`;
  }
  const parents = (await ask(["rev-list", "--parents", "--max-count=1", "HEAD", "--"]))
    ?.trim()
    .split(" ");
  return parents && (parents.length > 1 ? "HEAD^1..HEAD" : "HEAD");
}

/** Whether the clone contains all parents of these commits: none of them is a shallow boundary. */
async function isWhole(root: string, commits: string, ask: Ask): Promise<boolean> {
  const path = (await ask(["rev-parse", "--git-path", "shallow"]))?.trim();
  if (path === undefined || !existsSync(resolve(root, path))) return path !== undefined;
  const cut = new Set(readFileSync(resolve(root, path), "utf8").split("\n"));
  const own = await ask(["rev-list", commits, "--"]);
  return own?.split("\n").every((one) => one === "" || !cut.has(one)) ?? false;
}

/**
 * Parents, author address, and author address after .mailmap, each after a NUL. File names may
 * follow.
 */
const author = "%x00%P%x00%ae%x00%aE%x00";

/** A merge that is identical to git's automatic merge has no author. */
function authorsIn(log: string, remerged: boolean): readonly string[] {
  const [, ...fields] = log.split("\0");
  const found: string[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [parents = "", written = "", mapped = "", files = ""] = fields.slice(at, at + 4);
    const isClean = remerged && parents.split(" ").length === 2 && files.trim() === "";
    if (!isClean) found.push(written, mapped);
  }
  return found;
}

function coAuthorsIn(messages: string): readonly string[] {
  const lines = messages.match(/^[ \t]*co-authored-by:.*$/gim) ?? [];
  return lines
    .map((line) => line.slice(line.indexOf(":") + 1))
    .map((line) => /<([^<>]*)>/.exec(line)?.[1]?.trim() ?? line.trim());
}

/** Hosts put the account name into no-reply addresses, such as 123+li@users.noreply.github.com. */
function accountOf(address: string): readonly string[] {
  const [, account] = /^(?:\d+[+-])?([^@]+)@users\.noreply\./i.exec(address) ?? [];
  return account === undefined ? [] : [account];
}
