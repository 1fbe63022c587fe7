import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Options } from "execa";
import { binary, partnerctl as inItsOwn, plain, type Said } from "./binary.ts";
import { expectDocument } from "./printed.ts";

/** A process that runs the built binary, one run after the other. */
export interface BinaryProcess {
  run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Said>;
  end(): Promise<void>;
}

let shared: BinaryProcess | undefined;

/**
 * As `partnerctl` of binary.ts, but all runs are in one process, one after the other: most of a
 * short run's time is the start of Node and of the binary. For tests of what is said and written,
 * and not of how a process starts, ends, waits or meets another one. A run has a process of its own
 * where more than an environment is given, or a part of it that a process reads once.
 */
export function partnerctl(
  folder: string,
  args: readonly string[],
  options: Options = {},
): Promise<Said> {
  const { env = {}, ...more } = options;
  if (
    Object.keys(more).length > 0 ||
    Object.keys(env).some((name) => /^(?:HOME$|XDG_|NODE_)/.test(name))
  )
    return inItsOwn(folder, args, options);
  shared ??= startProcess();
  return shared.run(folder, args, { ...process.env, ...plain.env, ...env });
}

/**
 * Starts such a process, of the binary or of a copy. It ends with the process that the tests are
 * in, and does not keep it.
 */
export function startProcess(entry: string = binary): BinaryProcess {
  const child = fork(join(import.meta.dirname, "one-process.mjs"), [entry], {
    execArgv: [],
    env: { ...process.env, ...plain.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  let number = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(cwd, args, env) {
      number += 1;
      const message = { number, cwd, args, env };
      const mine = last.then(() => answerTo(child, message));
      last = mine.catch(() => undefined);
      return mine;
    },
    async end() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function answerTo(
  child: ChildProcess,
  message: { readonly args: readonly string[] },
): Promise<Said> {
  const ended = new AbortController();
  const { signal } = ended;
  const exit = once(child, "exit", { signal }).then(([status]) => {
    throw new Error(`The process ended in ${JSON.stringify(message.args)}, with ${status}.`);
  });
  try {
    child.send(message);
    const [said] = await Promise.race([once(child, "message", { signal }), exit]);
    expectDocument(message.args, said.stdout);
    return said;
  } finally {
    exit.catch(() => undefined);
    ended.abort();
  }
}
