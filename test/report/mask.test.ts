import { describe, expect, test } from "vitest";
import type { Address } from "../../src/model/address.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Receipt, Result } from "../../src/model/plan/receipt.ts";
import { report, reports, type Style } from "../../src/report/index.ts";

const style: Style = { color: false, width: 100 };
const at = {
  file: "a.yaml",
  line: 2,
  column: 8,
  endLine: 2,
  endColumn: 12,
  excerpt: "  name: 李伟 # Wang Fang",
};
const told: Diagnostic = {
  severity: "error",
  code: "identity/duplicate-key",
  message: "User/a and User/b both go by 李伟, li.wei@x.cn and Wei.",
  hint: "Rename 李伟.",
  at,
  quotes: ["Wei", "李伟"],
};
const personal = /李伟|li\.wei|Wang|\bWei\b/;

describe.each(["markdown", "html", "sarif", "junit", "github"])("%s", (format) => {
  const one = report(format);

  test("leaves out what a diagnostic quotes and the line it is about, unless it is to show it", () => {
    expect(one.show({ kind: "diagnostics", diagnostics: [told] }, style)).not.toMatch(personal);
    expect(
      one.show({ kind: "diagnostics", diagnostics: [told] }, { ...style, personal: "shown" }),
    ).toMatch(personal);
  });
});

test("formats for oneself show it, unless they are not to", () => {
  const own = reports
    .map(({ name }) => name)
    .filter((name) =>
      report(name)
        .show({ kind: "diagnostics", diagnostics: [told] }, style)
        .match(personal),
    );
  expect(own).toEqual(["text", "json"]);
  for (const name of own)
    expect(
      report(name).show(
        { kind: "diagnostics", diagnostics: [told] },
        { ...style, personal: "masked" },
      ),
    ).not.toMatch(personal);
});

test("who approves, or may not, is named in any format", () => {
  const stranger: Diagnostic = {
    severity: "error",
    code: "approval/stranger",
    message: "chen@contoso.example may not approve",
  };
  expect(report("sarif").show({ kind: "diagnostics", diagnostics: [stranger] }, style)).toContain(
    "chen@contoso.example",
  );
});

test("an e-mail address is left out although nobody said that it is one, and what is beside it stays", () => {
  const other: Diagnostic = {
    severity: "error",
    code: "backend/rejected",
    message: "GET /users/Li.Wei@X.cn: “anna@y.example” is (taken), at 3@home",
  };
  const shown = JSON.parse(
    report("sarif").show({ kind: "diagnostics", diagnostics: [other] }, style),
  ).runs[0].results[0].message.text;
  expect(shown).toBe("GET /users/<personal>: “<personal>” is (taken), at 3@home");
});

test("a line is cut down to its field's name, by which SARIF knows it again", () => {
  const print = (personal: Style["personal"]) =>
    JSON.parse(
      report("sarif").show(
        { kind: "diagnostics", diagnostics: [told] },
        { ...style, ...(personal && { personal }) },
      ),
    ).runs[0].results[0].partialFingerprints;
  expect(print(undefined)).toEqual(print("shown"));
  const masked = JSON.parse(
    report("json").show(
      { kind: "diagnostics", diagnostics: [told] },
      { ...style, personal: "masked" },
    ),
  ).diagnostics;
  expect(masked).toEqual([
    {
      severity: "error",
      code: "identity/duplicate-key",
      message: "User/a and User/b both go by <personal>, <personal> and <personal>.",
      hint: "Rename <personal>.",
      at: { ...at, excerpt: "  name: …" },
    },
  ]);
});

test("a backend's words in a receipt are without what they quote", () => {
  const result: Result = {
    change: "User/a#1",
    address: "User/a" as Address,
    action: "create",
    status: "failed",
    code: "backend/rejected",
    because: "李伟 (Li.Wei@X.cn) is refused",
    hint: "ask 李伟",
    quotes: ["李伟"],
  };
  const receipt: Receipt = {
    version: 1,
    run: "r",
    plan: `sha256:${"0".repeat(64)}`,
    account: { id: "a", adapter: "local" },
    actor: "chen",
    startedAt: "2026-01-01T00:00:00Z",
    endedAt: "2026-01-01T00:00:01Z",
    ledger: { id: "l", head: "0".repeat(64) },
    allowed: [],
    results: [result],
    spent: { reads: 1, writes: 1 },
  };
  for (const format of ["markdown", "html", "junit", "github"]) {
    expect(report(format).show({ kind: "receipt", receipt }, style)).not.toMatch(/李伟|Li\.Wei/);
    expect(
      report(format).show({ kind: "receipt", receipt }, { ...style, personal: "shown" }),
    ).toMatch(/李伟/);
  }
  expect(report("text").show({ kind: "receipt", receipt }, style)).toContain(
    "李伟 (Li.Wei@X.cn) is refused",
  );
});
