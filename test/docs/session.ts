import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type Block, edited, exchanges, isAsShown, root } from "./document.ts";

/**
 * A shell as a reader has it, in an empty folder, with `partnerctl` installed and git knowing who
 * they are.
 */
export interface Session {
  /** Does what a block shows. A command's output is put beside what the block shows of it. */
  follow(block: Block): Promise<readonly Said[]>;
  close(): void;
}

/** What a command was to say, and what it said. */
export interface Said {
  readonly command: string;
  readonly line: number;
  readonly shown: readonly string[];
  readonly output: string;
  readonly asShown: boolean;
}

type Shell = ChildProcessByStdio<Writable, Readable, null>;

const gitconfig =
  "[user]\nname = Li Wei\nemail = li.wei@contoso.example\n[advice]\ndetachedHead = false\n";

/** Opens a session in a folder. Whoever opens it closes it, which ends what it left running. */
export async function session(place: string): Promise<Session> {
  const [home, bin, work] = [join(place, "home"), join(place, "home/bin"), join(place, "work")];
  for (const path of [bin, work]) mkdirSync(path, { recursive: true });
  writeFileSync(join(home, ".gitconfig"), gitconfig);
  symlinkSync(join(root, "dist/partnerctl.js"), join(bin, "partnerctl"));
  const { PATH = "" } = process.env;
  const env = {
    PATH: `${bin}:${PATH}`,
    HOME: home,
    LANG: "C.UTF-8",
    NO_COLOR: "1",
    COLUMNS: "90",
    USER: "li.wei",
    TMPDIR: home,
  };
  const shell: Shell = spawn("sh", [], {
    cwd: work,
    env,
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const ask = asker(shell);
  const port = String(await freePort());
  return {
    close: () => shell.pid !== undefined && process.kill(-shell.pid, "SIGKILL"),
    async follow(block) {
      const own: Block = { ...block, text: block.text.replaceAll("8021", port) };
      if (own.title !== undefined) await write(own, (await ask("pwd")).trim());
      return own.language === "console" ? converse(own, ask) : [];
    },
  };
}

async function converse(
  block: Block,
  ask: (command: string) => Promise<string>,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (const { command, output: shown, line } of exchanges(block)) {
    const output = await ask(command);
    said.push({ command, line, shown, output, asShown: isAsShown(shown, output) });
  }
  return said;
}

function write(block: Block, folder: string): void {
  const path = join(folder, block.title ?? "");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    block.language === "diff" ? edited(readFileSync(path, "utf8"), block) : block.text,
  );
}

/** Commands one after another in the same shell; `$?` is the last one's status. */
function asker(shell: Shell): (command: string) => Promise<string> {
  const mark = "=== that was all: ";
  let [heard, told] = ["", () => {}];
  let status = "0";
  shell.stdout.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
    told();
  });
  const ended = () =>
    new Promise<string>((resolve) => {
      told = () => {
        const found = new RegExp(`${mark}(\\d+)\n$`).exec(heard);
        if (found === null) return;
        status = found[1] ?? "";
        resolve(heard.slice(0, found.index).replaceAll("\r\n", "\n"));
      };
    });
  return async (command) => {
    heard = "";
    const output = ended();
    shell.stdin.write(
      `exec 2>&1\n(exit ${status})\n{ ${command}\n} < /dev/null\necho "${mark}$?"\n`,
    );
    return output;
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === "object" && address !== null ? address.port : 0),
      );
    });
  });
}
