import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Dump, Emulator } from "../../src/emulator/emulator.ts";
import { lookAfterPurchases } from "../../src/conformance/look-after.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import type { ApplyResult } from "../../src/operations/apply/apply.ts";
import { settleByReading } from "../../src/operations/settle/settle-by-reading.ts";
import { validate } from "../../src/operations/project/validate.ts";
import type { OpenedProject, ProjectHarness } from "../operations/project-harness.ts";
import type { Document } from "../properties/accounts.ts";
import { clocked } from "./clocked.ts";
import { faultsOf, patience, type Round } from "./draw-faults.ts";
import type { Slip } from "./draw-slip.ts";
import type { Chapter, Story } from "./draw-story.ts";
import { happen, type Incident, idOfLive } from "./drift.ts";
import { type Aliased, expectDeclared } from "./expected.ts";
import { forget } from "./fresh-clone.ts";
import { SimulatedCrash, withCrash } from "./with-crash.ts";
import { overtaking } from "./overtaken.ts";
import { composition, recordsOf } from "./records.ts";
import { calm, demand, errorsOf, once, said } from "./emulated-project.ts";

/** A story that is being told. */
export interface StoryRun {
  readonly story: Story;
  readonly emulator: Emulator;
  readonly shop: ProjectHarness;
  /** A folder for what lasts when the project's is forgotten. */
  readonly beside: string;
  readonly applications: ApplyResult[];
  /** Customers the tool did not make. */
  readonly others: Set<string>;
  /** Those of them that the tool was about to make. */
  readonly rivals: Set<string>;
  /** The ids that manifests give, by kind and first key of what they mean. */
  readonly pins: Map<string, string>;
  /** How often it died, had the manifests refused, was overtaken, and began with a fresh clone. */
  readonly counted: { deaths: number; slips: number; overtaken: number; clones: number };
  readonly what: string;
}

/** A chapter that is being told: the account it began with, and what others made in it since. */
interface ChapterRun {
  readonly storyRun: StoryRun;
  readonly declared: readonly Aliased[];
  before: Dump;
  ready(): Promise<void>;
}

/**
 * Something happens in the account, something is declared, and it is applied; where there is time,
 * until it is reached.
 */
export async function runChapter(
  storyRun: StoryRun,
  { slip, incidents, declared, rounds, hurried }: Chapter,
  last: boolean,
): Promise<void> {
  const { shop, emulator, others, applications, what } = storyRun;
  if (slip) await refused(storyRun, slip);
  const before = happen(emulator.control.dump(), incidents);
  emulator.control.restore(before);
  for (const one of incidents) note(storyRun, one);
  const documents = declared.map((one) => pinned(storyRun, one));
  const scene: ChapterRun = {
    storyRun,
    declared,
    before,
    ready: () => prepare(storyRun, documents),
  };
  await scene.ready();
  const remarks = await remarksOf(shop);
  for (const round of rounds) await disturbed(scene, round);
  if (hurried && !last) return;
  const pass = () => emulator.control.advance(patience);
  applications.push(
    ...(await calm(shop, emulator, {
      what,
      remarks,
      before: scene.ready,
      pass,
      at: atDesk(storyRun),
    })),
  );
  const expected = structuredClone(recordsOf(scene.before));
  expectDeclared(expected, declared);
  await demand(shop, emulator, { composed: composition(expected), what, others });
}

/**
 * Nothing is made a second time because of a mistake, which is told instead and put right
 * afterwards.
 */
async function refused(storyRun: StoryRun, { documents, codes, meanwhile }: Slip): Promise<void> {
  const { shop, emulator, what } = storyRun;
  // What was settled a moment ago is left alone for a while.
  emulator.control.advance(patience);
  const right = emulator.control.dump();
  emulator.control.clearFaults();
  emulator.control.restore(happen(right, meanwhile));
  await prepare(storyRun, documents);
  await settleAll(storyRun);
  const before = composition(recordsOf(emulator.control.dump()));
  const { status, plan } = await once(shop, { parallelism: 16, disturbed: true }, atDesk(storyRun));
  expect(composition(recordsOf(emulator.control.dump())), `${what}: a slip`).toEqual(before);
  const problems = plan?.problems.map(({ code }) => code) ?? [];
  expect(
    [status, codes.some((code) => problems.includes(code))],
    `${what}: a slip: ${problems}, not ${codes}`,
  ).toEqual(["refused", true]);
  const now = emulator.control.dump();
  emulator.control.restore({
    ...now,
    account: { ...now.account, customers: right.account.customers ?? {} },
  });
  storyRun.counted.slips += 1;
}

/**
 * What a killed process left open hides what is wrong with the manifests: it is read twice, and
 * then a person looks.
 */
async function settleAll(storyRun: StoryRun): Promise<void> {
  const { shop, emulator } = storyRun;
  for (let reading = 1; reading <= 2; reading++) {
    await shop.at((desk) => {
      const { project, view, writers } = atDesk(storyRun)(desk);
      return settleByReading(project, view, writers);
    });
    emulator.control.advance(patience);
  }
  await shop.at((desk) => lookAfterPurchases(atDesk(storyRun)(desk)));
}

function note({ others }: StoryRun, one: Incident): void {
  if ("added" in one && one.added === "customer") others.add(one.key);
}

/** The document with the id that its object had when it was first pinned. */
function pinned({ pins, emulator }: StoryRun, one: Aliased): Document {
  const { document, aliases } = one;
  if (!one.pinned) return document;
  const which = `${document.kind} ${aliases[0]}`;
  const id =
    pins.get(which) ?? idOfLive(recordsOf(emulator.control.dump()), document.kind, aliases);
  if (id === undefined) throw new Error(`${which} is to be pinned, and is not there`);
  pins.set(which, id);
  return { ...document, metadata: { ...document.metadata, id } };
}

/** Every clock is the emulator's. */
function atDesk({ emulator }: StoryRun): (desk: OpenedProject) => OpenedProject {
  return (desk) => clocked(desk, emulator);
}

/** Writes the manifests, with a ledger in git on a machine that knows nothing else. */
async function prepare(
  { story, shop, beside, counted }: StoryRun,
  documents: readonly Document[],
): Promise<void> {
  if (story.git) {
    await forget(shop, beside);
    counted.clones += 1;
  }
  const manifests = join(shop.folder, "manifests");
  rmSync(manifests, { recursive: true, force: true });
  mkdirSync(manifests);
  writeFileSync(
    join(manifests, "all.yaml"),
    documents.map((one) => JSON.stringify(one)).join("\n---\n"),
  );
}

/** What the compiler remarks of the manifests, which it demands to be valid. */
async function remarksOf(shop: ProjectHarness): Promise<ReadonlySet<string>> {
  const { ok, diagnostics } = await shop.at(({ project }) => validate(project));
  expect({ ok, errors: errorsOf(diagnostics) }).toEqual({ ok: true, errors: [] });
  return new Set(diagnostics.map(said));
}

async function disturbed(scene: ChapterRun, round: Round): Promise<void> {
  const { storyRun, ready } = scene;
  const { shop, emulator, applications, story, counted } = storyRun;
  const { parallelism, dies, after, overtaken } = round;
  const at = atDesk(storyRun);
  emulator.control.advance(after);
  emulator.control.clearFaults();
  emulator.control.addFault(...faultsOf(round));
  if (story.git) await ready();
  const meanwhile = (plan: Plan) =>
    overtaken === undefined ? undefined : overtake(scene, plan, overtaken);
  try {
    applications.push(
      await once(shop, { parallelism, disturbed: true, meanwhile }, (desk) =>
        dies ? withCrash(at(desk), dies) : at(desk),
      ),
    );
  } catch (error) {
    if (dies === undefined || !(error instanceof SimulatedCrash)) throw error;
    counted.deaths += 1;
  }
}

function overtake(scene: ChapterRun, plan: Plan, nth: number): void {
  const { storyRun, declared } = scene;
  const { control } = storyRun.emulator;
  const incident = overtaking(plan, nth, { declared, records: recordsOf(scene.before) });
  if (incident === undefined) return;
  scene.before = happen(scene.before, [incident]);
  control.restore(happen(control.dump(), [incident]));
  note(storyRun, incident);
  if ("added" in incident && incident.added === "customer") storyRun.rivals.add(incident.key);
  storyRun.counted.overtaken += 1;
}
