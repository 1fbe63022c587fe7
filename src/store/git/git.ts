import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { say } from "../../model/text/say.ts";
import { childEnvironment } from "./child-environment.ts";

/** What to run git with. */
export interface GitOptions {
  readonly folder: string;
  readonly input?: string | Uint8Array;
}

/** What git said. `stderr` is trimmed. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** What keeps git from taking a project's folder for a repository because a branch has put into it what looks like one, whose configuration would be obeyed. */
const guarded: readonly string[] = ["-c", "safe.bareRepository=explicit"];

/** No hook and no file-system monitor of the repository's is started: both are programs that a checkout may have brought along. */
const withoutPrograms: readonly string[] = ["-c", `core.hooksPath=${devNull}`, "-c", "core.fsmonitor=false"];

/** What a user's own configuration may add to every push, fetch and log: tags, signatures and submodules that are not meant, other words than are read here. */
const ownSettings: readonly string[] = [
  ...["push.followTags=false", "push.gpgSign=false", "push.recurseSubmodules=no", "push.pushOption="],
  ...["fetch.prune=false", "fetch.pruneTags=false", "fetch.recurseSubmodules=no", "commit.gpgSign=false"],
  ...["log.showSignature=false", "i18n.logOutputEncoding=UTF-8", "color.ui=false"],
].flatMap((setting) => ["-c", setting]);

/** The same of one remote, which counts more than what is said of all. */
function ownSettingsOf(args: readonly string[]): readonly string[] {
  const [command] = args;
  const remote = args[args.indexOf("--") + 1] ?? "";
  if ((command !== "push" && command !== "fetch") || !/^[\w.-]+$/.test(remote)) return [];
  return ["mirror", "prune", "pruneTags"].flatMap((name) => ["-c", `remote.${remote}.${name}=false`]);
}

/** What comes before every command of git's. */
function before(args: readonly string[]): readonly string[] {
  return [...guarded, ...withoutPrograms, ...ownSettings, ...ownSettingsOf(args)];
}

/** What is said where there is no git to start. */
export const notStarted = say`git could not be started: it is not installed, or not in PATH`;

/** Runs git in a folder, for that folder's repository alone: no prompts, English messages, no replaced objects. That it could not be started is a result like any other. */
export async function git(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const result = await run(args, options);
  if (result.ok && args[0] === "push") return arrived(args, options, result);
  if (result.ok || !withoutRepository.includes(args[0] ?? "")) return result;
  const whose = await run(["rev-parse", "--git-dir"], { folder: options.folder });
  return isOthers(whose.stderr) ? whose : result;
}

/** A push that worked, unless the user's configuration sent it to another repository than is read: what was pushed has to be there. */
async function arrived(args: readonly string[], { folder }: GitOptions, result: GitResult): Promise<GitResult> {
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

/** Commands that also run where there is no repository, and take one of somebody else for none. */
const withoutRepository = ["diff", "ls-remote"];

/** Whether git said that the repository belongs to somebody else. */
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
  // Without an exit status it never ran: it is not installed, or the folder is not there.
  return {
    ok: result.exitCode === 0,
    stdout: result.stdout ?? new Uint8Array(),
    stderr: said || (result.code === "ENOENT" && existsSync(folder) ? notStarted : withoutPasswords(result.shortMessage ?? "")),
  };
}

/**
 * What git prints in a folder, without the last line end; undefined where it fails. For questions
 * so small that starting git is all that they cost: it holds up whatever else is under way.
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

/** No prompts, English messages, no replaced objects; what points git to another repository than the folder's (GIT_DIR) is not passed on. */
function quiet() {
  const settled = { GIT_TERMINAL_PROMPT: "0", GIT_NO_REPLACE_OBJECTS: "1", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  return { ...childEnvironment(process.env), ...settled };
}

/** A text whose addresses of repositories (`https://oauth2:TOKEN@host`) name nobody: git quotes them in what it says, and settings may hold them. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/'"]+@/gi, "$1***@");
}
