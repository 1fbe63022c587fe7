import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { git } from "./git.ts";

/** Commits to look at: those up to HEAD that come after one, with `paths` only those that touch these. */
export interface CommitRange {
  /** Where it is missing, the commit at HEAD; of a merge, all that it merged. */
  readonly after?: string;
  readonly paths?: readonly string[];
}

/** Who wrote commits: the addresses of authors, as written and as .mailmap has them, and of co-authors; account names too where an address tells one. None before the first commit. Undefined where not all of the commits are there, or git cannot say. */
export async function writtenBy(root: string, range: CommitRange): Promise<readonly string[] | undefined> {
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
    ask(["--literal-pathspecs", "-c", "log.showSignature=false", "log", ...args, commits, ...paths]);
  // Git before 2.35 cannot merge again to compare: whoever merged counts as an author then.
  const remerged = await log("--diff-merges=remerge", "--name-only", `--format=${author}`);
  const listed = remerged ?? (await log(`--format=${author}`));
  const messages = await log("--format=%B");
  if (listed === undefined || messages === undefined) return undefined;
  const all = [...authorsIn(listed, remerged !== undefined), ...coAuthorsIn(messages)];
  return [...new Set(all.flatMap((one) => [one, ...accountOf(one)]))].filter((one) => one !== "").sort();
}

type Ask = (args: readonly string[]) => Promise<string | undefined>;

async function rangeOf({ after }: CommitRange, ask: Ask): Promise<string | undefined> {
  if (after !== undefined) {
    const some = await ask(["rev-list", "--max-count=1", `${after}..HEAD`, "--"]);
    // Nothing comes after it: what is written is not committed, or was before.
    return some === "" ? rangeOf({}, ask) : some && `${after}..HEAD`;
  }
  const parents = (await ask(["rev-list", "--parents", "--max-count=1", "HEAD", "--"]))?.trim().split(" ");
  return parents && (parents.length > 1 ? "HEAD^1..HEAD" : "HEAD");
}

/** Whether a clone that was cut off has all of these commits: none of them is where it was cut. */
async function isWhole(root: string, commits: string, ask: Ask): Promise<boolean> {
  const path = (await ask(["rev-parse", "--git-path", "shallow"]))?.trim();
  if (path === undefined || !existsSync(resolve(root, path))) return path !== undefined;
  const cut = new Set(readFileSync(resolve(root, path), "utf8").split("\n"));
  const own = await ask(["rev-list", commits, "--"]);
  return own?.split("\n").every((one) => one === "" || !cut.has(one)) ?? false;
}

/** Parents and both spellings of the author's address, each after a NUL; names of files may follow. */
const author = "%x00%P%x00%ae%x00%aE%x00";

/** A merge in which nothing differs from what git makes of its parents was written by nobody. */
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
  return lines.map((line) => line.slice(line.indexOf(":") + 1)).map((line) => /<([^<>]*)>/.exec(line)?.[1]?.trim() ?? line.trim());
}

/** Hosts write the account into addresses that hide a person's own: 123+li@users.noreply.github.com. */
function accountOf(address: string): readonly string[] {
  const [, account] = /^(?:\d+[+-])?([^@]+)@users\.noreply\./i.exec(address) ?? [];
  return account === undefined ? [] : [account];
}
