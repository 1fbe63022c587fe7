import { rmSync } from "node:fs";
import type { Plan } from "../../src/model/plan/plan.ts";
import { memoryFolder } from "../crash/memory-folder.ts";
import {
  applyAt,
  applyOn,
  open,
  pass,
  planOn,
  type CollisionHarness,
  settleOn,
  type Weaken,
} from "./acts.ts";
import { time as newTime } from "./clocks.ts";
import { founding } from "./declared.ts";
import { type Host, hostsOf, leaseSeconds } from "./desk.ts";
import { type Asleep, declaredLag, type Planned, type Story } from "./draw-story.ts";
import { forge } from "./forge.ts";
import { type Findings, judged, type Snapshot, snapshot } from "./judge.ts";
import { gate } from "./mishaps.ts";
import { serviceOf } from "./service.ts";

/** Plays a story to its end and says what was found. */
export async function runStory(story: Story, weaken: Weaken = (desk) => desk): Promise<Findings> {
  const root = memoryFolder("partnerctl-collisions-");
  const time = newTime();
  const [, first, second] = story.skews;
  const machines = [
    time.machine("ada", first),
    ...(story.ledger === "git" ? [time.machine("grace", second)] : []),
  ];
  const service = await serviceOf(story, { time, root });
  const site = {
    story,
    root,
    hosts: hostsOf(story, machines, root),
    processes: 0,
    rose: false,
    decided: false,
  };
  const stage: CollisionHarness = {
    site,
    time,
    service,
    weaken,
    applications: [],
    trouble: [],
    doubts: [],
  };
  try {
    return await acted(stage);
  } finally {
    await service.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Plans, applies, waits and applies again, and looks at the books after each act. */
async function acted(stage: CollisionHarness): Promise<Findings> {
  const { story } = stage.site;
  if (!story.young) await found(stage);
  const plans = new Map<number, Plan>();
  for (const [index, planned] of story.plans.entries())
    if (planned.early) plans.set(index, await make(stage, planned));
  if (story.dearer) stage.site.rose = true;
  await applyAll(stage, plans);
  const before = await snapshot(stage);
  const overdue = story.lag > declaredLag ? await overdueActs(stage) : undefined;
  return judged(stage, {
    plans,
    before,
    ...(overdue && { overdue }),
    after: await lastActs(stage),
  });
}

async function found(stage: CollisionHarness): Promise<void> {
  await applyOn(stage, { host: hostOf(stage, 0), version: founding });
  await pass(stage, stage.site.story.lag + 1);
}

function hostOf({ site: { hosts } }: CollisionHarness, machine: number): Host {
  const host = hosts[machine % hosts.length];
  if (!host) throw new Error("a story has a machine at least");
  return host;
}

async function make(stage: CollisionHarness, { version, machine, forged }: Planned): Promise<Plan> {
  const plan = await planOn(stage, hostOf(stage, machine), version);
  return forged ? forge(plan, forged, stage.service) : plan;
}

async function applyAll(stage: CollisionHarness, plans: Map<number, Plan>): Promise<void> {
  const { story } = stage.site;
  let sleeper: Sleeper | undefined;
  for (const [turn, index] of story.order.entries()) {
    const planned = story.plans[index];
    if (!planned) continue;
    const host = sleeper?.isSuspended
      ? otherThan(stage, sleeper.host)
      : hostOf(stage, planned.machine);
    host.machine.set(story.jumps[turn] ?? 0);
    const plan = plans.get(index) ?? (await make(stage, planned));
    plans.set(index, plan);
    const saved: Saved = { host, planned, plan };
    if (turn === 0 && story.asleep) sleeper = await fallAsleep(stage, saved, story.asleep);
    else await applySaved(stage, saved, turn === 0 ? story.lost : undefined);
    await pass(stage, story.pauses[turn] ?? 0);
    if (turn > 0 && sleeper) await wakeUp(stage, sleeper, { host, version: planned.version });
    if (turn > 0) sleeper = undefined;
  }
  if (story.again) await applyAgain(stage, plans);
}

function otherThan({ site: { hosts } }: CollisionHarness, host: Host): Host {
  return hosts.find((one) => one !== host) ?? host;
}

interface Saved {
  readonly host: Host;
  readonly planned: Planned;
  readonly plan: Plan;
}

async function applySaved(
  stage: CollisionHarness,
  { host, planned, plan }: Saved,
  lost?: Story["lost"],
): Promise<void> {
  const { detached } = planned;
  const version = checkedOut(stage, planned);
  await applyOn(stage, {
    host,
    version,
    plan,
    ...(detached && { detached, marked: true }),
    ...(lost && { lost }),
  });
}

/** What is detached is applied from whatever the manifests are by then. */
function checkedOut({ site: { story } }: CollisionHarness, { detached, version }: Planned): number {
  return detached ? story.plans.length - 1 : version;
}

async function applyAgain(
  stage: CollisionHarness,
  plans: ReadonlyMap<number, Plan>,
): Promise<void> {
  const [index = 0] = stage.site.story.order;
  const [planned, plan] = [stage.site.story.plans[index], plans.get(index)];
  if (planned && plan)
    await applySaved(stage, { host: hostOf(stage, planned.machine), planned, plan });
}

/** Who holds the lease, and neither goes on nor gives it back. */
interface Sleeper {
  readonly host: Host;
  readonly isSuspended: boolean;
  readonly settled: boolean;
  wake(): Promise<void>;
}

/**
 * Applies until the first order, and stops there for longer than a lease; undefined where nothing
 * is ordered.
 */
async function fallAsleep(
  stage: CollisionHarness,
  { host, planned, plan }: Saved,
  { at, how, wakes, settled }: Asleep,
): Promise<Sleeper | undefined> {
  const closed = gate(at);
  const { desk, process } = open(stage, host, {
    version: checkedOut(stage, planned),
    gate: closed,
  });
  const options = { plan, ...(planned.detached && { detached: true, marked: true }) };
  const applying = applyAt(stage, desk, options).catch(
    (error: unknown) => void stage.trouble.push(String(error)),
  );
  const stopped = await Promise.race([closed.reached.then(() => true), applying.then(() => false)]);
  if (!stopped) return undefined;
  const isSuspended = how === "machine suspended";
  if (isSuspended) host.machine.sleep();
  else process.stop();
  return {
    ...{ host, isSuspended, settled },
    wake: async () => {
      if (!wakes) {
        process.stop();
        host.dead.add(desk.pid);
      }
      await (isSuspended ? host.machine.wake() : wakes && process.resume());
      if (!wakes) return;
      closed.open();
      await applying;
      await desk.writers.adapter.close?.();
    },
  };
}

/**
 * It goes on, once somebody else has applied what is theirs, and may have settled and ordered what
 * it left open.
 */
async function wakeUp(
  stage: CollisionHarness,
  sleeper: Sleeper,
  { host, version }: { readonly host: Host; readonly version: number },
): Promise<void> {
  if (sleeper.settled) {
    await settleOn(stage, host, version);
    await applyOn(stage, { host, version });
  }
  await pass(stage, leaseSeconds);
  await sleeper.wake();
}

/** What the adapter says has long been due does not show yet. */
async function overdueActs(stage: CollisionHarness): Promise<Snapshot> {
  const version = stage.site.story.plans.length - 1;
  for (let round = 0; round < 2; round += 1) {
    if (round === 0) await pass(stage, declaredLag + 1);
    await applyOn(stage, { host: hostOf(stage, round), version });
  }
  return snapshot(stage);
}

/** All shows; a person decides what is theirs to decide, and two more applies are made. */
async function lastActs(stage: CollisionHarness): Promise<Snapshot> {
  const { story } = stage.site;
  const [version, host] = [story.plans.length - 1, hostOf(stage, 0)];
  stage.site.decided = true;
  for (let round = 0; round < 2; round += 1) {
    await pass(stage, Math.max(story.lag, declaredLag) + 1);
    await applyOn(stage, { host, version, allow: ["irreversible", "seats", "money"] });
    await settleOn(stage, host, version);
  }
  await pass(stage, Math.max(story.lag, declaredLag) + 1);
  return snapshot(stage);
}
