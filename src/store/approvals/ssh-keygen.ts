import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "../git/child-environment.ts";

/** The output of ssh-keygen. `stderr` is trimmed. */
export interface SshKeygenOutput {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** OpenSSH's ssh-keygen cannot be started. */
export class NoSshKeygen extends Error {
  override readonly name = "NoSshKeygen";
}

/**
 * Runs ssh-keygen with `input` on stdin, English messages and times in UTC. With `shown`, its
 * messages (such as a request to touch a security key) also go to stderr. It asks for a passphrase
 * on the terminal itself. Throws NoSshKeygen.
 */
export async function sshKeygen(
  args: readonly string[],
  options: { readonly input: string; readonly shown?: true },
): Promise<SshKeygenOutput> {
  const { execa } = await import("execa");
  const result = await execa("ssh-keygen", args, {
    env: { ...childEnvironment(process.env), LC_ALL: "C", TZ: "UTC0" },
    extendEnv: false,
    input: options.input,
    reject: false,
    stripFinalNewline: false,
    stderr: options.shown ? ["pipe", "inherit"] : "pipe",
  });
  if (result.exitCode === undefined && !result.isTerminated)
    throw new NoSshKeygen(result.shortMessage);
  return { ok: result.exitCode === 0, stdout: result.stdout, stderr: result.stderr.trim() };
}

/**
 * Calls `work` with a temporary file that holds the text and that only its owner can read. Deletes
 * the file afterwards.
 */
export async function withFile<T>(text: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "partnerctl-ssh-"));
  try {
    const path = join(folder, "file");
    writeFileSync(path, text, { mode: 0o600 });
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
