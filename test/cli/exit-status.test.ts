import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { byWeight, exitStatus, gravest, statusOf } from "../../src/cli/output/exit-status.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { folderWith, settings, users } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const order = [130, 6, 7, 1, 5, 3, 4, 2, 0];

test("each status has its place in the order", () => {
  expect([...byWeight, exitStatus.done]).toEqual(order);
  expect(Object.values(exitStatus).sort((one, other) => one - other)).toEqual(
    [...order].sort((one, other) => one - other),
  );
  expect(gravest([])).toBe(0);
});

const pairs = order.flatMap((graver, place) =>
  order.slice(place + 1).map((other) => [graver, other] as const),
);

test.each(pairs)("of %i and %i it is the first", (graver, other) => {
  expect([gravest([graver, other]), gravest([other, graver])]).toEqual([graver, graver]);
});

const error = (code: Diagnostic["code"]): Diagnostic => ({
  severity: "error",
  code,
  message: "no",
});

test.each<readonly [Diagnostic["code"], number]>([
  ["schema/unknown-field", 1],
  ["ledger/locked", 6],
  ["backend/denied", 7],
  ["backend/throttled", 7],
  ["backend/unavailable", 7],
  ["backend/rejected", 1],
])("%s ends with %i", (code, status) => {
  expect(statusOf([error(code)])).toBe(status);
  expect(statusOf([error("schema/unknown-field"), error(code)])).toBe(status);
  expect(statusOf([{ ...error(code), severity: "warning" }])).toBe(0);
});

const away = () => {
  const place = folderWith({
    "partnerctl.yaml": settings(),
    "manifests/users.yaml": users("li-wei"),
  });
  // Where the account's file should be, there is a folder.
  mkdirSync(join(place, ".partnerctl/account/account.jsonl"), { recursive: true });
  return place;
};

test.each([
  [["plan"]],
  [["plan", "--detailed-exitcode"]],
  [["apply", "--yes"]],
  [["why", "User/li-wei"]],
  [["offers"]],
  [["export"]],
  [["pull", "--dry-run"]],
  [["check"]],
])("7: %j where the backend cannot be reached", async (args) => {
  expect(await partnerctl(away(), args)).toMatchObject({
    status: 7,
    stderr: expect.stringMatching(/account's file/),
  });
});
