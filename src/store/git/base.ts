import { type Checked, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { askGit, git } from "./git.ts";
import type { HostEvent } from "../hosts/event.ts";
import { ask } from "./revisions.ts";

/**
 * Resolves a revision, if it is the tip of the default branch: only that may decide about other
 * branches. The default branch comes from the host's event, otherwise from the remote's HEAD. The
 * checkout is never trusted, because anyone who can push could add a branch whose settings run
 * code. Fails with base/not-default, base/unknown-default or a git code.
 */
export async function trustedBase(
  root: string,
  revision: string,
  event: HostEvent | undefined,
): Promise<Checked<string>> {
  const named = await ask(root, revision, ["rev-parse", "--verify", `${revision}^{commit}`]);
  if (!named.ok) return named;
  const commit = Buffer.from(named.value).toString("utf8").trim();
  if (event?.target !== undefined && event.target !== event.defaultBranch)
    return { ok: false, diagnostics: [otherTarget(event.target, event.defaultBranch)] };
  if (event?.targetCommit === commit) return { ok: true, value: commit, diagnostics: [] };
  const tip = await tipOf(root, event?.defaultBranch);
  if (!tip.ok) return tip;
  return tip.value.commit === commit
    ? { ok: true, value: commit, diagnostics: [] }
    : { ok: false, diagnostics: [notDefault(revision, commit, tip.value.branch)] };
}

interface Tip {
  readonly branch: string;
  readonly commit: string;
}

async function tipOf(root: string, defaultBranch: string | undefined): Promise<Checked<Tip>> {
  const remotes = (askGit(["remote"], root) ?? "").split("\n").filter(Boolean);
  if (remotes.length === 0) return ownTip(root, defaultBranch);
  const remote = remotes.includes("origin") ? "origin" : remotes[0];
  if (remote === undefined || (remotes.length > 1 && remote !== "origin"))
    return unknown(say`of the remotes ${{ list: remotes }} none is called origin`);
  const wanted = defaultBranch === undefined ? "HEAD" : `refs/heads/${defaultBranch}`;
  const { ok, stdout, stderr } = await git(["ls-remote", "--symref", "--", remote, wanted], {
    folder: root,
  });
  if (!ok) return unknown(stderr);
  const rows = Buffer.from(stdout).toString("utf8").split("\n");
  const commit = rows
    .find((row) => row.endsWith(`\t${wanted}`) && !row.startsWith("ref: "))
    ?.split("\t")[0];
  const branch = defaultBranch ?? /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(rows.join("\n"))?.[1];
  return commit === undefined || branch === undefined
    ? unknown(say`the remote ${remote} has no ${wanted}`)
    : { ok: true, value: { branch, commit }, diagnostics: [] };
}

/** A repository without a remote is trusted: only people on this machine can write to it. */
function ownTip(root: string, defaultBranch: string | undefined): Checked<Tip> {
  const configured = defaultBranch ?? askGit(["config", "--get", "init.defaultBranch"], root);
  for (const branch of configured === undefined ? ["main", "master"] : [configured]) {
    const commit = askGit(
      ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`],
      root,
    );
    if (commit !== undefined) return { ok: true, value: { branch, commit }, diagnostics: [] };
  }
  return unknown(say`there is neither a remote nor a branch ${configured ?? "main"} here`);
}

function unknown(why: Wording): Checked<never> {
  const problem: Diagnostic = diagnostic({
    severity: "error",
    code: "base/unknown-default",
    message: say`Nobody can say which branch of this repository is the default one: ${why}.`,
    hint: say`--base needs the event of the host's pipeline, or a remote that git ls-remote can ask.`,
  });
  return { ok: false, diagnostics: [problem] };
}

function otherTarget(target: string, defaultBranch: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "base/not-default",
    message: say`This change is proposed for the branch ${target}, and only the default branch ${defaultBranch} decides about others.`,
    hint: say`Propose it for ${defaultBranch}.`,
  });
}

function notDefault(revision: string, commit: string, branch: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "base/not-default",
    message: say`${revision} (${commit.slice(0, 12)}) is not what the default branch ${branch} is at, and nothing else decides about others.`,
    hint: say`Fetch, and name the tip of ${branch}.`,
  });
}
