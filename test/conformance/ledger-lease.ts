import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { beforeEach, describe, expect, test } from "vitest";
import { LedgerMoved, type Owner } from "../../src/model/ledger.ts";
import { openLedgerState } from "../../src/store/ledger/index.ts";
import { endLease, type Lease, takeLease } from "../../src/store/ledger/lease.ts";
import { all, type Fixture, noted, noteOf } from "./ledger-subject.ts";

/** One run at a time may write, and none is kept out by one that is dead. */
export function leaseConformance(fixture: () => Fixture): void {
  describe("its lease", () => {
    const start = Date.parse("2026-03-01T08:00:00Z");
    let clock = start;
    const now = () => new Date(clock);
    beforeEach(() => {
      clock = start;
    });
    const leasing = (owner: Owner, isAlive?: (holder: Owner) => boolean | undefined) => ({
      owner,
      now,
      leaseSeconds: 300,
      ...(isAlive && { isAlive }),
    });

    test("is held by one at a time, and the other is told by whom, since when", async () => {
      const mine = await taken(fixture().open(), leasing(someone("ada")));
      const held = await takeLease(fixture().forget(), leasing(someone("grace")));
      expect(held).toEqual({
        heldBy: mine.owner,
        since: "2026-03-01T08:00:00.000Z",
        until: "2026-03-01T08:05:00.000Z",
      });
      await mine.release();
      await taken(fixture().forget(), leasing(someone("grace")));
    });

    test("taken at the same moment goes to one", async () => {
      const both = await Promise.all([
        takeLease(fixture().open(), leasing(someone("ada"))),
        takeLease(fixture().forget(), leasing(someone("grace"))),
      ]);
      expect(both.filter((one) => "heldBy" in one)).toHaveLength(1);
    });

    test("lasts as long as it is renewed, and since the same moment", async () => {
      const mine = await taken(fixture().open(), leasing(someone("ada")));
      clock += 299_000;
      await mine.renew();
      clock += 299_000;
      expect(await takeLease(fixture().open(), leasing(someone("grace")))).toMatchObject({
        heldBy: { actor: "ada" },
        since: new Date(start).toISOString(),
      });
    });

    test("is superseded when its time is up; who lost it is stopped by the next write", async () => {
      const mine = await taken(fixture().open(), leasing(someone("ada")));
      clock += 301_000;
      const yours = await taken(fixture().forget(), leasing(someone("grace")));
      await expect(mine.journal.append([noted("too late")])).rejects.toBeInstanceOf(LedgerMoved);
      await expect(mine.renew()).rejects.toBeInstanceOf(LedgerMoved);
      await yours.journal.append([noted("in time")]);
      const released = (await all(fixture().open())).find(({ type }) => type === "released");
      expect(released).toMatchObject({ owner: { actor: "ada" }, endedBy: { actor: "grace" } });
    });

    test("of a process of this machine that is dead is superseded at once, one that cannot be known is not", async () => {
      const gone = { ...someone("ada"), host: hostname(), pid: deadPid() };
      await taken(fixture().open(), leasing(gone));
      const far = await taken(fixture().open(), leasing({ ...someone("grace"), host: "elsewhere", pid: gone.pid }));
      expect(await takeLease(fixture().open(), leasing(someone("edsger")))).toMatchObject({
        heldBy: { actor: "grace" },
      });
      await far.release();
    });

    test("of a living one is not ended by unlocking unless it is forced; a dead one is", async () => {
      expect(await endLease(fixture().open(), leasing(someone("grace")))).toBeUndefined();
      await taken(fixture().open(), leasing({ ...someone("ada"), host: "elsewhere" }));
      expect(await endLease(fixture().open(), leasing(someone("grace")))).toMatchObject({
        heldBy: { actor: "ada" },
        ended: false,
      });
      expect(
        await endLease(
          fixture().open(),
          leasing(someone("grace"), () => false),
        ),
      ).toMatchObject({ heldBy: { actor: "ada" }, ended: true });
      await taken(fixture().forget(), leasing({ ...someone("alan"), host: "elsewhere" }));
      expect(await endLease(fixture().open(), { ...leasing(someone("grace")), force: true })).toMatchObject({
        ended: true,
      });
      expect((await openLedgerState(fixture().open())).lease).toBeUndefined();
    });

    test("its journal writes what arrives together as one, in order", async () => {
      const mine = await taken(fixture().open(), leasing(someone("ada")));
      await Promise.all(Array.from({ length: 40 }, (_, index) => mine.journal.append([noted(`${index}`)])));
      expect(mine.journal.syncs()).toBeLessThanOrEqual(3);
      expect((await all(fixture().forget())).slice(2).map(noteOf)).toEqual(Array.from({ length: 40 }, (_, index) => `${index}`));
      expect(mine.journal.head()).toBe(await fixture().forget().head());
    });
  });
}

function someone(actor: string): Owner {
  return { actor, host: hostname(), pid: process.pid, token: randomUUID() };
}

async function taken(...args: Parameters<typeof takeLease>): Promise<Lease> {
  const lease = await takeLease(...args);
  if ("heldBy" in lease) throw new Error(`held by ${lease.heldBy.actor}`);
  return lease;
}

function deadPid(): number {
  return Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
}
