import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { Adapter } from "../../src/model/adapter.ts";
import { LedgerMoved, type Owner } from "../../src/model/ledger/ledger.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import type { Leasing } from "../../src/store/ledger/lease/held-lease.ts";
import { takeLease } from "../../src/store/ledger/lease/lease.ts";
import type { Machine } from "../../src/store/ledger/file/machine.ts";
import { things } from "../crash/scene.ts";
import { SimulatedCrash, withCrash } from "../faults/with-crash.ts";
import { firstSeenBy, type SimulatedClock, simulatedClock } from "../simulated-clock.ts";
import { type OpenedProject, type ProjectHarness, setUpProject } from "./project-harness.ts";

const options = {
  actor: "li.wei",
  allow: ["irreversible"],
  interactive: false,
  confirm: async () => true,
  parallelism: 1,
};

async function shopWith(clock: SimulatedClock, machine: Machine): Promise<ProjectHarness> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  shop.surround({ clock, machine });
  return shop;
}

/** A machine of its own, which knows nothing of the processes of others. */
function machineOf(name: string): Machine {
  return {
    identity: { bootId: name, pidNamespace: "pid:[1]", startTime: "1" },
    isDead: () => false,
  };
}

/** A desk whose lease nobody renews: it is lost with its process. */
function unrenewed(desk: OpenedProject, clock: SimulatedClock): OpenedProject {
  const owner: Owner = {
    actor: "li.wei",
    host: "runner-1",
    pid: 1,
    token: randomUUID(),
    bootId: "runner-1",
  };
  const leasing: Leasing = {
    owner,
    clock,
    leaseSeconds: 300,
    machine: machineOf("runner-1"),
    firstSeen: firstSeenBy(clock),
  };
  return {
    ...desk,
    writers: { ...desk.writers, lease: ({ founding }) => takeLease(desk.open(founding), leasing) },
  };
}

const left = ({ plan, receipt }: ApplyResult) =>
  (plan?.changes.length ?? 0) -
  (receipt?.results.filter(({ status }) => status === "done").length ?? 0);

test("a lost runner costs one lease, and the lag for what was open; all else goes on at once", async () => {
  const clock = simulatedClock(new Date().toISOString());
  const shop = await shopWith(clock, machineOf("runner-2"));
  shop.simulate({ lag: 60 });
  // The second entry it writes is its first intent: nobody knows whether that was sent.
  const lost = shop.at((desk) => {
    const { project, view, writers } = withCrash(unrenewed(desk, clock), { at: 2, written: true });
    return apply(project, view, writers, options);
  });
  await expect(lost).rejects.toBeInstanceOf(SimulatedCrash);
  const [open = ""] = await shop.at(async ({ view }) =>
    Object.values((await view.state()).open).map(({ address }) => address),
  );
  expect(open).not.toBe("");

  for (const seconds of [300, 1]) {
    const locked = await shop.apply();
    expect(locked).toMatchObject({
      status: "locked",
      held: { heldBy: { host: "runner-1" }, leftSeconds: seconds },
    });
    expect(locked.diagnostics[0]?.hint).toContain(`over in ${seconds} seconds`);
    await clock.pass(seconds === 300 ? 299_000 : 1_000);
  }
  const next = await shop.apply();
  const done = next.receipt?.results.filter(({ status }) => status === "done") ?? [];
  expect(done.length).toBeGreaterThan(0);
  expect(next.receipt?.results.find(({ address }) => address === open)?.status).not.toBe("done");
  await clock.pass(59_000);
  expect(
    (await shop.apply()).receipt?.results.find(({ address }) => address === open)?.status,
  ).not.toBe("done");
  await clock.pass(2_000);
  await shop.apply();
  await clock.pass(61_000);
  const last = await shop.apply();
  expect(left(last)).toBe(last.plan?.changes.filter(({ by }) => by === "manual").length);
  const state = await shop.at(({ view }) => view.state());
  expect([
    Object.keys(state.open),
    state.ids[open as keyof typeof state.ids] === undefined,
  ]).toEqual([[], false]);
});

test("who waits takes over by itself once the lease is over", async () => {
  const clock = simulatedClock(new Date().toISOString());
  const shop = await shopWith(clock, machineOf("runner-2"));
  const lost = shop.at((desk) => {
    const { project, view, writers } = withCrash(unrenewed(desk, clock), { at: 1, written: true });
    return apply(project, view, writers, options);
  });
  await expect(lost).rejects.toBeInstanceOf(SimulatedCrash);
  const began = clock.now().getTime();
  const short = shop.apply({ wait: 100 });
  expect(await ending(short, clock)).toMatchObject({
    status: "locked",
    held: { leftSeconds: 200 },
  });
  const waiting = shop.apply({ wait: 360 });
  expect((await ending(waiting, clock)).status).toBe("applied");
  const taken = (await shop.entries()).flatMap((one) =>
    one.type === "leased" && one.owner.host !== "runner-1" ? [Date.parse(one.at)] : [],
  );
  expect((Math.min(...taken) - began) / 1000).toBe(300);
});

test("a holder that sleeps between its intent and the request sends nothing once somebody else has the lease", async () => {
  const clock = simulatedClock(new Date().toISOString());
  const shop = await shopWith(clock, machineOf("runner-1"));
  const asleep = shop.at(async ({ project, view, writers }) => {
    const write: Adapter["write"] = async (change, context) => {
      // The machine sleeps for 25 minutes: its monotonic clock stands still, and no timer of its
      // own fires.
      clock.suspend(1_500_000);
      await shop.takeOver();
      return writers.adapter.write(change, context);
    };
    const adapter = { ...writers.adapter, write };
    return apply(project, { ...view, reader: adapter }, { ...writers, adapter }, options);
  });
  await expect(asleep).rejects.toBeInstanceOf(LedgerMoved);
  expect(things(shop.kept.account).filter(({ kind }) => kind !== "User")).toEqual([]);
});

test("one that slept and still holds it goes on, after it has asked the ledger", async () => {
  const clock = simulatedClock(new Date().toISOString());
  const shop = await shopWith(clock, machineOf("runner-1"));
  let naps = 0;
  const { status } = await shop.at(async ({ project, view, writers }) => {
    const write: Adapter["write"] = async (change, context) => {
      if (naps === 0) clock.suspend(1_500_000);
      naps += 1;
      return writers.adapter.write(change, context);
    };
    const adapter = { ...writers.adapter, write };
    return apply(project, { ...view, reader: adapter }, { ...writers, adapter }, options);
  });
  expect([status, naps > 1]).toEqual(["applied", true]);
  expect((await shop.entries()).filter(({ type }) => type === "leased")).toHaveLength(2);
});

test("after a lease was ended by force its holder may still send for as long as one lasts, and that is waited for", async () => {
  const clock = simulatedClock(new Date().toISOString());
  const shop = await shopWith(clock, machineOf("runner-2"));
  const lost = shop.at((desk) => {
    const { project, view, writers } = withCrash(unrenewed(desk, clock), { at: 2, written: true });
    return apply(project, view, writers, options);
  });
  await expect(lost).rejects.toBeInstanceOf(SimulatedCrash);
  await shop.unlock("switched off");
  const opened = async () =>
    Object.keys(await shop.at(async ({ view }) => (await view.state()).open)).length;
  expect((await shop.apply()).status).toBe("applied");
  expect(await opened()).toBe(1);
  await clock.pass(299_000);
  await shop.apply();
  expect(await opened()).toBe(1);
  await clock.pass(2_000);
  await shop.apply();
  expect(await opened()).toBe(0);
});

/** Lets time pass until something has ended, and returns how. */
async function ending<T>(work: Promise<T>, clock: SimulatedClock): Promise<T> {
  let over = false;
  const mark = () => {
    over = true;
  };
  work.then(mark, mark);
  while (!over) await clock.step();
  return work;
}
