import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  type Event,
  LedgerMoved,
  LedgerUnavailable,
  noHash,
} from "../../../src/model/ledger/ledger.ts";
import { gitLedger } from "../../../src/store/ledger/git/git.ts";
import { verify } from "../../../src/store/ledger/chain/verify.ts";
import { gitIn } from "../repository.ts";
import { testLedger } from "../test-ledger.ts";

const scratch = mkdtempSync(join(tmpdir(), "ledger-git-"));
const now = () => new Date("2026-03-01T08:00:00Z");
let remote = "";
let folder = "";

beforeEach(() => {
  remote = mkdtempSync(join(scratch, "remote-"));
  gitIn(remote, "init", "--quiet", "--bare", "--initial-branch=main");
  folder = clone();
  writeFileSync(join(folder, "a.yaml"), "a");
  gitIn(folder, "add", ".");
  gitIn(folder, "commit", "--quiet", "-m", "one");
  gitIn(folder, "commit", "--quiet", "--allow-empty", "-m", "two");
  gitIn(folder, "push", "--quiet", "origin", "HEAD:main");
});
afterAll(() => rmSync(scratch, { recursive: true }));

function clone(...options: string[]): string {
  const place = mkdtempSync(join(scratch, "clone-"));
  gitIn(scratch, "clone", "--quiet", ...options, `file://${remote}`, place);
  return place;
}

function ledgerAt(place: string, from = "origin") {
  return gitLedger({
    folder: place,
    remote: from,
    branch: "partnerctl-ledger",
    now,
    ...testLedger,
  });
}

function noted(run: string): Event {
  return { at: "2026-03-01T08:00:00Z", type: "run-closed", run, done: 0, failed: 0, unknown: 0 };
}

function hook(name: string, script: string): void {
  mkdirSync(join(remote, "hooks"), { recursive: true });
  writeFileSync(join(remote, "hooks", name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(remote, "hooks", name), 0o755);
}

test("a commit adds one file and changes none; work tree, index and branches stay as they are", async () => {
  writeFileSync(join(folder, "b.yaml"), "untracked");
  writeFileSync(join(folder, "a.yaml"), "edited");
  gitIn(folder, "add", "a.yaml");
  const before = [
    gitIn(folder, "status", "--porcelain"),
    gitIn(folder, "branch"),
    gitIn(folder, "rev-parse", "HEAD"),
  ];
  const ledger = ledgerAt(folder);
  let head = noHash;
  for (const word of ["a", "b", "c"]) head = await ledger.append([noted(word)], head);
  expect([
    gitIn(folder, "status", "--porcelain"),
    gitIn(folder, "branch"),
    gitIn(folder, "rev-parse", "HEAD"),
  ]).toEqual(before);
  expect(gitIn(remote, "log", "--format=%an %ae %at", "partnerctl-ledger")).toBe(
    "partnerctl partnerctl@localhost 1772352000\n".repeat(3),
  );
  expect(gitIn(remote, "log", "--diff-filter=MDR", "--oneline", "partnerctl-ledger")).toBe("");
  expect(() => gitIn(remote, "merge-base", "main", "partnerctl-ledger")).toThrow();
  expect(
    gitIn(remote, "ls-tree", "-r", "--name-only", "partnerctl-ledger").trim().split("\n"),
  ).toEqual([
    "README.md",
    "ledger/000000/000000001.jsonl",
    "ledger/000000/000000003.jsonl",
    "ledger/000000/000000004.jsonl",
  ]);
});

test("an auditor checks an entry as the branch's README says, with nothing of ours", async () => {
  await ledgerAt(folder).append([noted('","hash":"0')], noHash);
  const place = clone("--branch", "partnerctl-ledger");
  const script =
    "cat ledger/*/*.jsonl | while IFS= read -r line; do printf '%s' \"$line\" > entry; sed 's/\"hash\":\"[0-9a-f]*\",//' entry | tr -d '\\n' | sha256sum; done";
  writeFileSync(join(place, "check.sh"), script);
  const sums = execFileSync("sh", ["check.sh"], { cwd: place, encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.slice(0, 64));
  const hashes: string[] = [];
  for await (const entry of ledgerAt(folder).entries()) hashes.push(entry.hash);
  expect(sums).toEqual(hashes);
});

test("a pipeline's shallow clone that fetched one branch, with nobody configured, reads and writes it all", async () => {
  const first = await ledgerAt(folder).append([noted("a")], noHash);
  const place = clone("--depth=1", "--branch=main", "--single-branch");
  const env = { ...process.env };
  process.env.HOME = "/nonexistent";
  for (const name of Object.keys(process.env))
    if (name.startsWith("GIT_")) delete process.env[name];
  try {
    const head = await ledgerAt(place).append([noted("b")], first);
    expect(await verify(ledgerAt(folder), head)).toMatchObject({ complete: true, entries: 3 });
    expect(gitIn(place, "rev-list", "--count", "HEAD").trim()).toBe("1");
  } finally {
    process.env = env;
  }
});

test("the remote may be an address, and the clone's own remote another", async () => {
  const other = mkdtempSync(join(scratch, "other-"));
  gitIn(other, "init", "--quiet", "--bare");
  const head = await ledgerAt(folder, other).append([noted("a")], noHash);
  expect(await ledgerAt(folder, other).head()).toBe(head);
  expect(gitIn(remote, "branch", "--list", "partnerctl-ledger")).toBe("");
});

test("a push whose reply is lost has happened", async () => {
  const ledger = ledgerAt(folder);
  const head = await ledger.append([noted("a")], noHash);
  // The ref is moved, then the connection breaks before git says so.
  hook("update", 'git update-ref "$1" "$3" 2>/dev/null; exit 1');
  const next = await ledger.append([noted("b")], head);
  rmSync(join(remote, "hooks/update"));
  const last = await ledger.append([noted("c")], next);
  expect(await verify(ledgerAt(clone()), last)).toMatchObject({ complete: true, entries: 4 });
});

test("a push whose reply is lost has happened even if somebody else wrote after it", async () => {
  const [mine, yours] = [ledgerAt(folder), ledgerAt(clone())];
  const head = await mine.append([noted("a")], noHash);
  const marker = join(scratch, "yours-may-write");
  hook(
    "update",
    `git update-ref "$1" "$3"; : > ${marker}; while [ -e ${marker} ]; do sleep 0.02; done; exit 1`,
  );
  const appending = mine.append([noted("mine")], head);
  while (!existsSync(marker)) await new Promise((resolve) => setTimeout(resolve, 10));
  rmSync(join(remote, "hooks/update"));
  await yours.append([noted("yours")], await yours.head());
  rmSync(marker);
  const own = await appending;
  await expect(mine.append([noted("too late")], own)).rejects.toBeInstanceOf(LedgerMoved);
  expect(await verify(ledgerAt(clone()), own)).toMatchObject({ complete: true, entries: 4 });
});

test("a remote that refuses is named with its reason, and nothing has changed", async () => {
  const ledger = ledgerAt(folder);
  const head = await ledger.append([noted("a")], noHash);
  hook("pre-receive", "echo 'branch is protected' >&2; exit 1");
  const refused = ledger.append([noted("b")], head);
  await expect(refused).rejects.toBeInstanceOf(LedgerUnavailable);
  await expect(refused).rejects.toThrow("branch is protected");
  expect(await ledger.head()).toBe(head);
  rmSync(join(remote, "hooks/pre-receive"));
  await ledger.append([noted("b")], head);
});

test.each([
  ["a remote that is not there", () => ledgerAt(folder, "nowhere"), "nowhere"],
  [
    "a remote that looks like an option",
    () => ledgerAt(folder, "--upload-pack=touch /tmp/owned"),
    "cannot be used",
  ],
  ["a folder that is no repository", () => ledgerAt(scratch), "cannot be used"],
  ["a folder that is not there", () => ledgerAt(join(scratch, "nowhere")), "cannot be used"],
])("%s is a clear error", async (_, open, words) => {
  await expect(open().head()).rejects.toBeInstanceOf(LedgerUnavailable);
  await expect(open().append([noted("a")], noHash)).rejects.toThrow(words);
});

test("a branch name that is a refspec is refused", () => {
  expect(() =>
    gitLedger({ folder, remote: "origin", branch: "a:refs/heads/main", now, ...testLedger }),
  ).toThrow(LedgerUnavailable);
});

test("a file that does not end its line is not built upon", async () => {
  const ledger = ledgerAt(folder);
  const head = await ledger.append([noted("a")], noHash);
  const place = clone("--branch", "partnerctl-ledger");
  writeFileSync(join(place, "ledger/000000/000000003.jsonl"), '{"at":');
  gitIn(place, "add", ".");
  gitIn(place, "commit", "--quiet", "-m", "torn");
  gitIn(place, "push", "--quiet", "origin", "partnerctl-ledger");
  await expect(ledgerAt(folder).append([noted("b")], head)).rejects.toThrow(
    "What begins with entry 3 has no end.",
  );
});

test("a thousand entries begin a new folder", async () => {
  const ledger = ledgerAt(folder);
  const head = await ledger.append(
    Array.from({ length: 999 }, (_, index) => noted(`${index}`)),
    noHash,
  );
  const next = await ledger.append([noted("a")], head);
  expect(await verify(ledgerAt(clone()), next)).toMatchObject({ complete: true, entries: 1001 });
  expect(gitIn(remote, "ls-tree", "-r", "--name-only", "partnerctl-ledger")).toContain(
    "ledger/000001/000001001.jsonl",
  );
});
