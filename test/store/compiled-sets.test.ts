import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Address } from "../../src/model/address.ts";
import type { CompiledSet } from "../../src/model/source.ts";
import { openCompiledSets } from "../../src/store/cache/compiled-sets.ts";
import { readOnly } from "./disks.ts";

const scratch = mkdtempSync(join(tmpdir(), "compiled-sets-"));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(scratch, "one-"));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function set(count: number): CompiledSet {
  const resource = {
    kind: "Toy",
    spec: { text: "世纪\n🎋" },
    state: "present",
    previously: [],
    protect: false,
    allowDuplicate: false,
    digest: "sha256:1",
    files: ["a.yaml"],
  } as const;
  return {
    digest: "sha256:2",
    resources: Array.from({ length: count }, (_, index) => ({
      ...resource,
      name: `t${index}`,
      address: `Toy/t${index}` as Address,
    })),
  };
}

const keyOf = (number: number) => `${number}`.repeat(64);

function keep(key: string, compiled: CompiledSet): void {
  const sets = openCompiledSets(folder, "1");
  sets.set(key, compiled);
  sets.save();
}

test.each([200, 499, 500, 501])("keeps a set of %i", (count) => {
  keep(keyOf(1), set(count));
  expect(openCompiledSets(folder, "1").get(keyOf(1))).toEqual(set(count));
});

test("a small set is not worth a file", () => {
  keep(keyOf(1), set(199));
  expect(readdirSync(folder)).toEqual([]);
});

test("another key with the same name of a file, and what another version wrote, count as nothing", () => {
  keep(keyOf(1), set(200));
  expect(
    openCompiledSets(folder, "1").get(`${keyOf(1).slice(0, 16)}${"0".repeat(48)}`),
  ).toBeUndefined();
  expect(openCompiledSets(folder, "2").get(keyOf(1))).toBeUndefined();
});

test("any one byte changed makes it nothing", () => {
  keep(keyOf(1), set(200));
  const path = join(folder, readdirSync(folder)[0] ?? "");
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length; at += 499) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(path, changed);
    expect(openCompiledSets(folder, "1").get(keyOf(1))).toBeUndefined();
  }
});

test("the newest four are kept", () => {
  for (let number = 1; number <= 5; number += 1) {
    keep(keyOf(number), set(200));
    for (const name of readdirSync(folder))
      if (name.includes(keyOf(number).slice(0, 16))) utimesSync(join(folder, name), number, number);
  }
  const found = [1, 2, 3, 4, 5].filter(
    (number) => openCompiledSets(folder, "1").get(keyOf(number)) !== undefined,
  );
  expect(found).toEqual([2, 3, 4, 5]);
});

test("a folder that cannot be written is no error", async () => {
  await readOnly(folder, async () => keep(keyOf(1), set(200)));
  expect(openCompiledSets(folder, "1").get(keyOf(1))).toBeUndefined();
});
