import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Hash, LedgerBroken, LedgerMoved, noHash } from "../../src/model/ledger/ledger.ts";
import type { StoredLedger } from "../../src/store/ledger/chain/stored-ledger.ts";
import { verify } from "../../src/store/ledger/index.ts";
import { bundled } from "./bundled.ts";
import { auditConformance } from "./ledger-audit.ts";
import { leaseConformance } from "./ledger-lease.ts";
import { signingConformance } from "./ledger-signing.ts";
import { all, type Fixture, noted, noteOf, type Subject } from "./ledger-subject.ts";

const run = promisify(execFile);

/**
 * Hello! You have made a ledger. This is what everybody who writes to one, or reads it years later,
 * takes for granted.
 */
export function ledgerConformance(subject: Subject): void {
  describe(`${subject.name}: a ledger`, () => {
    let fixture: Fixture;
    let program = "";
    beforeAll(() => {
      program = bundled(new URL("./ledger-writer.ts", import.meta.url));
    });
    beforeEach(async () => {
      fixture = await subject.make();
    });
    afterAll(async () => {
      rmSync(program);
      await subject.clear();
    });

    describe("to begin with", () => {
      test("there is nothing, and looking does not make anything", async () => {
        const ledger = fixture.open();
        expect(await ledger.id()).toBe("");
        expect(await ledger.head()).toBe(noHash);
        expect(await all(ledger)).toEqual([]);
        expect(await verify(ledger)).toMatchObject({ entries: 0, consistent: true, problems: [] });
        expect(await fixture.forget().head()).toBe(noHash);
      });

      test("the first append founds it, with an id of its own", async () => {
        const ledger = fixture.open();
        const head = await ledger.append([noted("first")], noHash);
        const entries = await all(ledger);
        expect(entries.map(({ type, seq }) => [type, seq])).toEqual([
          ["founded", 1],
          ["run-closed", 2],
        ]);
        expect(entries[1]?.hash).toBe(head);
        expect(await ledger.id()).toMatch(/^[0-9a-f-]{36}$/);
        const other = (await subject.make()).open();
        await other.append([noted("first")], noHash);
        expect(await other.id()).not.toBe(await ledger.id());
      });
    });

    describe("as it grows", () => {
      test("what is appended is read, in order, by everybody, and keeps every character", async () => {
        const ledger = fixture.open();
        const notes = ["one", "zwei", "三 🎋", "line\nbreak", '","hash":"x', "\u2028\u0000\ud800"];
        let head = noHash;
        for (const note of notes)
          head = await ledger.append([noted(note), noted(`${note} again`)], head);
        for (const reader of [ledger, fixture.open(), fixture.forget()]) {
          expect((await all(reader)).slice(1).map(noteOf)).toEqual(
            notes.flatMap((note) => [note, `${note} again`]),
          );
          expect(await reader.head()).toBe(head);
        }
        expect(await verify(ledger, head)).toMatchObject({
          consistent: true,
          complete: true,
          entries: 13,
        });
      });

      test("it can be read from an entry on, but not from one it does not have", async () => {
        const ledger = fixture.open();
        const first = await ledger.append([noted("a")], noHash);
        await ledger.append([noted("b"), noted("c")], first);
        expect((await all(ledger, first)).map(noteOf)).toEqual(["b", "c"]);
        expect(await all(ledger, await ledger.head())).toEqual([]);
        await expect(all(ledger, "f".repeat(64))).rejects.toBeInstanceOf(LedgerBroken);
      });

      test("an append is refused where somebody else was first, and leaves nothing", async () => {
        const [mine, yours] = [fixture.open(), fixture.forget()];
        const head = await mine.append([noted("mine")], noHash);
        await expect(yours.append([noted("yours")], noHash)).rejects.toBeInstanceOf(LedgerMoved);
        const next = await yours.append([noted("yours")], head);
        await expect(mine.append([noted("mine again")], head)).rejects.toBeInstanceOf(LedgerMoved);
        expect(await mine.append([noted("mine again")], next)).toBe(await yours.head());
        expect((await all(yours)).slice(1).map(noteOf)).toEqual(["mine", "yours", "mine again"]);
      });

      test("of two that append the very same at the same time, one is refused", async () => {
        const head = await fixture.open().append([noted("start")], noHash);
        const events = [noted("same")];
        const ends = await Promise.allSettled([
          fixture.open().append(events, head),
          fixture.forget().append(events, head),
        ]);
        expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
        expect(ends.find((end) => end.status === "rejected")?.reason).toBeInstanceOf(LedgerMoved);
        expect(await all(fixture.open())).toHaveLength(3);
      });
    });

    if (subject.shared)
      processConformance(
        () => fixture,
        () => program,
      );
    leaseConformance(() => fixture);
    signingConformance(() => fixture);
    auditConformance(() => fixture);
  });
}

/** What holds when several processes open it. */
function processConformance(fixture: () => Fixture, program: () => string): void {
  describe("among processes", () => {
    test("processes that write against each other lose nothing and write nothing twice", async () => {
      const [each, writers] = [5, ["a", "b", "c"]];
      await Promise.all(
        writers.map((name) =>
          run(process.execPath, [program(), JSON.stringify([...elsewhere(fixture()), name, each])]),
        ),
      );
      const notes = (await all(fixture().forget())).slice(1).map(noteOf);
      expect([...notes].sort()).toEqual(
        writers
          .flatMap((name) => Array.from({ length: each }, (_, index) => `${name}${index}`))
          .sort(),
      );
      for (const name of writers)
        expect(notes.filter((note) => note.startsWith(name))).toEqual(
          Array.from({ length: each }, (_, index) => `${name}${index}`),
        );
    });

    test("a writer killed at any moment loses nothing it was told is kept", async () => {
      const kept: string[] = [];
      for (let round = 0; round < 8; round += 1)
        kept.push(...(await killed(program(), fixture(), `${round}-`)));
      const ledger = fixture().forget();
      const head = await appendLast(ledger);
      expect(await verify(ledger, head)).toMatchObject({
        consistent: true,
        complete: true,
        problems: [],
      });
      const notes = new Set((await all(ledger)).map(noteOf));
      expect(kept.length).toBeGreaterThanOrEqual(8);
      expect(kept.filter((one) => !notes.has(one))).toEqual([]);
    });
  });
}

/** What a killed process has sent may still arrive between a look and the append. */
async function appendLast(ledger: StoredLedger): Promise<Hash> {
  for (;;) {
    try {
      return await ledger.append([noted("end")], await ledger.head());
    } catch (error) {
      if (!(error instanceof LedgerMoved)) throw error;
    }
  }
}

function elsewhere(fixture: Fixture): readonly unknown[] {
  if (!fixture.elsewhere)
    throw new Error("a ledger that is shared tells how another process opens it");
  return fixture.elsewhere();
}

/**
 * Lets a process write, kills it some moment after its first word, and returns what it had said was
 * durable.
 */
async function killed(program: string, fixture: Fixture, name: string): Promise<readonly string[]> {
  const child = spawn(
    process.execPath,
    [program, JSON.stringify([...elsewhere(fixture), name, 1e9])],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await pause(Math.random() * 150);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  return said.split("\n").slice(0, -1);
}
