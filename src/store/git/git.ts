import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { english, say, type Wording } from "../../model/text/phrase.ts";
import { childEnvironment } from "./child-environment.ts";

/** The folder to run git in, and its stdin. */
export interface GitOptions {
  readonly folder: string;
  readonly input?: string | Uint8Array;
}

/** The result of a git command. `stderr` is trimmed, and passwords in URLs are removed. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: Uint8Array;
  readonly stderr: Wording;
}

/**
 * Git must not treat a project's folder as a bare repository: a branch could contain one whose
 * configuration git would obey.
 */
const guarded: readonly string[] = ["-c", "safe.bareRepository=explicit"];

/** Hooks and file-system monitors are programs that a checkout may contain. None is started. */
const withoutPrograms: readonly string[] = [
  "-c",
  `core.hooksPath=${devNull}`,
  "-c",
  "core.fsmonitor=false",
];

/**
 * Overrides user settings that change what push, fetch and log do (tags, signatures, submodules) or
 * print.
 */
const ownSettings: readonly string[] = [
  ...[
    "push.followTags=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "push.pushOption=",
  ],
  ...[
    "fetch.prune=false",
    "fetch.pruneTags=false",
    "fetch.recurseSubmodules=no",
    "commit.gpgSign=false",
  ],
  ...["log.showSignature=false", "i18n.logOutputEncoding=UTF-8", "color.ui=false"],
].flatMap((setting) => ["-c", setting]);

/** The same for one remote, whose own settings take precedence over general ones. */
function ownSettingsOf(args: readonly string[]): readonly string[] {
  const [command] = args;
  const remote = args[args.indexOf("--") + 1] ?? "";
  if ((command !== "push" && command !== "fetch") || !/^[\w.-]+$/.test(remote)) return [];
  return ["mirror", "prune", "pruneTags"].flatMap((name) => [
    "-c",
    `remote.${remote}.${name}=false`,
  ]);
}

/** Options that precede every git command. */
function before(args: readonly string[]): readonly string[] {
  return [...guarded, ...withoutPrograms, ...ownSettings, ...ownSettingsOf(args)];
}

/** The error message if git cannot be started. */
export const notStarted = say`Git could not be started: it is not installed, or not in PATH.`;

/**
 * Runs git in a folder, on that folder's repository only: no prompts, no hooks, English messages,
 * no replace objects. A failure, even to start git, is a result with `ok: false`. A push also fails
 * if the user's settings redirect it to a repository other than the one that is read.
 */
export async function git(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const result = await run(args, options);
  if (result.ok && args[0] === "push") return arrived(args, options, result);
  if (result.ok || !withoutRepository.includes(args[0] ?? "")) return result;
  const whose = await run(["rev-parse", "--git-dir"], { folder: options.folder });
  return isOthers(english(whose.stderr)) ? whose : result;
}

/**
 * Checks that a successful push arrived at the URL that is read, if the user's settings (pushurl,
 * pushInsteadOf) may redirect it.
 */
async function arrived(
  args: readonly string[],
  { folder }: GitOptions,
  result: GitResult,
): Promise<GitResult> {
  const [remote = "", refs = ""] = args.slice(args.indexOf("--") + 1);
  const elsewhere = `^(remote\\.${remote.replaceAll(/\W/g, "\\$&")}\\.pushurl|url\\..*\\.pushinsteadof)$`;
  const settings = await run(["config", "--get-regexp", elsewhere], { folder });
  if (!settings.ok) return result;
  const [commit = "", ref = ""] = refs.split(":");
  const there = await run(["ls-remote", "--", remote, ref], { folder });
  if (Buffer.from(there.stdout).toString("latin1").startsWith(commit)) return result;
  return {
    ...result,
    ok: false,
    stderr: say`it did not arrive where it is read from; see remote.${remote}.pushurl and pushInsteadOf in git's settings`,
  };
}

/**
 * Commands that also work outside a repository. They ignore a repository that another user owns,
 * instead of failing.
 */
const withoutRepository = ["diff", "ls-remote"];

/** Whether git reported that another user owns the repository. */
export function isOthers(said: string): boolean {
  return /dubious ownership|unsafe repository/.test(said);
}

async function run(args: readonly string[], { folder, input }: GitOptions): Promise<GitResult> {
  const { execa } = await import("execa");
  const result = await execa("git", [...before(args), ...args], {
    cwd: folder,
    env: quiet(),
    extendEnv: false,
    encoding: "buffer",
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 1 << 30,
    ...(input === undefined ? { stdin: "ignore" } : { input }),
  });
  const said = withoutPasswords(
    Buffer.from(result.stderr ?? [])
      .toString("utf8")
      .trim(),
  );
  // Without an exit status, git did not start: it is not installed or the folder does not exist.
  return {
    ok: result.exitCode === 0,
    stdout: result.stdout ?? new Uint8Array(),
    stderr:
      said ||
      (result.code === "ENOENT" && existsSync(folder)
        ? notStarted
        : withoutPasswords(result.shortMessage ?? "")),
  };
}

/**
 * Git's output in a folder without its last line break; undefined if git fails. It blocks the event
 * loop, so use it only for short queries.
 */
export function askGit(args: readonly string[], folder: string): string | undefined {
  const { status, stdout } = spawnSync("git", [...before(args), ...args], {
    cwd: folder,
    env: quiet(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1 << 26,
  });
  return status === 0 ? stdout.replace(/\n$/, "") : undefined;
}

/**
 * No prompts, English messages, no replace objects. Variables that select another repository
 * (GIT_DIR) are not passed on.
 */
function quiet() {
  const settled = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
  };
  return { ...childEnvironment(process.env), ...settled };
}

/**
 * Replaces user names and passwords in URLs (`https://oauth2:TOKEN@host`) by `***`. Git quotes URLs
 * in its messages, and settings may contain passwords.
 */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/'"]+@/gi, "$1***@");
}
