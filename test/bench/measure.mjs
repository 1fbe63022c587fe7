import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const time = "/usr/bin/time";
const scratch = mkdtempSync(join(tmpdir(), "partnerctl-measure-"));

/** Whether CPU seconds and peak memory can be told here; else only the time on the clock. */
export const exact = existsSync(time) && spawnSync(time, ["-f", "%U", "true"]).status === 0;

/**
 * Runs a program to its end: seconds on the clock, CPU seconds (user and system), peak memory in
 * MB. Any exit status but those expected throws.
 */
export function measure({ command, cwd, env = {}, expected = [0] }) {
  const report = join(scratch, "time");
  const line = exact ? [time, "-q", "-o", report, "-f", "%U %S %M", ...command] : command;
  const started = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(line[0], line.slice(1), {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  if (error) throw error;
  if (!expected.includes(status))
    throw new Error(
      `${command.join(" ")} ended with ${status}\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`,
    );
  const [user, system, kilobytes] = exact
    ? readFileSync(report, "utf8").trim().split("\n").at(-1).split(" ").map(Number)
    : [];
  return {
    wall,
    cpu: exact ? user + system : wall,
    peak: exact ? kilobytes / 1024 : Number.NaN,
    stdout,
  };
}

/**
 * Runs several programs in turn, so many times, and keeps the least of each figure: what disturbs a
 * measurement only ever adds.
 */
export function paired(programs, rounds) {
  const least = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, program] of Object.entries(programs)) {
      program.before?.();
      least[name] = lesser(least[name], measure(program));
    }
  }
  return least;
}

function lesser(old, next) {
  if (!old) return next;
  return {
    ...next,
    wall: Math.min(old.wall, next.wall),
    cpu: Math.min(old.cpu, next.cpu),
    peak: Math.min(old.peak, next.peak),
  };
}
