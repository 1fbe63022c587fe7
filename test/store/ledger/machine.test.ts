import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lock } from "../../../src/store/ledger/file/lock.ts";
import { isOfSameBoot, thisMachine } from "../../../src/store/ledger/file/machine.ts";

const { identity, isDead } = thisMachine();
const onLinux = process.platform === "linux";

test.runIf(onLinux)(
  "a process is known by its boot, its namespace, its number and when it began",
  () => {
    expect(Object.keys(identity).sort()).toEqual(["bootId", "pidNamespace", "startTime"]);
    expect(isDead({ ...identity, pid: process.pid })).toBe(false);
    // Another one that had its number before.
    expect(isDead({ ...identity, pid: process.pid, startTime: "1" })).toBe(true);
  },
);

test.runIf(onLinux)("one that has ended is dead, one that nobody waited for too", async () => {
  const child = spawn("sleep", ["60"]);
  const pid = child.pid ?? expect.fail();
  const theirs = { ...identity, pid, startTime: startOf(pid) };
  expect(isDead(theirs)).toBe(false);
  child.kill("SIGKILL");
  await new Promise((ended) => child.once("exit", ended));
  expect(isDead(theirs)).toBe(true);
});

test("of another boot, of another namespace, or of what does not tell, nothing is known to be dead", () => {
  const theirs = { ...identity, pid: 4_194_000, startTime: "1" };
  expect(isDead({ ...theirs, bootId: randomUUID() })).toBe(false);
  expect(isDead({ ...theirs, pidNamespace: "pid:[1]" })).toBe(false);
  expect(isDead({ pid: 4_194_000 })).toBe(false);
  expect(isOfSameBoot({}, {})).toBe(false);
});

const canUnshare = onLinux && spawnSync("unshare", ["-pf", "--mount-proc", "true"]).status === 0;

test.runIf(canUnshare)(
  "a process of another namespace with the same boot and the same number is told apart",
  () => {
    const told = spawnSync("unshare", ["-pf", "--mount-proc", "readlink", "/proc/self/ns/pid"], {
      encoding: "utf8",
    }).stdout.trim();
    expect(told).toMatch(/^pid:\[\d+\]$/);
    expect(isDead({ ...identity, pid: 1, startTime: "1", pidNamespace: told })).toBe(false);
  },
);

test("a lock file of a dead process is superseded: one with a boot by what is known of it, one without by its host and number", async () => {
  const folder = mkdtempSync(join(tmpdir(), "partnerctl-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "ledger.lock");
  const left = {
    host: hostname(),
    pid: 4_194_000,
    token: randomUUID(),
    since: "2020-01-01T00:00:00Z",
  };
  for (const holder of [left, { ...left, ...identity, startTime: "1" }]) {
    writeFileSync(path, JSON.stringify(holder));
    const unlock = await lock(path, () => new Date());
    unlock();
    expect(existsSync(path)).toBe(false);
  }
});

function startOf(pid: number): string {
  const { stdout } = spawnSync("cat", [`/proc/${pid}/stat`], { encoding: "utf8" });
  return stdout.slice(stdout.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
