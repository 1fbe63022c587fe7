import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { CachedFile } from "../../src/model/source.ts";
import { openParseCache } from "../../src/store/cache/parse-cache.ts";
import { onSmallDisk, readOnly } from "./disks.ts";

const scratch = mkdtempSync(join(tmpdir(), "parse-cache-"));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(scratch, "one-"));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function parsed(word: string): CachedFile {
  return { documents: [{ value: { word, text: "世纪\n🎋" }, digest: `sha256:${word}` }] };
}

function fill(count: number): void {
  const cache = openParseCache(folder, "1");
  for (let index = 0; index < count; index += 1) cache.set(`h${index}`, parsed(`${index}`));
  cache.save();
}

function stored(): string {
  return join(folder, "parsed.jsonl");
}

test.each([0, 1, 499, 500, 501, 1_200])("keeps %i files from run to run", (count) => {
  fill(count);
  const cache = openParseCache(folder, "1");
  for (let index = 0; index < count; index += 1)
    expect(cache.get(`h${index}`)).toEqual(parsed(`${index}`));
  expect(cache.get("h-1")).toBeUndefined();
});

test("is written only when something was learnt, and then keeps the rest", () => {
  fill(3);
  utimesSync(stored(), 1, 1);
  const idle = openParseCache(folder, "1");
  idle.get("h1");
  idle.save();
  expect(statSync(stored()).mtimeMs).toBe(1000);
  const busy = openParseCache(folder, "1");
  busy.set("new", parsed("new"));
  busy.save();
  const last = openParseCache(folder, "1");
  expect([last.get("new"), last.get("h2")]).toEqual([parsed("new"), parsed("2")]);
});

test("forgets what eight savings in a row had no use for", () => {
  fill(2);
  for (let run = 0; run < 8; run += 1) {
    const cache = openParseCache(folder, "1");
    cache.get("h0");
    cache.set(`new${run}`, parsed("new"));
    cache.save();
  }
  const cache = openParseCache(folder, "1");
  expect([cache.get("h0"), cache.get("h1")]).toEqual([parsed("0"), undefined]);
});

test("what another version wrote counts as nothing", () => {
  fill(3);
  expect(openParseCache(folder, "2").get("h1")).toBeUndefined();
});

test.each([
  ["edited", (bytes: Buffer) => Buffer.from(bytes.toString().replace('"word":"1"', '"word":"9"'))],
  ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
  ["cut to its first line", (bytes: Buffer) => bytes.subarray(0, bytes.indexOf(10) + 1)],
  ["empty", () => Buffer.alloc(0)],
  ["a line break", () => Buffer.from("\n")],
  ["something else", () => Buffer.from("hello\nworld\n")],
])("a cache that was %s is not believed", (_, change) => {
  fill(3);
  writeFileSync(stored(), change(readFileSync(stored())));
  expect(openParseCache(folder, "1").get("h1")).toBeUndefined();
});

test("any one byte changed makes it nothing", () => {
  fill(3);
  const bytes = readFileSync(stored());
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(stored(), changed);
    expect(openParseCache(folder, "1").get("h1")).toBeUndefined();
  }
});

test("a folder that cannot be written, or a full disk, is no error, and the old cache stays", async () => {
  fill(3);
  const more = () => {
    const cache = openParseCache(folder, "1");
    cache.set("big", parsed("x".repeat(200_000)));
    cache.save();
  };
  await readOnly(folder, async () => more());
  expect(openParseCache(folder, "1").get("h1")).toEqual(parsed("1"));
  const outer = folder;
  await onSmallDisk(outer, async (disk) => {
    folder = disk;
    fill(3);
    more();
    expect(openParseCache(folder, "1").get("h1")).toEqual(parsed("1"));
  });
});
