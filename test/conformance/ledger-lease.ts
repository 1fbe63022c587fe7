import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import {
  type Event,
  type Hash,
  type Ledger,
  LedgerMoved,
  LedgerUnavailable,
  type ProcessIdentity,
  type WatchedLease,
} from "../../src/model/ledger/ledger.ts";
import { openLedgerState } from "../../src/store/ledger/index.ts";
import {
  keepRenewing,
  type LedgerLease,
  type Leasing,
} from "../../src/store/ledger/lease/held-lease.ts";
import { endLease, takeLease } from "../../src/store/ledger/lease/lease.ts";
import type { Machine } from "../../src/store/ledger/file/machine.ts";
import { firstSeenBy, type SimulatedClock, simulatedClock } from "../simulated-clock.ts";
import { all, type Fixture, noted, noteOf } from "./ledger-subject.ts";

/**
 * One run at a time may write, and none is kept out for longer than a lease by one that is dead.
 */
export function leaseConformance(fixture: () => Fixture): void {
  describe("its lease", () => {
    let clock: SimulatedClock;
    beforeEach(() => {
      clock = simulatedClock();
    });

    /** Somebody on a machine of their own, whose clock is another one where that is given. */
    const someone = (actor: string, { machine = machineOf(actor), by = clock } = {}): Leasing => ({
      owner: { actor, host: "build", pid: 4711, token: randomUUID(), ...machine.identity },
      ...{ clock: by, leaseSeconds: 300, machine, firstSeen: firstSeenBy(by) },
    });

    test("is held by one at a time, and the other is told by whom, since when and for how long", async () => {
      const mine = await taken(fixture().open(), someone("ada"));
      const grace = someone("grace");
      const held = await takeLease(fixture().forget(), grace);
      expect(held).toMatchObject({
        heldBy: mine.owner,
        since: "2026-03-01T08:00:00.000Z",
        seconds: 300,
        leftSeconds: 300,
      });
      await clock.pass(100_000);
      expect(await takeLease(fixture().forget(), grace)).toMatchObject({ leftSeconds: 200 });
      await mine.release();
      await taken(fixture().forget(), grace);
    });

    test("taken at the same moment goes to one", async () => {
      const both = await Promise.all([
        takeLease(fixture().open(), someone("ada")),
        takeLease(fixture().forget(), someone("grace")),
      ]);
      expect(both.filter((one) => "heldBy" in one)).toHaveLength(1);
    });

    test("lasts as long as it is renewed, and since the same moment", async () => {
      const mine = await taken(fixture().open(), someone("ada"));
      const grace = someone("grace");
      for (let renewal = 0; renewal < 3; renewal += 1) {
        expect(await takeLease(fixture().open(), grace)).toMatchObject({
          heldBy: { actor: "ada" },
          leftSeconds: 300,
        });
        await clock.pass(299_000);
        await mine.renew();
      }
      expect(await takeLease(fixture().open(), grace)).toMatchObject({
        since: "2026-03-01T08:00:00.000Z",
        leftSeconds: 300,
      });
    });

    test("is superseded once a watcher has seen it unrenewed for its length; who lost it is stopped by the next write", async () => {
      const mine = await taken(fixture().open(), someone("ada"));
      const grace = someone("grace");
      expect(await takeLease(fixture().forget(), grace)).toMatchObject({ leftSeconds: 300 });
      await clock.pass(299_000);
      expect(await takeLease(fixture().forget(), grace)).toMatchObject({ leftSeconds: 1 });
      await clock.pass(1_000);
      const yours = await taken(fixture().forget(), grace);
      await expect(mine.journal.append([noted("too late")])).rejects.toBeInstanceOf(LedgerMoved);
      await expect(mine.renew()).rejects.toBeInstanceOf(LedgerMoved);
      await yours.journal.append([noted("in time")]);
      const released = (await all(fixture().open())).find(({ type }) => type === "released");
      expect(released).toMatchObject({ owner: { actor: "ada" }, endedBy: { actor: "grace" } });
      expect(released).not.toHaveProperty("reason");
    });

    test("is judged by no time of day: neither by the holder's nor by the watcher's, wrong by 25 minutes either way", async () => {
      for (const wrong of [25, -25]) {
        const mine = await taken(fixture().open(), someone("ada"));
        const theirs = simulatedClock(
          new Date(Date.parse("2026-03-01T08:00:00Z") + wrong * 60_000).toISOString(),
        );
        const grace = someone("grace", { by: theirs });
        expect(await takeLease(fixture().forget(), grace)).toMatchObject({ leftSeconds: 300 });
        theirs.set(3_600_000);
        expect(await takeLease(fixture().forget(), grace)).toMatchObject({ leftSeconds: 300 });
        await mine.release();
      }
    });

    test("of a process that is known to be dead is superseded at once, one that cannot be known is watched", async () => {
      await taken(fixture().open(), someone("ada"));
      const knowing = {
        ...machineOf("grace"),
        isDead: ({ bootId }: ProcessIdentity) => bootId === "ada",
      };
      const far = await taken(fixture().open(), someone("grace", { machine: knowing }));
      expect(
        await takeLease(fixture().open(), someone("edsger", { machine: knowing })),
      ).toMatchObject({ heldBy: { actor: "grace" } });
      await far.release();
    });

    test("can be waited for: until it is given back, until it is over, or for as long as was said", async () => {
      const signal = new AbortController().signal;
      const began: WatchedLease[] = [];
      const mine = await taken(fixture().open(), someone("ada"));
      const waiting = {
        seconds: 360,
        signal,
        begins: (held: WatchedLease) => void began.push(held),
      };
      const released = takeLease(fixture().forget(), someone("grace"), waiting);
      await until(clock, () => began.length === 1);
      await mine.release();
      const second = await ending(released, clock);
      expect(second).toMatchObject({ owner: { actor: "grace" } });
      const short = await ending(
        takeLease(fixture().open(), someone("alan"), { seconds: 60, signal }),
        clock,
      );
      expect(short).toMatchObject({ heldBy: { actor: "grace" }, leftSeconds: 240 });
      const over = await ending(
        takeLease(fixture().open(), someone("edsger"), { seconds: 360, signal }),
        clock,
      );
      expect(over).toMatchObject({ owner: { actor: "edsger" } });
    });

    test("is not ended by unlocking before it is over, unless there is a reason, which goes on record", async () => {
      const grace = someone("grace");
      expect(await endLease(fixture().open(), grace)).toBeUndefined();
      await taken(fixture().open(), someone("ada"));
      expect(await endLease(fixture().open(), grace)).toMatchObject({
        heldBy: { actor: "ada" },
        ended: false,
      });
      await clock.pass(300_000);
      expect(await endLease(fixture().open(), grace)).toMatchObject({
        heldBy: { actor: "ada" },
        ended: true,
      });
      await taken(fixture().forget(), someone("alan"));
      expect(await endLease(fixture().open(), { ...grace, reason: "switched off" })).toMatchObject({
        ended: true,
      });
      expect((await openLedgerState(fixture().open())).lease).toBeUndefined();
      const reasons = (await all(fixture().open())).flatMap((one) =>
        one.type === "released" ? [one.reason] : [],
      );
      expect(reasons).toEqual([undefined, "switched off"]);
    });

    test("its journal writes what arrives together as one, in order", async () => {
      const mine = await taken(fixture().open(), someone("ada"));
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => mine.journal.append([noted(`${index}`)])),
      );
      expect(mine.journal.syncs()).toBeLessThanOrEqual(3);
      expect((await all(fixture().forget())).slice(2).map(noteOf)).toEqual(
        Array.from({ length: 40 }, (_, index) => `${index}`),
      );
      expect(mine.journal.head()).toBe(await fixture().forget().head());
    });

    describe("as its holder trusts it", () => {
      const renewals = async () =>
        (await all(fixture().open())).filter(({ type }) => type === "leased").length - 1;

      test.each<readonly [string, (clock: SimulatedClock) => void | Promise<void>, number]>([
        ["under half of its length by both clocks: from memory", (clock) => clock.pass(149_000), 0],
        ["half of it has passed: the ledger is asked", (clock) => clock.pass(150_000), 1],
        [
          "the machine slept, so that the monotonic clock stood still: the ledger is asked",
          (clock) => clock.suspend(1_500_000),
          1,
        ],
        [
          "the time of day was set back meanwhile: the ledger is asked",
          async (clock) => {
            clock.set(-1_500_000);
            await clock.pass(150_000);
          },
          1,
        ],
      ])("%s", async (_, befalls, asked) => {
        const mine = await taken(fixture().open(), someone("ada"));
        await befalls(clock);
        expect(await mine.confirm()).toBeGreaterThan(150_000 - 1);
        expect(await renewals()).toBe(asked);
      });

      test("a holder that slept while somebody else took it over is told so, and that before it sends anything", async () => {
        const mine = await taken(fixture().open(), someone("ada"));
        const theirs = simulatedClock();
        const grace = someone("grace", { by: theirs });
        await takeLease(fixture().forget(), grace);
        await theirs.pass(300_000);
        await taken(fixture().forget(), grace);
        clock.suspend(300_000);
        await expect(mine.confirm()).rejects.toBeInstanceOf(LedgerMoved);
      });

      test("a renewal that fails is tried again, by whoever needs it and in the background", async () => {
        const away = unreachable(fixture().open());
        const leasing = someone("ada");
        const mine = await taken(away, leasing);
        const over = new AbortController();
        const kept = keepRenewing(mine, leasing, over.signal);
        away.fails(3);
        await until(clock, () => away.failed() === 3);
        await until(clock, async () => (await renewals()) > 0);
        over.abort();
        await kept;
        const before = await renewals();
        clock.suspend(200_000);
        away.fails(2);
        const confirmed = mine.confirm();
        await until(clock, () => away.failed() === 5);
        expect(await ending(confirmed, clock)).toBeGreaterThan(150_000);
        expect(await renewals()).toBe(before + 1);
      });

      test("a ledger that stays away for as long as the lease lasts ends the waiting", async () => {
        const away = unreachable(fixture().open());
        const mine = await taken(away, someone("ada"));
        clock.suspend(200_000);
        away.fails(Number.POSITIVE_INFINITY);
        const confirmed = mine.confirm().catch((error: unknown) => error);
        expect(await ending(confirmed, clock)).toBeInstanceOf(LedgerUnavailable);
      });

      test("a ledger that takes longer than half of the lease each time is of no use, and that is said", async () => {
        const slow = unreachable(fixture().open());
        const mine = await taken(slow, someone("ada"));
        slow.takes(() => clock.suspend(151_000));
        clock.suspend(200_000);
        await expect(mine.confirm()).rejects.toThrow(/ledger\.leaseSeconds: 300/);
      });
    });
  });
}

function machineOf(name: string): Machine {
  return {
    identity: { bootId: name, pidNamespace: "pid:[1]", startTime: "1" },
    isDead: () => false,
  };
}

async function taken(...args: Parameters<typeof takeLease>): Promise<LedgerLease> {
  const lease = await takeLease(...args);
  if ("heldBy" in lease) throw new Error(`held by ${lease.heldBy.actor}`);
  return lease;
}

/** Lets time pass until something has ended, and returns how. */
async function ending<T>(work: Promise<T>, clock: SimulatedClock): Promise<T> {
  let over = false;
  const mark = () => {
    over = true;
  };
  work.then(mark, mark);
  await until(clock, () => over);
  return work;
}

/** Lets time pass until something holds. */
async function until(
  clock: SimulatedClock,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let steps = 0; !(await holds()); steps += 1) {
    if (steps === 5_000) throw new Error("it never came to that");
    await clock.step();
  }
}

/** A ledger whose appends can be made to fail so many times, or to take their time. */
function unreachable(ledger: Ledger) {
  let left = 0;
  let failed = 0;
  let meanwhile = () => {};
  return {
    ...ledger,
    append: async (events: readonly Event[], after: Hash) => {
      meanwhile();
      if (left <= 0) return ledger.append(events, after);
      left -= 1;
      failed += 1;
      throw new LedgerUnavailable("the remote is away");
    },
    fails: (times: number) => {
      left = times;
    },
    failed: () => failed,
    takes: (work: () => void) => {
      meanwhile = work;
    },
  };
}
