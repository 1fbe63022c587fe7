import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { childEnvironment } from "../git/child-environment.ts";

/** How a tool runs. */
export interface ToolRun {
  /** The secret in messages: `secrets.refreshToken`. */
  readonly field: string;
  /** The folder in which it runs. */
  readonly base: string;
  /** What it reads from stdin. Default: nothing. */
  readonly input?: string;
  /** How many seconds it may take. Default: 60. */
  readonly seconds?: number;
}

/**
 * Runs a tool that holds secrets, without a shell and with a bare environment, and returns what it
 * printed. What it says on stderr is dropped, because it may hold the secret. Fails with
 * secret/command.
 */
export async function runTool(
  [program = "", ...args]: readonly string[],
  { field, base, input, seconds = 60 }: ToolRun,
): Promise<Checked<string>> {
  const { execa } = await import("execa");
  const { failed, exitCode, signal, timedOut, isMaxBuffer, code, stdout } = await execa(
    program,
    args,
    {
      cwd: base,
      env: childEnvironment(process.env),
      extendEnv: false,
      reject: false,
      stderr: "ignore",
      timeout: seconds * 1000,
      maxBuffer: 1 << 20,
      ...(input === undefined ? { stdin: "ignore" } : { input }),
    },
  );
  if (!failed) return { ok: true, value: stdout, diagnostics: [] };
  const why = timedOut
    ? say`it did not end within ${seconds} seconds`
    : isMaxBuffer
      ? say`it printed more than 1 MiB`
      : exitCode !== undefined
        ? say`it ended with the status ${exitCode}`
        : say`it could not run (${signal ?? code ?? say`no reason given`})`;
  const message = say`The command ${program} for ${field} failed: ${why}.`;
  const hint = say`Run it by hand in the folder of partnerctl.yaml. It gets no variables but PATH, HOME and the like, and those that PARTNERCTL_CHILD_ENVIRONMENT names.`;
  return {
    ok: false,
    diagnostics: [diagnostic({ severity: "error", code: "secret/command", message, hint })],
  };
}
