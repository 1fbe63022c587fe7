import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { startProcess } from "../cli/one-process.ts";

interface Asked {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Puts a command at this path that has one process run the built binary: a job starts it up to four
 * times, and what it says and how it ends is the same.
 */
export async function serveBinary(command: string): Promise<void> {
  const socket = `${command}.sock`;
  const { run, end } = startProcess();
  const server = createServer(async (request, response) => {
    const { cwd, args, env } = (await json(request)) as Asked;
    response.end(JSON.stringify(await run(cwd, args, env)));
  });
  await new Promise<void>((done) => server.listen(socket, done));
  onTestFinished(async () => {
    server.close();
    await end();
  });
  const client = join(import.meta.dirname, "binary-client.mjs");
  rmSync(command, { force: true });
  writeFileSync(command, `#!/bin/sh\nexec node '${client}' '${socket}' "$@"\n`, { mode: 0o755 });
}
