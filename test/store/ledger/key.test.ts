import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { LedgerUnavailable } from "../../../src/model/ledger/ledger.ts";
import { ensureLedgerKey, ledgerKey } from "../../../src/store/ledger/key.ts";
import { readOnly } from "../disks.ts";

const scratch = mkdtempSync(join(tmpdir(), "key-"));
let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(scratch, "one-"));
  path = join(folder, "ledger.jsonl");
});
afterAll(() => rmSync(scratch, { recursive: true }));

test("looking makes no key; making makes one, once, for its owner alone", () => {
  expect(ledgerKey(path)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
  const key = ensureLedgerKey(path);
  expect(key).toHaveLength(32);
  expect(ensureLedgerKey(path)).toEqual(key);
  expect(ledgerKey(path)).toEqual(key);
  expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["ledger.jsonl.key"]);
});

test("a damaged key is an error and is not replaced", () => {
  writeFileSync(`${path}.key`, "short");
  expect(() => ensureLedgerKey(path)).toThrow(LedgerUnavailable);
  expect(readFileSync(`${path}.key`, "utf8")).toBe("short");
});

test("a folder that cannot be written is a clear error", async () => {
  await readOnly(folder, async () =>
    expect(() => ensureLedgerKey(path)).toThrow(LedgerUnavailable),
  );
});

test("a lost key of a ledger that is there is not replaced", () => {
  writeFileSync(path, "{}\n");
  expect(ensureLedgerKey(path)).toBeUndefined();
  expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
});
