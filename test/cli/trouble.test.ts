import { expect, test } from "vitest";
import { knownTrouble, ledgerTrouble, describeError, statusAfter } from "../../src/cli/output/error-message.ts";
import { AdapterError } from "../../src/model/adapter.ts";
import { SinkUnavailable } from "../../src/model/credential.ts";
import { LedgerBroken, LedgerMoved, LedgerUnavailable } from "../../src/model/ledger/ledger.ts";

test.each<readonly [string, Error, number]>([
  ["backend/throttled", new AdapterError("throttled", "too many"), 7],
  ["credentials/unavailable", new SinkUnavailable("no recipient"), 1],
  ["ledger/unavailable", new LedgerUnavailable("no remote"), 1],
  ["ledger/moved", new LedgerMoved("it has moved on"), 6],
])("%s is told of in words and as a diagnostic, which say the same", (code, error, status) => {
  const trouble = knownTrouble(error);
  expect(trouble).toMatchObject({ severity: "error", code, message: error.message });
  const hint = trouble?.hint === undefined ? "" : `${trouble.hint}\n`;
  expect(describeError(error, "1.0.0")).toBe(`Error: ${error.message}\n${hint}`);
  expect([statusAfter(error), ledgerTrouble(error)]).toEqual([status, undefined]);
});

test("any other throw is a bug, or an error of the system's, and no diagnostic", () => {
  expect([knownTrouble(new TypeError("x")), knownTrouble("x"), statusAfter("x")]).toEqual([undefined, undefined, 1]);
  expect(describeError("x", "1.0.0")).toContain("This is a bug in partnerctl 1.0.0");
  expect(ledgerTrouble(new LedgerBroken("its chain is cut", 3))?.message).toContain("(entry 3)");
});
