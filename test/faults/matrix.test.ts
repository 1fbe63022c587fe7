import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Emulator, Fault, LoggedRequest } from "../../src/emulator/emulator.ts";
import { each } from "../crash/scene.ts";
import { change, type Workshop } from "../operations/workshop.ts";
import { calm, composition, demand, type Kept, keep, once, wire, wired } from "./wired.ts";

/** Everything is tried; otherwise a spread in which every write, every reading and every fault has its turns. */
const exhaustive = process.env.FAULTS === "all";
const seed = Number(process.env.SEED ?? 1);
const atOnce = 3;

/** What befalls a write. A client that waits a quarter of a second sees a slow body whole, and a silent one never. */
const ofWrites: readonly Fault[] = [
  { kind: "lost" },
  { kind: "reset" },
  { kind: "status", status: 429, retryAfter: "0.01" },
  ...[500, 502, 503].flatMap((status) => [false, true].map((effect) => ({ kind: "status", status, effect }) as const)),
  { kind: "timeout" },
  { kind: "timeout", effect: true },
  { kind: "expired-token" },
  { kind: "etag" },
  { kind: "slow", seconds: 0.1 },
  { kind: "malformed" },
  { kind: "cut" },
];
/** What befalls a reading; a lagging list shows how things were before any of this. */
const ofReadings: readonly Fault[] = [
  ...ofWrites.filter(({ kind, effect }) => !["lost", "etag"].includes(kind) && !effect),
  { kind: "lag", seconds: 900 },
];

/** A request that an undisturbed apply sends: the nth of its sort. */
interface Site {
  readonly method: string;
  readonly path: string;
  readonly nth: number;
}

interface Phase {
  readonly name: string;
  readonly from: Kept;
  readonly prepare: (shop: Workshop) => void;
  /** What an undisturbed apply makes of the account. */
  readonly composed: readonly string[];
  readonly writes: readonly Site[];
  readonly readings: readonly Site[];
}

interface Trial {
  readonly phase: Phase;
  readonly site: Site;
  readonly fault: Fault;
}

const counted = { runs: 0, struck: 0, applies: 0, lost: 0, unknown: 0 };
const emulators: Emulator[] = [];
const phases: Phase[] = [];

beforeAll(async () => {
  for (let made = 0; made < atOnce; made += 1) emulators.push(await wire());
  const [emulator] = emulators as [Emulator];
  const building = await rehearsed(emulator, { name: "building", from: { folder: "", account: emulator.control.dump() }, prepare: () => {} });
  phases.push(building.phase, (await rehearsed(emulator, { name: "changing", from: building.kept, prepare: change })).phase);
});

afterAll(async () => {
  for (const emulator of emulators) await emulator.close();
  for (const { from } of phases) rmSync(from.folder, { recursive: true, force: true });
  const sites = phases.map(({ writes }) => writes.length).reduce((sum, count) => sum + count, 0);
  const { runs, struck, applies, lost, unknown } = counted;
  process.stderr.write(`faults: ${runs} runs of ${applies} applies, ${struck} faults struck among ${sites} writes, ${unknown} outcomes unknown at first, ${lost} credentials lost and named\n`);
});

test("each fault in each write, and then again without: the account is as declared, and nothing happened twice", async () => {
  const trials = phases.flatMap((phase) => phase.writes.flatMap((site, index) => some(ofWrites, index, 2).map((fault) => ({ phase, site, fault }))));
  await tryAll(trials);
}, 3_600_000);

test("each fault in each sort of reading, and in signing in", async () => {
  const trials = phases.flatMap((phase) => phase.readings.flatMap((site, index) => some(ofReadings, index, 1).map((fault) => ({ phase, site, fault }))));
  await tryAll(trials);
}, 3_600_000);

/** All of them, or as many as are asked for, other ones for each site and seed. */
function some(faults: readonly Fault[], index: number, count: number): readonly Fault[] {
  if (exhaustive) return faults;
  return Array.from({ length: count }, (_, turn) => faults[(index * count + turn * 7 + seed * 5) % faults.length]).filter((fault) => fault !== undefined);
}

/** An apply that nothing disturbs, for what it sends and what it makes. */
async function rehearsed(emulator: Emulator, { name, from, prepare }: Pick<Phase, "name" | "from" | "prepare">): Promise<{ readonly phase: Phase; readonly kept: Kept }> {
  const shop = await wired(emulator, from);
  prepare(shop);
  await once(shop, 1, false);
  const sent = emulator.control.requests();
  expect(await calm(shop, emulator)).toHaveLength(1);
  const composed = composition(emulator.control.dump());
  await demand(shop, emulator, { composed, what: name });
  const kept = keep(shop, emulator);
  shop.end();
  const writes = sites(sent, ({ method, url }) => method !== "GET" && !url.includes("/oauth2/"));
  const readings = sites(sent, ({ method, url }) => method === "GET" || url.includes("/oauth2/")).filter(({ nth }) => nth === 1);
  return { phase: { name, from, prepare, composed, writes, readings }, kept };
}

function sites(sent: readonly LoggedRequest[], which: (request: LoggedRequest) => boolean): readonly Site[] {
  const before = new Map<string, number>();
  return sent.filter(which).map(({ method, url }) => {
    const path = `^${url.replace(/\?.*$/s, "").replaceAll(/=/g, "\\=").replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "[0-9a-f-]{36}").replaceAll("$", "\\$")}(\\?|$)`;
    const nth = (before.get(method + path) ?? 0) + 1;
    before.set(method + path, nth);
    return { method, path, nth };
  });
}

async function tryAll(trials: readonly Trial[]): Promise<void> {
  expect(trials.length).toBeGreaterThan(20);
  const free = [...emulators];
  const failures: unknown[] = [];
  await each(trials, atOnce, async (trial) => {
    const emulator = free.pop() as Emulator;
    await tried(emulator, trial).catch((error: unknown) => failures.push(error));
    free.push(emulator);
  });
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("\n"));
}

async function tried(emulator: Emulator, { phase, site, fault }: Trial): Promise<void> {
  const what = `${phase.name}: ${JSON.stringify({ ...site, ...fault })}`;
  const shop = await wired(emulator, phase.from);
  try {
    phase.prepare(shop);
    emulator.control.addFault({ ...fault, ...site });
    const first = await once(shop, 1, true).catch((error: unknown) => Promise.reject(new Error(what, { cause: error })));
    const [struck] = emulator.control.faults();
    expect(struck?.happened, `${what}: did not happen`).toBe(1);
    const rounds = [first, ...(await calm(shop, emulator, what))];
    await demand(shop, emulator, { composed: phase.composed, what });
    const results = rounds.flatMap(({ receipt }) => receipt?.results ?? []);
    counted.runs += 1;
    counted.applies += rounds.length;
    counted.struck += struck?.happened ?? 0;
    counted.unknown += results.filter(({ status }) => status === "unknown").length;
    counted.lost += results.filter(({ credential }) => credential === "lost").length;
  } finally {
    shop.end();
  }
}
