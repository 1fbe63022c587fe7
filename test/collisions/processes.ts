import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { type Ended, look, run, runToEnd, type Scratch, wholeLines } from "../crash/scene.ts";
import { gitIn } from "../store/repository.ts";
import { counted } from "./acts.ts";
import { founding, type Order, ordersOf, sources } from "./declared.ts";
import { type Story, storyOf } from "./draw-story.ts";
import { ordersIn } from "./service.ts";

/** What happens between two processes that apply plans made before. */
export type Collision = "together" | "killed" | "stopped";

/** What a story of processes came to. */
export interface Ends {
  readonly what: Collision;
  readonly violations: readonly string[];
  readonly orders: number;
  readonly left: readonly string[];
  readonly statuses: readonly (number | undefined)[];
}

const env = { PARTNERCTL_LEDGER_KEY: "a secret of this test alone, and of no other one" };
const allow = ["--yes", "--allow", "irreversible"] as const;
const leaseSeconds = 2;

/**
 * Plays the first two plans of a seed's story as processes of the binary: two checkouts, the
 * account, and a ledger that both share.
 */
export async function playProcesses(scratch: Scratch, seed: number): Promise<Ends> {
  Object.assign(process.env, env);
  const what = (["together", "killed", "stopped"] as const)[seed % 3] ?? "together";
  const { limit: _, ...story } = storyOf(seed);
  const place = join(scratch.folder, `story-${seed}`);
  mkdirSync(place);
  // When to stop somebody is seen by the lines of the ledger's file.
  const folders = [0, 1].map((version) =>
    checkout(scratch, place, {
      name: `checkout-${version}`,
      git: seed % 2 === 0 && what !== "stopped",
    }),
  );
  const [first = "", second = ""] = folders;
  declare(first, story, founding);
  try {
    await demanded(run(scratch, first, { args: ["apply", ...allow], env }));
    for (const [version, folder] of folders.entries()) declare(folder, story, version);
    const statuses = await collide(scratch, { seed, what, first, second });
    for (const _ of ["one", "two"])
      statuses.push(
        (await patiently(() => runToEnd(scratch, second, { args: ["apply", ...allow], env })))
          .status,
      );
    const orders = ordersIn(join(place, "account"));
    const { plan, consistent } = await look(second);
    const left = [
      ...plan.problems.filter(({ severity }) => severity !== "note").map(({ code }) => code),
      ...plan.changes.map(({ id }) => id),
    ];
    return {
      what,
      statuses,
      left,
      orders: orders.length,
      violations: found(orders, {
        declared: ordersOf(story, 1),
        before: [founding, 0].flatMap((version) => ordersOf(story, version)),
        left,
        consistent,
      }),
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

interface Stage {
  readonly seed: number;
  readonly what: Collision;
  readonly first: string;
  readonly second: string;
}

async function collide(
  scratch: Scratch,
  { seed, what, first, second }: Stage,
): Promise<(number | undefined)[]> {
  const plan = (folder: string) =>
    demanded(run(scratch, folder, { args: ["plan", "--out", "plan.json"], env }));
  const saved = (folder: string, sabotage?: string) =>
    run(scratch, folder, {
      args: ["apply", "plan.json", ...allow],
      env,
      ...(sabotage && { sabotage }),
    });
  await plan(first);
  await plan(second);
  if (what === "together")
    return (await Promise.all([saved(first), saved(second)])).map(({ status }) => status);
  if (what === "killed")
    await saved(first, `kill-${seed % 4 < 2 ? "before" : "after"}:${10 + ((seed * 7) % 60)}`);
  const waiting = () => patiently(() => saved(second));
  if (what === "killed") return [(await waiting()).status];
  return stopped(scratch, first, async () => [(await waiting()).status]);
}

/**
 * Whoever holds the lease stops once it has told what it is about to order, and goes on when
 * somebody else has taken over.
 */
async function stopped<T>(
  { binary }: Scratch,
  folder: string,
  meanwhile: () => Promise<T>,
): Promise<T> {
  const holder = execa(process.execPath, [binary, "apply", "plan.json", ...allow], {
    cwd: folder,
    reject: false,
    env: { ...env, CI: "" },
  });
  let isOver = false;
  void holder.finally(() => {
    isOver = true;
  });
  const intents = () =>
    wholeLines(join(folder, "../ledger.jsonl")).filter((line) => line.includes('"type":"intent"'))
      .length;
  while (!isOver && intents() === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  holder.kill("SIGSTOP");
  const result = await meanwhile();
  holder.kill("SIGCONT");
  await holder;
  return result;
}

async function demanded(ending: Promise<Ended>): Promise<void> {
  const { status, said } = await ending;
  // 2: there is something to do. 5: a guard stops it, which is lifted when it is applied.
  if (![0, 2, 5].includes(status ?? -1)) throw new Error(said);
}

/** Until the lease of who is dead or stopped is over. */
async function patiently(work: () => Promise<Ended>): Promise<Ended> {
  for (let tries = 1; ; tries += 1) {
    const ended = await work();
    if (ended.status !== 6 || tries === 20) return ended;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function checkout(
  { recipient }: Scratch,
  place: string,
  { name, git }: { readonly name: string; readonly git: boolean },
): string {
  const folder = join(place, name);
  if (git && !readdirSync(place).includes("remote"))
    gitIn(place, "init", "--quiet", "--bare", "remote");
  if (git) gitIn(place, "clone", "--quiet", "--no-local", "remote", name);
  else mkdirSync(folder);
  const kept = git
    ? { type: "git", branch: "ledger", key: "${PARTNERCTL_LEDGER_KEY}" }
    : { path: "../ledger.jsonl" };
  const settings = {
    ...{ apiVersion: "partnercenter/v1", kind: "Settings", adapter: "local" },
    adapters: { local: { account: "../account", seed: 1 } },
    ledger: { ...kept, leaseSeconds },
    credentials: { folder: "../credentials", recipients: [recipient] },
  };
  writeFileSync(join(folder, "partnerctl.yaml"), stringify(settings));
  return folder;
}

function declare(folder: string, story: Story, version: number): void {
  mkdirSync(join(folder, "manifests"), { recursive: true });
  for (const { path, bytes } of sources(story, version)) writeFileSync(join(folder, path), bytes);
}

interface Seen {
  readonly declared: readonly Order[];
  /** What earlier versions declare: it may be so still where a person has to decide first. */
  readonly before: readonly Order[];
  readonly left: readonly string[];
  readonly consistent: boolean;
}

function found(
  orders: readonly Order[],
  { declared, before, left, consistent }: Seen,
): readonly string[] {
  const [there, wanted] = [counted(orders), counted(declared)];
  const known = left.length > 0 ? counted([...declared, ...before]) : wanted;
  return [
    ...[...there]
      .filter(([, count]) => count > 1)
      .map(([line, count]) => `ordered ${count} times: ${line}`),
    ...[...there.keys()]
      .filter((line) => !known.has(line))
      .map((line) => `declared by nobody: ${line}`),
    ...(left.length > 0
      ? []
      : [...wanted.keys()].filter((line) => !there.has(line)).map((line) => `lost: ${line}`)),
    ...(consistent ? [] : ["the ledger does not verify"]),
  ];
}
