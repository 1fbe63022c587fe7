import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { openAccount } from "../../src/cli/project/account.ts";
import type { Invocation } from "../../src/cli/parse/command.ts";
import { openStoredLedger } from "../../src/cli/project/ledger.ts";
import { openProject, type Workspace } from "../../src/cli/project/project.ts";
import { terminal } from "../../src/cli/output/terminal.ts";
import { lookAfterPurchases } from "../../src/conformance/look-after.ts";
import type { Entry } from "../../src/model/ledger/ledger.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { exportAccount } from "../../src/operations/export/export.ts";
import { planChanges } from "../../src/operations/plan/plan.ts";
import { english } from "../../src/report/language/language.ts";
import { folderStore } from "../../src/store/credentials/credential-store.ts";
import {
  newIdentity,
  openCredentials,
  type StoredCredential,
} from "../../src/store/credentials/credentials.ts";
import { verify } from "../../src/store/ledger/index.ts";
import { partnerctl } from "../cli/one-process.ts";
import { memoryFolder } from "./memory-folder.ts";

const here = import.meta.dirname;
const example = resolve(here, "../../examples/contoso");

/** Everything is tried, at every step; otherwise a spread that takes a minute or so. */
export const exhaustive = process.env.CRASH === "all";

/**
 * A scratch folder with a copy of the binary, which a build going on elsewhere cannot take away.
 */
export interface Scratch {
  readonly folder: string;
  readonly binary: string;
  readonly identity: string;
  readonly recipient: string;
  end(): void;
}

/** A new one. */
export async function scratch(): Promise<Scratch> {
  const folder = memoryFolder("partnerctl-crash-");
  cpSync(resolve(here, "../../dist"), join(folder, "dist"), { recursive: true });
  cpSync(resolve(here, "../../languages"), join(folder, "languages"), { recursive: true });
  writeFileSync(join(folder, "dist/package.json"), '{ "type": "module" }\n');
  return {
    folder,
    binary: join(folder, "dist/partnerctl.js"),
    ...(await newIdentity()),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A copy of the example whose credentials we can read; `edit` changes its settings. */
export function project(
  { folder, recipient }: Scratch,
  name: string,
  edit = (settings: string) => settings,
): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const entry of readdirSync(example))
    if (entry !== ".partnerctl")
      cpSync(join(example, entry), join(path, entry), { recursive: true });
  const settings = readFileSync(join(path, "partnerctl.yaml"), "utf8").replace(
    /age1[a-z0-9]+/,
    recipient,
  );
  writeFileSync(join(path, "partnerctl.yaml"), edit(settings));
  return path;
}

/** How a process ended. */
export interface Ended {
  readonly status: number | undefined;
  readonly killed: boolean;
  readonly said: string;
}

/** Runs the binary, broken as `sabotage` says. */
export async function run(
  { binary }: Scratch,
  folder: string,
  {
    args,
    sabotage,
    told,
    host,
    ahead,
    env,
  }: {
    readonly args: readonly string[];
    readonly sabotage?: string;
    /** Where it is written at what sort of step the process died. */
    readonly told?: string;
    readonly host?: string;
    /** How many seconds later it is. */
    readonly ahead?: number;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<Ended> {
  const broken = sabotage !== undefined || host !== undefined || ahead !== undefined;
  const { exitCode, signal, stdout, stderr } = await execa(process.execPath, [binary, ...args], {
    cwd: folder,
    reject: false,
    stdin: "ignore",
    env: {
      NO_COLOR: "1",
      CI: "",
      ...env,
      NODE_OPTIONS: broken ? `--import=${join(here, "saboteur.mjs")}` : "",
      ...(sabotage && { SABOTAGE: sabotage }),
      ...(told && { SABOTAGE_TOLD: told }),
      ...(host && { SABOTAGE_HOST: host }),
      ...(ahead !== undefined && { SABOTAGE_AHEAD: String(ahead) }),
    },
  });
  return { status: exitCode, killed: signal === "SIGKILL", said: `${stdout}\n${stderr}` };
}

/** What the steps of an undisturbed run were, from the file they were counted in. */
export function stepsIn(file: string): readonly string[] {
  return readFileSync(file, "utf8").split("\n");
}

/** The apply of the example. */
export const apply = ["apply", "--yes", "--allow", "irreversible"] as const;

/** An object as the account's file has it. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  readonly parentId?: string;
  readonly spec: { readonly [field: string]: unknown };
  readonly passwordHash?: string;
}

/** Every object that was ever in an account, as it is now. */
export function things(account: string): readonly Thing[] {
  const found = new Map<string, Thing>();
  for (const line of wholeLines(join(account, "account.jsonl")))
    for (const one of (JSON.parse(line) as { objects: Thing[] }).objects)
      found.set(one.id + one.kind, one);
  return [...found.values()];
}

/** A file's lines that were written to their end. */
export function wholeLines(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
}

/** What an account is made of, whatever the ids: each object with the key of its parent. */
export function composition(account: string): readonly string[] {
  const all = things(account);
  const keys = new Map(all.map(({ id, key }) => [id, key]));
  return all
    .map(({ kind, key, parentId }) => `${kind} ${keys.get(parentId ?? "") ?? ""} ${key}`)
    .sort();
}

/** A project looked at from inside, when nobody writes to it. */
export interface Looked {
  readonly plan: Plan;
  /** The export as one text, without the ids. */
  readonly exported: string;
  readonly entries: readonly Entry[];
  readonly consistent: boolean;
}

/** How a project is opened from inside. */
async function accountOf(folder: string) {
  const workspace = await open(folder);
  const flags = { project: folder, format: "text" } as const;
  const invocation: Invocation = {
    words: [],
    flags,
    terminal: terminal({ ...flags, quiet: true }, english),
    version: "0",
  };
  const { project } = workspace;
  return {
    workspace,
    project,
    ...(await openAccount(workspace, invocation, { signal: new AbortController().signal })),
  };
}

/**
 * Runs the binary in the process of all such runs: where nothing is broken, there is nothing that a
 * process of its own would show.
 */
export async function runUnbroken(
  folder: string,
  { args, env }: Pick<Parameters<typeof run>[2], "args" | "env">,
): Promise<Ended> {
  const { status, stdout, stderr } = await partnerctl(folder, args, {
    env: { NO_COLOR: "1", ...env },
  });
  return { status, killed: false, said: `${stdout}\n${stderr}` };
}

/**
 * Runs it, lets a person look after purchases that do not show (nothing else may say that they did
 * not happen), and runs it again where there were any.
 */
export async function runToEnd(...[place, folder, how]: Parameters<typeof run>): Promise<Ended> {
  const isBroken = [how.sabotage, how.host, how.ahead].some((one) => one !== undefined);
  const start = () => (isBroken ? run(place, folder, how) : runUnbroken(folder, how));
  const ended = await start();
  if (ended.status !== 0 && ended.status !== 3) return ended;
  const { close, ...account } = await accountOf(folder);
  try {
    const before = (await account.view.state()).seq;
    await lookAfterPurchases(account);
    if ((await account.view.state()).seq === before) return ended;
  } finally {
    await close();
  }
  return start();
}

/** Plans, exports and verifies. */
export async function look(folder: string): Promise<Looked> {
  const { workspace, view, close } = await accountOf(folder);
  try {
    const planned = await planChanges(workspace.project, view, {});
    const exported = await exportAccount(workspace.project, view);
    if (!planned.ok || !exported.ok)
      throw new Error(JSON.stringify([...planned.diagnostics, ...exported.diagnostics]));
    const text = [...exported.value]
      .map(([file, content]) => `# ${file}\n${content}`)
      .join("")
      .replaceAll(/^ +id: .*\n/gm, "");
    return { plan: planned.value, exported: text, ...(await recorded(workspace)) };
  } finally {
    await close();
  }
}

/** What a project's ledger holds. */
export async function ledgerOf(folder: string): Promise<Pick<Looked, "entries" | "consistent">> {
  return recorded(await open(folder));
}

async function recorded(workspace: Workspace) {
  const ledger = openStoredLedger(workspace);
  const entries: Entry[] = [];
  for await (const entry of ledger.entries()) entries.push(entry);
  const { consistent } = await verify(ledger);
  return { entries, consistent };
}

async function open(folder: string): Promise<Workspace> {
  const opened = await openProject({ project: folder, format: "text" }, "0");
  if (!opened.ok) throw new Error(JSON.stringify(opened.diagnostics));
  return opened.value;
}

/** Every credential in a sink, oldest first. */
export async function credentials(
  { identity }: Pick<Scratch, "identity">,
  sink: string,
): Promise<readonly StoredCredential[]> {
  if (!existsSync(sink)) return [];
  return [...(await openCredentials(await folderStore(sink).read(), identity))].sort(
    (left, right) => (left.at < right.at ? -1 : 1),
  );
}

/** Works on every item, so many at once. */
export async function each<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
