import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { startEmulator } from "../../src/emulator/emulator.ts";
import { onTestFinished } from "vitest";
import { folder } from "../cli/binary.ts";
import { serveBinary } from "./serve-binary.ts";

const root = join(import.meta.dirname, "../..");

/**
 * An example as a repository on a host, its working copy, an emulator that its settings lead to,
 * and what a runner of that host is started with.
 */
export interface Hosted {
  readonly bare: string;
  readonly clone: string;
  readonly emulator: string;
  /** The variables of every job: a home of its own, nothing of this machine's pipeline. */
  readonly env: Readonly<Record<string, string>>;
  /** The tarball npm installs; empty once it is. */
  package: string;
  /** Has the next jobs use what is installed, in one process. */
  keepInstalled(): Promise<void>;
  git(...args: readonly string[]): Promise<string>;
  /** Changes a file, commits and pushes. */
  push(path: string, change: (text: string) => string): Promise<string>;
}

/** Sets all of it up, of an example by its name or of a folder. */
export async function hosted(example: string, { installed = false } = {}): Promise<Hosted> {
  const place = folder();
  const [bare, clone, home] = ["remote.git", "clone", "home"].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(home);
  writeFileSync(
    join(home, ".gitconfig"),
    "[user]\nname = Li Wei\nemail = li.wei@example.com\n[init]\ndefaultBranch = main\n[safe]\ndirectory = *\n",
  );
  const emulator = await startEmulator({});
  onTestFinished(() => emulator.close());
  const env = {
    PATH: `${join(home, "npm/bin")}:${process.env.PATH}`,
    HOME: home,
    npm_config_prefix: join(home, "npm"),
    npm_config_cache: join(home, "cache"),
    PARTNERCTL_ALLOWED_HOSTS: new URL(emulator.url).host,
    CI: "true",
  };
  const run = async (command: string, args: readonly string[], cwd: string) =>
    (await execa(command, args, { cwd, env, extendEnv: false })).stdout;
  await run("git", ["init", "--quiet", "--bare", bare], place);
  cpSync(resolve(root, "examples", example), clone, { recursive: true });
  const settings = join(clone, "partnerctl.yaml");
  writeFileSync(
    settings,
    readFileSync(settings, "utf8").replaceAll("http://127.0.0.1:8021", emulator.url),
  );
  const git = (...args: readonly string[]) => run("git", args, clone);
  for (const args of [
    ["init", "--quiet"],
    ["remote", "add", "origin", bare],
    ["add", "--all"],
    ["commit", "--quiet", "--message", "An account"],
  ])
    await git(...args);
  await git("push", "--quiet", "origin", "main");
  // What npm pack would build first is there already.
  const pack = () =>
    run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", place, root], place);
  const command = join(home, "npm/bin/partnerctl");
  const tarball = installed ? linked(join(home, "npm")) : join(place, await pack());
  if (installed) await serveBinary(command);
  const own: Hosted = {
    bare,
    clone,
    emulator: emulator.url,
    env,
    package: tarball,
    keepInstalled: async () => {
      own.package = "";
      await serveBinary(command);
    },
    git,
    push: async (path, change) => {
      const file = join(clone, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, change(readFileSync(file, "utf8")));
      await git("add", "--all");
      await git("commit", "--quiet", "--message", `Change ${path}`);
      const branch = await git("branch", "--show-current");
      await git("push", "--quiet", "--force", "origin", branch);
      return git("rev-parse", "HEAD");
    },
  };
  return own;
}

/** Puts the package where npm would install it. */
function linked(prefix: string): "" {
  for (const folder of ["bin", "lib/node_modules"])
    mkdirSync(join(prefix, folder), { recursive: true });
  symlinkSync(root, join(prefix, "lib/node_modules/partnerctl"));
  return "";
}

/**
 * How many of the emulator's requests there were of each method but for reading and signing in, and
 * which.
 */
export async function written({ emulator }: Hosted): Promise<readonly string[]> {
  const { requests } = (await (await fetch(`${emulator}/_emulator/requests`)).json()) as {
    readonly requests: readonly { readonly method: string; readonly url: string }[];
  };
  await fetch(`${emulator}/_emulator/requests`, { method: "DELETE" });
  return requests
    .filter(({ method, url }) => method !== "GET" && method !== "HEAD" && !url.includes("/oauth2/"))
    .map(({ method, url }) => `${method} ${url}`);
}
