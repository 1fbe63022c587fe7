import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, sha256 } from "../../../src/model/values/digest.ts";
import type { Event } from "../../../src/model/ledger/ledger.ts";
import { beginning, entryAfter, readChain } from "../../../src/store/ledger/chain/chain.ts";
import { fileTraits } from "../../../src/store/ledger/file/file.ts";
import { readerOf, type StoredLedger } from "../../../src/store/ledger/chain/stored-ledger.ts";
import { verify } from "../../../src/store/ledger/chain/verify.ts";
import { joinLines, measureBytes } from "../../../src/store/ledger/byte-log.ts";
import { chainText, foundingOf, linesOfPieces, signer } from "../test-ledger.ts";

const words = fc.array(fc.string({ unit: "binary", minLength: 1 }), {
  minLength: 1,
  maxLength: 20,
});

function events(runs: readonly string[]): readonly Event[] {
  const founded = {
    at: "2026-03-01T08:00:00Z",
    type: "founded",
    version: 1,
    key: signer.publicKey,
    ...foundingOf(),
  } as const;
  return [
    founded,
    ...runs.map(
      (run) =>
        ({
          at: "2026-03-01T08:00:00Z",
          type: "run-closed",
          run,
          done: 0,
          failed: 0,
          unknown: 0,
        }) as const,
    ),
  ];
}

/** A ledger of exactly these bytes, as verification sees it. */
function ledgerOf(bytes: Uint8Array): StoredLedger {
  const look = async () => ({ ...linesOfPieces(bytes, 100), saw: async () => {} });
  const extend = () => Promise.reject(new Error("only read"));
  const closed = { extend, repair: extend };
  return {
    ...readerOf({ traits: fileTraits, where: "here", measure: measureBytes, look, ...closed }),
    rekey: extend,
    append: () => Promise.reject(new Error("only read")),
  };
}

test("a hash is that of the canonical JSON of all the rest", () => {
  const { text } = chainText(events(["a"]), beginning, signer);
  for (const line of text.trimEnd().split("\n")) {
    const { hash, ...rest } = JSON.parse(line);
    expect(hash).toBe(sha256(canonical(rest)));
    expect(line).toBe(canonical({ ...rest, hash }));
  }
});

test("what is chained is read again, however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(words, fc.integer({ min: 1, max: 300 }), async (runs, size) => {
      const { text, end } = chainText(events(runs), beginning, signer);
      const bytes = Buffer.from(text);
      const found: string[] = [];
      let last = beginning;
      for await (const batch of readChain(linesOfPieces(bytes, size), beginning)) {
        for (const entry of batch.entries) if (entry.type === "run-closed") found.push(entry.run);
        last = batch.end;
      }
      expect(found).toEqual(runs);
      expect(last).toEqual(end);
      expect(end.offset).toBe(bytes.length);
    }),
  );
});

test("any one byte that is changed, taken out or put in is noticed", async () => {
  const { text, end } = chainText(events(["a", "b", "c"]), beginning, signer);
  const bytes = Buffer.from(text);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.nat(255),
      fc.constantFrom(0, 1),
      fc.constantFrom(0, 1),
      async (at, byte, out, into) => {
        const changed = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(into, byte),
          bytes.subarray(at + out),
        ]);
        const found = await verify(ledgerOf(changed), end.head);
        expect(found.complete).toBe(changed.equals(bytes));
      },
    ),
    { numRuns: 200 },
  );
});

test("an entry that cannot follow says why", () => {
  const { text } = chainText(events(["a", "b"]), beginning, signer);
  const [, first = "", second = ""] = text.split("\n");
  expect(() => entryAfter(beginning, second)).toThrow("Line 1 holds entry 3");
  expect(() => entryAfter({ seq: 2, head: "f".repeat(64) }, second)).toThrow("does not follow");
  expect(() => entryAfter(beginning, first.replace('"run":"a"', '"run":"z"'))).toThrow(
    "was edited",
  );
  expect(() => entryAfter(beginning, "null")).toThrow("is not an entry");
});

test("an event that its schema does not know is not written", () => {
  expect(() => chainText(events([""]), beginning, signer)).toThrow("an event that is none: /run");
});

/** One append's lines: founded, a, b, c. */
function linesOf(): readonly string[] {
  return chainText(events(["a", "b", "c"]), beginning, signer)
    .text.trimEnd()
    .split("\n");
}

async function read(lines: readonly string[]): Promise<number> {
  let seq = 0;
  for await (const { end } of readChain(
    linesOfPieces(Buffer.from(joinLines(lines)), 100),
    beginning,
  ))
    seq = end.seq;
  return seq;
}

test("an append counts when its last line is there, and not before", async () => {
  const lines = linesOf();
  for (const count of [0, 1, 2, 3]) expect(await read(lines.slice(0, count))).toBe(0);
  expect(await read(lines)).toBe(4);
});

test.each([
  [
    "has no founding entry",
    ([, b, ...rest]: readonly Fields[]) => [{ ...b, appendLines: 3 }, ...rest],
    "Entry 3 does not found a ledger",
  ],
  [
    "founds a second time",
    (all: readonly Fields[]) => [...all, { ...all[0], appendLines: undefined }],
    "Entry 5 is not signed.",
  ],
  [
    "begins another before the first has ended",
    ([a, b, ...rest]: readonly Fields[]) => [a, { ...b, appendLines: 2 }, ...rest],
    "Entry 2 begins",
  ],
  [
    "is signed too early",
    ([a, b, c, d]: readonly Fields[]) => [a, { ...b, appendSignature: d?.appendSignature }, c, d],
    "Entry 2 ends",
  ],
  [
    "lacks its signature",
    ([a, b, c, d]: readonly Fields[]) => [a, b, c, { ...d, appendSignature: undefined }],
    "Entry 4 is not signed.",
  ],
])("an append that %s is not believed", async (_, change, words) => {
  await expect(read(rechained(change(linesOf().map((line) => JSON.parse(line)))))).rejects.toThrow(
    words,
  );
});

type Fields = Readonly<Record<string, unknown>>;

/** The same entries with their right numbers and hashes, as anybody can make them. */
function rechained(entries: readonly (Fields | undefined)[]): readonly string[] {
  let prev = "0".repeat(64);
  return entries.map((entry, index) => {
    const body = { ...entry, seq: index + 1, prev, hash: undefined };
    const before = prev;
    prev = sha256(canonical(body));
    return canonical({ ...body, prev: before, hash: prev });
  });
}
