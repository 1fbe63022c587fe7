import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import type { Application } from "../../src/operations/apply.ts";
import { validate } from "../../src/operations/validate.ts";
import { memoryFolder } from "../crash/memory-folder.ts";
import { each } from "../crash/scene.ts";
import type { Desk, Workshop } from "../operations/workshop.ts";
import type { Document } from "../properties/accounts.ts";
import { clocked } from "./clocked.ts";
import { faultsOf, patience, type Round } from "./draw-faults.ts";

import { type Chapter, retold, type Story, storyOf } from "./draw-story.ts";
import { happen } from "./drift.ts";
import { expectDeclared } from "./expected.ts";
import { forget, publish } from "./fresh-clone.ts";
import { Died, mortal } from "./mortal.ts";
import { composition, recordsOf } from "./records.ts";
import { calm, demand, errorsOf, once, said, wire, wired } from "./wired.ts";

/** How many stories, or for how many seconds; the story of a seed is the same every time. */
const seeds = Number(process.env.SEEDS ?? 100);
const seconds = process.env.SECONDS === undefined ? undefined : Number(process.env.SECONDS);
const first = Number(process.env.SEED ?? 1);
/** A story waits for its emulator half of the time. */
const atOnce = 4;

/** A story that is being told. */
interface Telling {
  readonly story: Story;
  readonly emulator: Emulator;
  readonly shop: Workshop;
  readonly beside: string;
  readonly applications: Application[];
  /** Customers the tool did not make. */
  readonly others: Set<string>;
  readonly what: string;
}

const counted = { stories: 0, applies: 0, deaths: 0, clones: 0, writes: 0, orders: 0, unknown: 0, lost: 0 };
const faults = new Map<string, number>();
const failures: string[] = [];

test("whatever is declared and whatever goes wrong on the wire: running again gets there, and nothing happens twice", async () => {
  process.env.PARTNERCTL_LEDGER_KEY = "a secret of this test alone";
  const until = performance.now() + (seconds ?? 0) * 1000;
  const wanted = Array.from({ length: seconds === undefined ? seeds : 1_000_000 }, (_, index) => first + index);
  await each(wanted, atOnce, async (seed) => {
    if (seconds === undefined || performance.now() < until) await told(seed);
  });
  const kinds = [...faults].sort().map(([kind, count]) => `${count} ${kind}`);
  const { stories, applies, writes, orders, unknown, lost, deaths, clones } = counted;
  process.stderr.write(
    `soak: ${stories} stories from seed ${first}, ${applies + deaths} runs (${deaths} died, ${clones} on a fresh clone), ${writes} writes sent, ${orders} lines ordered, ${unknown} outcomes unknown at first, ${lost} credentials lost and named; faults: ${kinds.join(", ")}\n`,
  );
  if (failures.length > 0) throw new Error(failures.join("\n\n"));
  // So many stories meet every sort of fault.
  if (stories >= 100) expect(faults.size).toBe(10);
}, 86_400_000);

async function told(seed: number): Promise<void> {
  const story = storyOf(seed);
  const emulator = await wire({ seed: String(seed) });
  emulator.control.setTraps({ provisioning: story.provisioning, lag: { subscriptions: story.lag, users: story.lag } });
  const shop = await wired(emulator, undefined, patience);
  // What the example's people decided for it is nothing to anybody else.
  rmSync(join(shop.folder, "policies"), { recursive: true, force: true });
  const beside = memoryFolder("partnerctl-remote-");
  const telling: Telling = { story, emulator, shop, beside, applications: [], others: new Set(), what: `SEED=${seed}` };
  try {
    if (story.git) await publish(shop, beside);
    for (const [index, chapter] of story.chapters.entries()) await tell(telling, chapter, index === story.chapters.length - 1);
    await demandSecrecy(telling);
  } catch (error) {
    failures.push(`SEED=${seed} SEEDS=1 npm run soak\n${retold(story)}\n${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    count(telling);
    shop.end();
    rmSync(beside, { recursive: true, force: true });
    await emulator.close();
  }
}

/** Something happens in the account, something is declared, and it is applied; where there is time, until it is reached. */
async function tell(telling: Telling, { incidents, declared, rounds, hurried }: Chapter, last: boolean): Promise<void> {
  const { shop, emulator, others, applications, what } = telling;
  const documents = declared.map(({ document }) => document);
  const before = happen(emulator.control.dump(), incidents);
  emulator.control.restore(before);
  for (const one of incidents) if ("added" in one && one.added === "customer") others.add(one.key);
  const expected = structuredClone(recordsOf(before));
  expectDeclared(expected, declared);
  const ready = () => prepare(telling, documents);
  await ready();
  const remarks = await remarksOf(shop);
  for (const round of rounds) await disturbed(telling, round, ready);
  if (hurried && !last) return;
  applications.push(
    ...(await calm(shop, emulator, { what, remarks, before: ready, pass: () => emulator.control.advance(patience), at: atDesk(telling) })),
  );
  await demand(shop, emulator, { composed: composition(expected), what, others });
}

/** Every clock is the emulator's. */
function atDesk({ emulator }: Telling): (desk: Desk) => Desk {
  return (desk) => clocked(desk, emulator);
}

/** Writes the manifests, with a ledger in git on a machine that knows nothing else. */
async function prepare({ story, shop, beside }: Telling, documents: readonly Document[]): Promise<void> {
  if (story.git) {
    await forget(shop, beside);
    counted.clones += 1;
  }
  const manifests = join(shop.folder, "manifests");
  rmSync(manifests, { recursive: true, force: true });
  mkdirSync(manifests);
  writeFileSync(join(manifests, "all.yaml"), documents.map((one) => JSON.stringify(one)).join("\n---\n"));
}

/** What the compiler remarks of the manifests, which it demands to be valid. */
async function remarksOf(shop: Workshop): Promise<ReadonlySet<string>> {
  const { ok, diagnostics } = await shop.at(({ project }) => validate(project));
  expect({ ok, errors: errorsOf(diagnostics) }).toEqual({ ok: true, errors: [] });
  return new Set(diagnostics.map(said));
}

async function disturbed(telling: Telling, round: Round, ready: () => Promise<unknown>): Promise<void> {
  const { shop, emulator, applications } = telling;
  const at = atDesk(telling);
  const { parallelism, dies, after } = round;
  emulator.control.advance(after);
  emulator.control.clearFaults();
  emulator.control.addFault(...faultsOf(round));
  if (telling.story.git) await ready();
  try {
    applications.push(await once(shop, { parallelism, disturbed: true }, (desk) => (dies ? mortal(at(desk), dies) : at(desk))));
  } catch (error) {
    if (dies === undefined || !(error instanceof Died)) throw error;
    counted.deaths += 1;
  }
}

/** What was handed out is nowhere but in the sink. */
async function demandSecrecy({ shop, applications, what }: Telling): Promise<void> {
  const told = JSON.stringify([await shop.entries(), applications]);
  for (const secret of await shop.secrets()) expect(told.includes(secret), `${what}: a secret on record`).toBe(false);
}

function count({ emulator, applications }: Telling): void {
  const requests = emulator.control.requests();
  const results = applications.flatMap(({ receipt }) => receipt?.results ?? []);
  counted.stories += 1;
  counted.applies += applications.length;
  counted.writes += requests.filter(({ method, url }) => method !== "GET" && !url.includes("/oauth2/")).length;
  counted.orders += composition(recordsOf(emulator.control.dump())).filter((line) => line.startsWith("ordered ")).length;
  counted.unknown += results.filter(({ status }) => status === "unknown").length;
  counted.lost += results.filter(({ credential }) => credential === "lost").length;
  for (const { fault } of requests) if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1);
}
