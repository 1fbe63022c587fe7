import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, sha256 } from "../../../src/model/digest.ts";
import type { Event } from "../../../src/model/ledger.ts";
import { beginning, chain, entryAfter, readChain } from "../../../src/store/ledger/chain.ts";
import { readerOf, type StoredLedger } from "../../../src/store/ledger/stored.ts";
import { verify } from "../../../src/store/ledger/verify.ts";

const words = fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 20 });

function events(runs: readonly string[]): readonly Event[] {
  return runs.map((run) => ({ at: "2026-03-01T08:00:00Z", type: "run-closed", run, done: 0, failed: 0, unknown: 0 }));
}

/** Text in pieces of these many bytes. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A ledger of exactly these bytes, as verification sees it. */
function ledgerOf(bytes: Uint8Array): StoredLedger {
  const snapshot = async () => ({
    size: bytes.length,
    read: (from: number, to: number) => pieces(bytes.subarray(from, to), 100),
  });
  return { ...readerOf(snapshot), where: "here", snapshot, append: () => Promise.reject(new Error("only read")) };
}

test("a hash is that of the canonical JSON of all the rest", () => {
  const { text } = chain(events(["a"]), beginning);
  const { hash, ...rest } = JSON.parse(text);
  expect(hash).toBe(sha256(canonical(rest)));
  expect(text).toBe(`${canonical({ ...rest, hash })}\n`);
});

test("what is chained is read again, however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(words, fc.integer({ min: 1, max: 300 }), async (runs, size) => {
      const { text, end } = chain(events(runs), beginning);
      const bytes = Buffer.from(text);
      const found: string[] = [];
      let last = beginning;
      for await (const batch of readChain(pieces(bytes, size), beginning)) {
        for (const entry of batch.entries) found.push(entry.type === "run-closed" ? entry.run : "");
        last = batch.end;
      }
      expect(found).toEqual(runs);
      expect(last).toEqual(end);
      expect(end.offset).toBe(bytes.length);
    }),
  );
});

test("any one byte that is changed, taken out or put in is noticed", async () => {
  const { text, end } = chain(events(["a", "b", "c"]), beginning);
  const bytes = Buffer.from(text);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.constantFrom(0, 1), fc.constantFrom(0, 1), async (at, byte, out, into) => {
      const changed = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(into, byte), bytes.subarray(at + out)]);
      const found = await verify(ledgerOf(changed), end.head);
      expect(found.complete).toBe(changed.equals(bytes));
    }),
    { numRuns: 500 },
  );
});

test("an entry that cannot follow says why", () => {
  const { text } = chain(events(["a", "b"]), beginning);
  const [first = "", second = ""] = text.split("\n");
  expect(() => entryAfter(beginning, second)).toThrow("line 1 holds entry 2");
  expect(() => entryAfter({ seq: 1, head: "f".repeat(64) }, second)).toThrow("does not follow");
  expect(() => entryAfter(beginning, first.replace('"run":"a"', '"run":"z"'))).toThrow("was edited");
  expect(() => entryAfter(beginning, "null")).toThrow("is not an entry");
});
