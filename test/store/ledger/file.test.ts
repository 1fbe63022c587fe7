import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeEach, expect, test } from "vitest";
import { canonical, sha256 } from "../../../src/model/values/digest.ts";
import { type Event, LedgerUnavailable, noHash } from "../../../src/model/ledger/ledger.ts";
import { openLedgerState } from "../../../src/store/ledger/chain/checkpoint.ts";
import { fileLedger } from "../../../src/store/ledger/file/file.ts";
import { verify } from "../../../src/store/ledger/chain/verify.ts";
import { onSmallDisk, readOnly } from "../disks.ts";
import { signer, testLedger } from "../test-ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "ledger-file-"));
const now = () => new Date();
let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(scratch, "one-"));
  path = join(folder, "ledger.jsonl");
});
afterAll(() => rmSync(scratch, { recursive: true }));

function noted(run: string): Event {
  return { at: "2026-03-01T08:00:00Z", type: "run-closed", run, done: 0, failed: 0, unknown: 0 };
}

test("the file is its owner's alone, and nothing else stays behind", async () => {
  await fileLedger({ path, now, ...testLedger }).append([noted("a")], noHash);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
});

test("a torn tail is not counted, and goes with the next write", async () => {
  const ledger = fileLedger({ path, now, ...testLedger });
  const head = await ledger.append([noted("a")], noHash);
  const whole = readFileSync(path, "utf8");
  for (const torn of ["{", whole.split("\n")[1] ?? "", "\0\0\0", "ä".repeat(40_000)]) {
    writeFileSync(path, whole + torn);
    expect(await ledger.head()).toBe(head);
    expect(await verify(ledger, head)).toMatchObject({
      consistent: true,
      complete: true,
      torn: true,
      entries: 2,
    });
  }
  const next = await ledger.append([noted("b")], head);
  expect(await verify(ledger, next)).toEqual({
    ledger: await ledger.id(),
    publicKey: signer.publicKey,
    entries: 3,
    head: next,
    consistent: true,
    complete: true,
    problems: [],
  });
});

test("a file that was torn before its first entry was whole is founded anew", async () => {
  writeFileSync(path, '{"at":');
  const ledger = fileLedger({ path, now, ...testLedger });
  expect(await ledger.id()).toBe("");
  await ledger.append([noted("a")], noHash);
  expect(await verify(ledger)).toMatchObject({ consistent: true, entries: 2 });
});

test("a long entry is found again from the end", async () => {
  const ledger = fileLedger({ path, now, ...testLedger });
  const head = await ledger.append([noted("x".repeat(3_000_000))], noHash);
  expect(await fileLedger({ path, now, ...testLedger }).append([noted("b")], head)).toBe(
    await ledger.head(),
  );
  expect(await verify(ledger)).toMatchObject({ consistent: true, entries: 3 });
});

test("a ledger of a later format is not read as if it were this one", async () => {
  const ledger = fileLedger({ path, now, ...testLedger });
  await ledger.append([noted("a")], noHash);
  const [first = "", second = ""] = readFileSync(path, "utf8").split("\n");
  const { hash: _, ...later } = { ...JSON.parse(first), version: 2 };
  const text = canonical({ ...later, hash: sha256(canonical(later)) });
  writeFileSync(path, `${text}\n${second}\n`);
  await expect(openLedgerState(ledger)).rejects.toThrow("newer version");
});

test("a lock whose holder died is taken over, also by many at once, and its claim with it", async () => {
  const dead = {
    host: hostname(),
    pid: spawnedAndGone(),
    token: "11111111-dead",
    since: "2026-03-01T08:00:00Z",
  };
  const claimer = { ...dead, token: "22222222-dead" };
  writeFileSync(`${path}.lock`, JSON.stringify(dead));
  writeFileSync(`${path}.lock.11111111`, JSON.stringify(claimer));
  const ends = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      fileLedger({ path, now, ...testLedger }).append([noted("a")], noHash),
    ),
  );
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
});

test("a lock that another machine holds is waited for", async () => {
  writeFileSync(
    `${path}.lock`,
    JSON.stringify({ host: "elsewhere", pid: 1, token: "t", since: "2026-03-01T08:00:00Z" }),
  );
  let ended = false;
  const appending = fileLedger({ path, now, ...testLedger })
    .append([noted("a")], noHash)
    .finally(() => {
      ended = true;
    });
  await pause(100);
  expect(ended).toBe(false);
  rmSync(`${path}.lock`);
  await appending;
});

test("a full disk leaves the ledger as it was, and says so; with room again it goes on", async () => {
  await onSmallDisk(folder, async (disk) => {
    const ledger = fileLedger({ path: join(disk, "ledger.jsonl"), now, ...testLedger });
    let head = await ledger.append([noted("a")], noHash);
    writeFileSync(join(disk, "ballast"), Buffer.alloc(30_000));
    const before = readFileSync(join(disk, "ledger.jsonl"));
    const failed = ledger.append([noted("x".repeat(200_000))], head);
    await expect(failed).rejects.toBeInstanceOf(LedgerUnavailable);
    await expect(failed).rejects.toThrow("the disk is full");
    expect(readFileSync(join(disk, "ledger.jsonl"))).toEqual(before);
    expect(await ledger.head()).toBe(head);
    rmSync(join(disk, "ballast"));
    head = await ledger.append([noted("b")], head);
    expect(await verify(ledger, head)).toMatchObject({ complete: true, entries: 3 });
  });
});

test("a disk that is full from the start lets no ledger begin", async () => {
  await onSmallDisk(folder, async (disk) => {
    writeFileSync(join(disk, "ballast"), Buffer.alloc(1));
    try {
      appendFileSync(join(disk, "ballast"), Buffer.alloc(1 << 20));
    } catch {
      // That it does not fit is what is wanted.
    }
    const ledger = fileLedger({ path: join(disk, "ledger.jsonl"), now, ...testLedger });
    await expect(ledger.append([noted("a")], noHash)).rejects.toBeInstanceOf(LedgerUnavailable);
    expect(await ledger.head()).toBe(noHash);
    expect(await ledger.id()).toBe("");
  });
});

test("a read-only folder can be read and is not written, and the message says why", async () => {
  const head = await fileLedger({ path, now, ...testLedger }).append([noted("a")], noHash);
  await readOnly(folder, async () => {
    const ledger = fileLedger({ path, now, ...testLedger });
    expect(await ledger.head()).toBe(head);
    await expect(ledger.append([noted("b")], head)).rejects.toThrow(/read-only|permission denied/);
    await expect(ledger.append([noted("b")], head)).rejects.toBeInstanceOf(LedgerUnavailable);
  });
  expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
});

test("a folder in the file's place is a clear error", async () => {
  mkdirSync(path);
  await expect(
    fileLedger({ path, now, ...testLedger }).append([noted("a")], noHash),
  ).rejects.toBeInstanceOf(LedgerUnavailable);
});

function spawnedAndGone(): number {
  return Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
}
