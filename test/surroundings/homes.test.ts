import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, partnerctl } from "../cli/binary.ts";

// Containers run under numbers that no user has, and with a home that is missing, empty or not
// theirs.
const isRoot = process.getuid?.() === 0;

test.each([
  ["none", undefined],
  ["an empty one", ""],
  ["one that is not there", "/nonexistent"],
  ["one that cannot be written", "/proc"],
])("a home that is %s takes nothing away", async (_, home) => {
  const place = folder();
  expect(await partnerctl(place, ["init", "."])).toMatchObject({ status: 0 });
  if (isRoot) execFileSync("chown", ["-R", "12345", place]);
  const options = {
    env: { HOME: home, USER: undefined, LOGNAME: undefined, USERNAME: undefined },
    ...(isRoot && { uid: 12345, gid: 12345 }),
  };
  for (const args of [
    ["plan", "--out", "plan.json"],
    ["apply", "plan.json"],
    ["plan", "--detailed-exitcode"],
    ["ledger", "verify"],
    ["history"],
  ]) {
    const { status, stderr } = await partnerctl(place, args, options);
    expect({ status, trace: /^ {4}at /m.test(stderr) }, `${args.join(" ")}\n${stderr}`).toEqual({
      status: 0,
      trace: false,
    });
  }
  expect(readdirSync(place).filter((name) => name === ".cache")).toEqual([]);
  expect(readdirSync(join(place, ".partnerctl"))).toContain("ledger.jsonl");
});
