import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Options } from "execa";
import { binary, partnerctl as inItsOwn, plain, type Said } from "./binary.ts";
import { expectDocument } from "./printed.ts";

let child: ChildProcess | undefined;
let number = 0;
let last: Promise<unknown> = Promise.resolve();

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
  const mine = last.then(() => runIn(folder, args, { ...process.env, ...plain.env, ...env }));
  last = mine.catch(() => undefined);
  return mine;
}

async function runIn(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Said> {
  child ??= started();
  const ended = new AbortController();
  const { signal } = ended;
  const exit = once(child, "exit", { signal }).then(([status]) => {
    throw new Error(`The process ended in ${JSON.stringify(args)}, with ${status}.`);
  });
  try {
    number += 1;
    child.send({ number, cwd, args, env });
    const [said] = await Promise.race([once(child, "message", { signal }), exit]);
    expectDocument(args, said.stdout);
    return said;
  } finally {
    exit.catch(() => undefined);
    ended.abort();
  }
}

/** It ends with the process that the tests are in, and does not keep it. */
function started(): ChildProcess {
  const runner = fork(join(import.meta.dirname, "one-process.mjs"), [binary], {
    execArgv: [],
    env: { ...process.env, ...plain.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  runner.unref();
  runner.channel?.unref();
  return runner;
}
