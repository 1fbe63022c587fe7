import { expect, test } from "vitest";
import { describeBug, errorDiagnostic, tellTrouble } from "../../src/cli/output/error-message.ts";
import type { Terminal } from "../../src/cli/output/terminal.ts";
import { AdapterUnusable } from "../../src/adapters/factory.ts";
import { AdapterError } from "../../src/model/adapter.ts";
import { SinkUnavailable } from "../../src/model/credential.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { LedgerBroken, LedgerMoved, LedgerUnavailable } from "../../src/model/ledger/ledger.ts";

const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
  code: "ENOSPC",
  path: "plan.json",
});

test.each<readonly [string, Error, message: string, number]>([
  ["backend/throttled", new AdapterError("throttled", "too many"), "too many", 7],
  ["credentials/unavailable", new SinkUnavailable("no recipient"), "no recipient", 1],
  ["ledger/unavailable", new LedgerUnavailable("no remote"), "no remote", 1],
  ["ledger/moved", new LedgerMoved("it has moved on"), "it has moved on", 6],
  [
    "ledger/broken",
    new LedgerBroken("its chain is cut", 3),
    "The ledger failed its integrity check at entry 3: its chain is cut.",
    1,
  ],
  ["adapter/options", new AdapterUnusable("adapter/options", "no tenant"), "no tenant", 1],
  ["file/refused", full, "plan.json cannot be used: the disk is full.", 1],
])("%s is told as a diagnostic", async (code, error, message, status) => {
  const told: Diagnostic[] = [];
  const terminal = {
    diagnostics: (all: readonly Diagnostic[]) => told.push(...all),
  } as unknown as Terminal;
  expect(await tellTrouble(terminal, () => Promise.reject(error))).toBe(status);
  expect(told).toMatchObject([{ severity: "error", code, message }]);
});

test("any other throw is a bug, and no diagnostic", async () => {
  const untold = {} as Terminal;
  await expect(tellTrouble(untold, () => Promise.reject(new TypeError("x")))).rejects.toThrow("x");
  expect([errorDiagnostic(new TypeError("x")), errorDiagnostic("x")]).toEqual([
    undefined,
    undefined,
  ]);
  expect(describeBug("x", "1.0.0").join("\n")).toContain("This is a bug in partnerctl 1.0.0");
});
