import { expect } from "vitest";
import type { Emulator, LoggedRequest } from "../../src/emulator/emulator.ts";
import { each } from "../crash/scene.ts";
import { change, type ProjectHarness } from "../operations/project-harness.ts";
import { composition, recordsOf } from "./records.ts";
import {
  calm,
  demand,
  type Kept,
  keep,
  once,
  type Ordering,
  setUpEmulatedProject,
} from "./emulated-project.ts";

/** A request that an undisturbed apply sends: the nth of its sort. */
export interface Site {
  readonly method: string;
  readonly path: string;
  readonly nth: number;
}

/** An apply to be disturbed, and what it comes to when it is not. */
export interface Phase {
  readonly name: string;
  readonly from: Kept;
  readonly orders: Ordering;
  readonly prepare: (shop: ProjectHarness) => void;
  /** What it makes of the account. */
  readonly composed: readonly string[];
  readonly writes: readonly Site[];
  /** The first of every sort, signing in included. */
  readonly readings: readonly Site[];
}

/** The example's account built from nothing. */
export function recordBuilding(
  emulator: Emulator,
  orders: Ordering = "direct",
): ReturnType<typeof recordPhase> {
  return recordPhase(emulator, {
    name: "building",
    orders,
    from: { folder: "", account: emulator.control.dump() },
    prepare: () => {},
  });
}

/** The same, and then changed in every way there is. */
export async function recordPhases(
  emulator: Emulator,
  orders: Ordering = "direct",
): Promise<readonly Phase[]> {
  const { phase, kept } = await recordBuilding(emulator, orders);
  const changing = { name: "changing", orders, from: kept, prepare: change };
  return [phase, (await recordPhase(emulator, changing)).phase];
}

async function recordPhase(
  emulator: Emulator,
  { name, orders, from, prepare }: Pick<Phase, "name" | "orders" | "from" | "prepare">,
): Promise<{ readonly phase: Phase; readonly kept: Kept }> {
  const shop = await setUpEmulatedProject(emulator, { from, orders });
  prepare(shop);
  await once(shop, { parallelism: 1, disturbed: false });
  const sent = emulator.control.requests();
  expect(await calm(shop, emulator)).toHaveLength(1);
  const composed = composition(recordsOf(emulator.control.dump()));
  await demand(shop, emulator, { composed, what: name });
  const kept = keep(shop, emulator);
  shop.end();
  const writes = sites(sent, ({ method, url }) => method !== "GET" && !url.includes("/oauth2/"));
  const readings = sites(
    sent,
    ({ method, url }) => method === "GET" || url.includes("/oauth2/"),
  ).filter(({ nth }) => nth === 1);
  return { phase: { name, orders, from, prepare, composed, writes, readings }, kept };
}

function sites(
  sent: readonly LoggedRequest[],
  which: (request: LoggedRequest) => boolean,
): readonly Site[] {
  const before = new Map<string, number>();
  return sent.filter(which).map(({ method, url }) => {
    const path = `^${url
      .replace(/\?.*$/s, "")
      .replaceAll(/=/g, "\\=")
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "[0-9a-f-]{36}")
      .replaceAll("$", "\\$")}(\\?|$)`;
    const nth = (before.get(method + path) ?? 0) + 1;
    before.set(method + path, nth);
    return { method, path, nth };
  });
}

/** Works on all of them, each on an emulator that is free; all that failed is told together. */
export async function onEach<T>(
  emulators: readonly Emulator[],
  trials: readonly T[],
  work: (emulator: Emulator, trial: T) => Promise<void>,
): Promise<void> {
  const free = [...emulators];
  const failures: unknown[] = [];
  await each(trials, emulators.length, async (trial) => {
    const emulator = free.pop() as Emulator;
    await work(emulator, trial).catch((error: unknown) => failures.push(error));
    free.push(emulator);
  });
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("\n"));
}
