import { beforeEach, describe, expect, test } from "vitest";
import { type Hash, LedgerBroken, noHash } from "../../src/model/ledger/ledger.ts";
import { parseLine } from "../../src/store/ledger/chain/chain.ts";
import { openLedgerState, verify } from "../../src/store/ledger/index.ts";
import { chainText, signer } from "../store/test-ledger.ts";
import { all, type Fixture, noted, noteOf } from "./ledger-subject.ts";

/** What somebody finds who reads it long afterwards, perhaps after somebody else was at it. */
export function auditConformance(fixture: () => Fixture): void {
  describe("years later", () => {
    let head: Hash;
    beforeEach(async () => {
      const ledger = fixture().open();
      head = await ledger.append([noted("a"), noted("b")], noHash);
      head = await ledger.append([noted("c"), noted("d"), noted("e")], head);
    });

    test("a machine that has forgotten everything reads it all, and goes on", async () => {
      const ledger = fixture().forget();
      expect(await ledger.head()).toBe(head);
      await ledger.append([noted("f")], head);
      expect((await all(fixture().forget())).slice(1).map(noteOf).join("")).toBe("abcdef");
      expect(await verify(fixture().forget(), head)).toMatchObject({
        consistent: true,
        complete: true,
      });
    });

    test("without a head kept elsewhere it can only be called consistent", async () => {
      expect(await verify(fixture().open())).not.toHaveProperty("complete");
    });

    const damages: readonly (readonly [
      what: string,
      code: string,
      change: (lines: string[]) => string[],
    ])[] = [
      [
        "an edited word",
        "ledger/edited",
        (lines) => lines.map((line) => line.replace('"run":"c"', '"run":"x"')),
      ],
      [
        "other spelling",
        "ledger/edited",
        (lines) => lines.map((line) => line.replace('"run":"c"', '"run": "c"')),
      ],
      [
        "a dropped entry",
        "ledger/dropped",
        (lines) => lines.filter((line) => !line.includes('"run":"c"')),
      ],
      ["a dropped beginning", "ledger/dropped", (lines) => lines.slice(1)],
      [
        "two entries swapped",
        "ledger/reordered",
        ([a = "", b = "", c = "", ...rest]) => [a, c, b, ...rest],
      ],
      ["an entry twice", "ledger/reordered", ([a = "", b = "", ...rest]) => [a, b, b, ...rest]],
      ["an entry made anew, with its right hash", "ledger/replaced", forged],
      ["a line that is none", "ledger/not-an-entry", ([a = "", ...rest]) => [a, "{}", ...rest]],
      ["an empty line", "ledger/not-an-entry", ([a = "", ...rest]) => [a, "", ...rest]],
      [
        "a torn line that is not the last",
        "ledger/not-an-entry",
        ([a = "", b = "", ...rest]) => [a, b.slice(0, 30), ...rest],
      ],
    ];
    test.each(damages)("%s is found out, and nothing is built on it", async (_, code, change) => {
      await fixture().tamper((text) => `${change(text.trimEnd().split("\n")).join("\n")}\n`);
      const found = await verify(fixture().forget(), head);
      expect(found.problems.map((problem) => problem.code)).toContain(code);
      expect(found).toMatchObject({ consistent: false, complete: false });
      await expect(openLedgerState(fixture().forget())).rejects.toBeInstanceOf(LedgerBroken);
      await expect(all(fixture().forget())).rejects.toBeInstanceOf(LedgerBroken);
    });

    test("an end that was cut off is consistent, and only the head kept elsewhere tells", async () => {
      await fixture().tamper((text) => `${text.trimEnd().split("\n").slice(0, 3).join("\n")}\n`);
      expect(await verify(fixture().forget())).toMatchObject({ consistent: true, entries: 3 });
      const found = await verify(fixture().forget(), head);
      expect(found).toMatchObject({
        consistent: true,
        complete: false,
        problems: [{ code: "ledger/incomplete" }],
      });
      await expect(all(fixture().forget(), head)).rejects.toBeInstanceOf(LedgerBroken);
    });
  });
}

/**
 * The fourth entry replaced by another that is right in itself, even signed: by the key's own
 * owner.
 */
function forged(lines: string[]): string[] {
  const [first, before] = [parseLine(lines[0] ?? ""), parseLine(lines[2] ?? "")];
  if ("wrong" in first || "wrong" in before || first.type !== "founded")
    throw new Error("no ledger");
  const trust = { ledger: first.id, account: first.account.id, keys: [first.key] };
  const { text } = chainText(
    [noted("x")],
    { offset: 0, seq: 3, head: "f".repeat(64), trust },
    signer,
  );
  return lines.map((line, index) => (index === 3 ? text.trimEnd() : line));
}
