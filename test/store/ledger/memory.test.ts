import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sha256 } from "../../../src/model/values/digest.ts";

let scratch = "";
const end = { offset: 10, seq: 3, head: sha256("head") };

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "partnerctl-memory-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(scratch, { recursive: true });
});

/** The memory as a new process opens it, with this home folder. */
async function opened(home: string, state = join(scratch, "state")) {
  vi.stubEnv("HOME", home);
  vi.resetModules();
  const { ledgerMemory } = await import("../../../src/store/ledger/file/memory.ts");
  return ledgerMemory(state, "a ledger");
}

const noHome = "nowhere";

function forge(sum: string): void {
  const folder = join(scratch, "state", "ledgers");
  mkdirSync(folder, { recursive: true });
  const name = join(folder, sha256("a ledger").slice(0, 16));
  writeFileSync(`${name}.id.json`, JSON.stringify({ id: "forged", sum }));
  writeFileSync(`${name}.seen.json`, JSON.stringify({ ...end, sum }));
}

test("the next process remembers what a machine with a key has seen", async () => {
  const first = await opened(scratch);
  first.saw(end);
  const id = first.plannedId();
  const second = await opened(scratch);
  expect([second.seen(), second.plannedId()]).toEqual([end, id]);
});

test.each(["", "0".repeat(64), undefined as unknown as string])(
  "a forged file with the sum %o is not trusted, with a key or without",
  async (sum) => {
    for (const home of [scratch, noHome]) {
      forge(sum);
      const memory = await opened(home);
      expect(memory.seen()).toBeUndefined();
      expect(memory.plannedId()).not.toBe("forged");
    }
  },
);

test("a machine without a key remembers in the folder it wrote to, and believes no copy of it", async () => {
  const first = await opened(noHome);
  first.saw(end);
  const id = first.plannedId();
  const second = await opened(noHome);
  expect([second.seen(), second.plannedId()]).toEqual([end, id]);
  cpSync(join(scratch, "state"), join(scratch, "copied"), { recursive: true });
  const elsewhere = await opened(noHome, join(scratch, "copied"));
  expect(elsewhere.seen()).toBeUndefined();
  expect(elsewhere.plannedId()).not.toBe(id);
});

test("where nothing can be stored, the id for a ledger is stable within the process", async () => {
  writeFileSync(join(scratch, "file"), "");
  const memory = await opened(noHome, join(scratch, "file"));
  memory.saw(end);
  expect(memory.seen()).toBeUndefined();
  expect(memory.plannedId()).toMatch(/^[0-9a-f-]{36}$/);
  expect(memory.plannedId()).toBe(memory.plannedId());
});
