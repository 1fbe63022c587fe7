import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Digest } from "../../../src/model/values/digest.ts";
import { type Event, LedgerBroken, noHash } from "../../../src/model/ledger/ledger.ts";
import { openLedgerState } from "../../../src/store/ledger/chain/checkpoint.ts";
import { fileLedger } from "../../../src/store/ledger/file/file.ts";
import { readOnly } from "../disks.ts";
import { testLedger } from "../test-ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "checkpoint-"));
let folder = "";
let path = "";
let cache = "";
const ledger = () => fileLedger({ path, now: () => new Date(), ...testLedger });

beforeEach(() => {
  folder = mkdtempSync(join(scratch, "one-"));
  path = join(folder, "ledger.jsonl");
  cache = join(folder, "cache");
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** The digest of a plan with this number. */
function planOf(number: number): Digest {
  return `sha256:${String(number).padStart(64, "0")}`;
}

function spending(count: number, from = 0): readonly Event[] {
  return Array.from({ length: count }, (_, index) => ({
    at: "2026-03-01T08:00:00Z",
    type: "run-opened",
    run: `r${from + index}`,
    plan: planOf(from + index),
    account: "a",
    actor: "ada",
    allowed: [],
    changes: 0,
  }));
}

/** A ledger of so many entries whose state was asked for once, with a cache. */
async function kept(count: number) {
  await ledger().append(spending(count), noHash);
  return openLedgerState(ledger(), cache);
}

test("the state is the same with a checkpoint, without one, and behind one", async () => {
  const first = await kept(600);
  expect(readdirSync(cache)).toHaveLength(1);
  expect(await openLedgerState(ledger(), cache)).toEqual(first);
  expect(await openLedgerState(ledger())).toEqual(first);
  await ledger().append(spending(3, 600), first.head);
  const next = await openLedgerState(ledger(), cache);
  expect(next).toEqual(await openLedgerState(ledger()));
  expect(next).toMatchObject({ seq: 604, spent: { [planOf(602)]: "r602" } });
});

test("a few new entries do not make a new checkpoint, many do", async () => {
  const { head } = await kept(600);
  const [file = ""] = readdirSync(cache);
  const before = readFileSync(join(cache, file), "utf8");
  const next = await ledger().append(spending(3, 600), head);
  await openLedgerState(ledger(), cache);
  expect(readFileSync(join(cache, file), "utf8")).toBe(before);
  await ledger().append(spending(500, 603), next);
  await openLedgerState(ledger(), cache);
  expect(statSync(join(cache, file)).size).toBeGreaterThan(before.length);
});

test.each([
  ["edited", (text: string) => text.replace('"r7"', '"r8"')],
  ["half written", (text: string) => text.slice(0, -10)],
  ["of another format", (text: string) => text.replace(/state \d+/, "state 0")],
  ["empty", () => ""],
])("a checkpoint that is %s is not believed", async (_, change) => {
  const state = await kept(600);
  const file = join(cache, readdirSync(cache)[0] ?? "");
  const text = readFileSync(file, "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
  expect(await openLedgerState(ledger(), cache)).toEqual(state);
});

test("a ledger that was cut, or is another one, is read from its beginning", async () => {
  await ledger().append(spending(499), noHash);
  const short = readFileSync(path);
  await ledger().append(spending(100, 499), await ledger().head());
  const before = await openLedgerState(ledger(), cache);
  expect(before).toMatchObject({ seq: 600 });
  writeFileSync(path, short);
  expect(await openLedgerState(ledger(), cache)).toMatchObject({ seq: 500, id: before.id });
  rmSync(path);
  expect(await openLedgerState(ledger(), cache)).toMatchObject({ seq: 0, id: "" });
  await ledger().append(spending(600), noHash);
  const other = await openLedgerState(ledger(), cache);
  expect(other.id).not.toBe(before.id);
  expect(other.head).toBe(await ledger().head());
});

test("what is new behind a checkpoint is checked like everything else", async () => {
  const { head } = await kept(600);
  await ledger().append(spending(2, 600), head);
  writeFileSync(path, readFileSync(path, "utf8").replace('"run":"r600"', '"run":"r999"'));
  await expect(openLedgerState(ledger(), cache)).rejects.toBeInstanceOf(LedgerBroken);
});

test("a cache that cannot be written is only slower", async () => {
  await ledger().append(spending(600), noHash);
  await readOnly(folder, async () =>
    expect(await openLedgerState(ledger(), cache)).toMatchObject({ seq: 601 }),
  );
});
