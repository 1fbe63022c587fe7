import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  approvalsIn,
  approvalText,
  isNote,
  readStatement,
  type SignedStatement,
  statementOf,
} from "../../src/model/plan/approval.ts";
import { keys, signed, somePlan } from "./keys.ts";

const box = keys();
afterAll(() => box.end());
let one: SignedStatement;
beforeAll(async () => {
  one = await signed(somePlan(), box.key("li"), { at: "2026-11-22T08:30:00Z", note: "as agreed" });
});

describe("an approval as text", () => {
  test("its statement is one fact a line", () => {
    expect(one.statement).toBe(
      `partnerctl approval 1\nplan ${somePlan().digest}\naccount 4719d490-9b20-5e5e-b42d-099785562940 (local)\nledger l-1\nat 2026-11-22T08:30:00Z\nnote as agreed\n`,
    );
    expect(readStatement(one.statement)).toEqual({
      plan: somePlan().digest,
      at: "2026-11-22T08:30:00Z",
      note: "as agreed",
    });
  });

  test("is read back whole, one or several, also after a journey through another system's line ends", () => {
    const text = approvalText(one);
    for (const journey of [text, text.trimEnd(), `\n\n${text}\n`, text.replaceAll("\n", "\r\n")])
      expect(approvalsIn(journey, one.from)).toEqual([one]);
    expect(approvalsIn(`${text}\n${text}`, one.from)).toEqual([one, one]);
  });

  test.each([
    ["nothing", () => ""],
    ["words before it", (text: string) => `Looks good!\n${text}`],
    ["words after it", (text: string) => `${text}Looks good!\n`],
    ["no signature", () => one.statement],
    ["no statement", () => one.signature],
    ["half a signature", (text: string) => text.slice(0, -60)],
    ["a space in the signature", (text: string) => text.replace("U1NI", "U1NI ")],
    [
      "other base64 for the same bytes",
      (text: string) =>
        text.replace(
          /(.)(={1,2}\n-----END)/,
          (_, last: string, end: string) => `${next(last)}${end}`,
        ),
    ],
    ["other lines for the same bytes", (text: string) => text.replace(/(U1NI.{20})/, "$1\n")],
  ])("with %s it is none, or says something else", (_, change) => {
    const found = approvalsIn(change(approvalText(one)), one.from);
    expect(found?.every(({ statement }) => readStatement(statement) !== undefined) ?? false).toBe(
      false,
    );
  });

  const words = fc.string({
    unit: fc.constantFrom(
      "a",
      "\n",
      "\r",
      "\0",
      "\u2028",
      "\u0085",
      "\u202e",
      "\ud800",
      "\u200b",
      " ",
      "at",
      "plan",
      "账",
      "😀",
    ),
  });

  test("nobody's words break out of their line", () => {
    fc.assert(
      fc.property(words, words, (id, note) => {
        const plan = somePlan({
          account: { id: `${id}\nat 1999-01-01T00:00:00Z`, adapter: "local" },
        });
        const at = "2026-11-22T08:30:00Z";
        const statement = statementOf(plan, { at, ...(isNote(note) && { note }) });
        expect(statement.split("\n")).toHaveLength(isNote(note) ? 7 : 6);
        expect(readStatement(statement)).toEqual({
          plan: plan.digest,
          at,
          ...(isNote(note) && { note }),
        });
      }),
    );
    for (const hostile of [
      "",
      " ",
      "a\nplan x",
      "a\r",
      "a\u2028b",
      "a\u001b[2Jb",
      "a\u202eb",
      "x".repeat(501),
      " a",
      "a\u0000",
    ])
      expect(isNote(hostile)).toBe(false);
    for (const honest of [
      "as agreed with finance",
      "财务已同意，见工单 4711",
      "a (b) — c?",
      "x".repeat(500),
    ])
      expect(isNote(honest)).toBe(true);
  });
});

/** A letter of base64 that differs in bits that padding makes meaningless. */
function next(letter: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return letters[letters.indexOf(letter) + 1] ?? "";
}
