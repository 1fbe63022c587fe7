import { say } from "../model/say.ts";

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

/** What points git to another repository than the folder's, as a hook's environment does. */
const misleading = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_PREFIX",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_GRAFT_FILE",
  "GIT_SHALLOW_FILE",
  "GIT_REPLACE_REF_BASE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_QUARANTINE_PATH",
];

/** What keeps git from taking a project's folder for a repository because a branch has put into it what looks like one, whose configuration would be obeyed. */
export const guarded: readonly string[] = ["-c", "safe.bareRepository=explicit"];

/** Runs git in a folder, for that folder's repository alone: no prompts, English messages, no replaced objects. That it could not be started is a result like any other. */
export async function git(args: readonly string[], { folder, input }: GitOptions): Promise<GitResult> {
  const { execa } = await import("execa");
  const result = await execa("git", [...guarded, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      ...Object.fromEntries(misleading.map((name) => [name, undefined])),
      GIT_TERMINAL_PROMPT: "0",
      GIT_NO_REPLACE_OBJECTS: "1",
      GIT_OPTIONAL_LOCKS: "0",
      LC_ALL: "C",
    },
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
    stderr: said || withoutPasswords(result.shortMessage ?? ""),
  };
}

/** A text whose addresses of repositories (`https://oauth2:TOKEN@host`) name nobody: git quotes them in what it says, and settings may hold them. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/'"]+@/gi, "$1***@");
}

/** A blob as a tree lists it. */
export interface Blob {
  readonly mode: string;
  readonly hash: string;
  readonly size: number;
  readonly path: string;
}

/** What `git ls-tree -r -z -l` printed. */
export function blobs(listing: Uint8Array): readonly Blob[] {
  const rows = Buffer.from(listing).toString("utf8").split("\0");
  return rows.flatMap((row) => {
    const tab = row.indexOf("\t");
    const [mode = "", type, hash = "", size] = row.slice(0, tab).split(/ +/);
    return type === "blob" ? [{ mode, hash, size: Number(size), path: row.slice(tab + 1) }] : [];
  });
}

/** The contents of blobs, in their order, read by one process. Throws where one is missing. */
export async function contents(hashes: readonly string[], folder: string): Promise<readonly Uint8Array[]> {
  if (hashes.length === 0) return [];
  const { ok, stdout, stderr } = await git(["cat-file", "--batch"], { folder, input: `${hashes.join("\n")}\n` });
  if (!ok) throw new Error(`git cat-file: ${stderr}`);
  const output = Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength);
  let at = 0;
  return hashes.map((hash) => {
    const line = output.indexOf(10, at);
    const header = output.toString("latin1", at, line);
    const size = Number(header.split(" ")[2]);
    if (line < 0 || Number.isNaN(size)) throw new Error(`git cat-file: ${header || say`nothing for ${hash}`}`);
    at = line + 1 + size + 1;
    return output.subarray(line + 1, line + 1 + size);
  });
}
