import { beforeEach, describe, expect, test } from "vitest";
import { WordedError } from "../../src/model/text/worded-error.ts";
import { canonical, sha256 } from "../../src/model/values/digest.ts";
import {
  type Entry,
  type Hash,
  LedgerBroken,
  LedgerRefused,
  noHash,
} from "../../src/model/ledger/ledger.ts";
import { type SigningKey, signingKey } from "../../src/model/ledger/ledger-keys.ts";
import { parseLine } from "../../src/store/ledger/chain/chain.ts";
import { openLedgerState, verify } from "../../src/store/ledger/index.ts";
import { chainText, foundingOf, signer } from "../store/test-ledger.ts";
import { all, type Fixture, noted, noteOf } from "./ledger-subject.ts";

/**
 * Whoever can write to where it is kept cannot write to it, and cannot take anything away
 * unnoticed.
 */
export function signingConformance(fixture: () => Fixture): void {
  describe("its signatures", () => {
    let head: Hash;
    beforeEach(async () => {
      head = await fixture()
        .open()
        .append([noted("a"), noted("b")], noHash);
      head = await fixture()
        .open()
        .append([noted("c")], head);
    });

    test("reading and verifying need no key, and show whose signatures count", async () => {
      const reader = fixture().open({});
      expect((await all(reader)).slice(1).map(noteOf).join("")).toBe("abc");
      expect(await openLedgerState(reader)).toMatchObject({ key: signer.publicKey });
      expect(await verify(reader, head)).toMatchObject({
        complete: true,
        publicKey: signer.publicKey,
      });
    });

    test.each([
      ["no key", {}, /^ledger\/(no-key|key-gone)$/],
      ["another key", { key: Buffer.from("another key") }, /^ledger\/other-key$/],
    ])("with %s nothing is written", async (_, keys, code) => {
      const refused = fixture()
        .open(keys)
        .append([noted("x")], head);
      await expect(refused).rejects.toBeInstanceOf(LedgerRefused);
      await expect(refused).rejects.toMatchObject({
        diagnostic: { code: expect.stringMatching(code) },
      });
      expect(await fixture().forget().head()).toBe(head);
      expect(await all(fixture().forget())).toHaveLength(4);
    });

    test("a key that the settings do not name founds nothing", async () => {
      await fixture().tamper(() => "");
      const ledger = fixture().forget({ publicKey: otherSigner.publicKey });
      await expect(ledger.append([noted("x")], noHash)).rejects.toMatchObject({
        diagnostic: { code: "ledger/other-key" },
      });
      expect(await fixture().forget().head()).toBe(noHash);
    });

    const forgeries: readonly (readonly [
      what: string,
      add: (lines: readonly string[]) => string,
    ])[] = [
      ["an entry that nobody signed", (lines) => unsigned(lines)],
      ["an entry that another key signed", (lines) => appended(lines, { by: otherSigner })],
      [
        "an entry that was signed for another ledger",
        (lines) => appended(lines, { ledger: foundingOf().id }),
      ],
      [
        "an entry that was signed for another account",
        (lines) => appended(lines, { account: "other" }),
      ],
      ["an entry with an earlier signature", (lines) => resigned(lines)],
    ];
    test.each(forgeries)(
      "%s is found out, by its number, and nothing is built on it",
      async (_, add) => {
        await fixture().tamper((text) => `${text}${add(text.trimEnd().split("\n"))}\n`);
        expect(await verify(fixture().forget())).toMatchObject({
          consistent: false,
          problems: [{ code: "ledger/unsigned", message: expect.stringContaining("Entry 5") }],
        });
        for (const ledger of [fixture().open(), fixture().forget()]) {
          await expect(openLedgerState(ledger)).rejects.toMatchObject({
            name: "LedgerBroken",
            seq: 5,
          });
          await expect(all(ledger)).rejects.toBeInstanceOf(LedgerBroken);
        }
        const forged = await fixture()
          .forget()
          .head()
          .catch(() => head);
        await expect(
          fixture()
            .forget()
            .append([noted("x")], forged),
        ).rejects.toBeInstanceOf(LedgerBroken);
      },
    );

    test("a ledger that somebody wrote anew with a key of their own is not the one the settings mean", async () => {
      const founded = {
        at: "2026-03-01T08:00:00Z",
        type: "founded",
        version: 1,
        key: otherSigner.publicKey,
      } as const;
      const { text } = chainText(
        [{ ...founded, ...foundingOf() }, noted("x")],
        { offset: 0, seq: 0, head: noHash },
        otherSigner,
      );
      await fixture().tamper(() => text);
      const ledger = fixture().forget({ publicKey: signer.publicKey });
      await expect(openLedgerState(ledger)).rejects.toMatchObject({
        diagnostic: { code: "ledger/other-public-key" },
      });
      await expect(all(ledger)).rejects.toMatchObject({
        diagnostic: { code: "ledger/other-public-key" },
      });
      expect((await verify(ledger)).problems.map(({ code }) => code)).toEqual([
        "ledger/other-public-key",
      ]);
    });

    test("what was seen and is gone is an error, until it is there again", async () => {
      await openLedgerState(fixture().open());
      await fixture().tamper((text) => `${text.split("\n").slice(0, 3).join("\n")}\n`);
      const gone = { diagnostic: { code: "ledger/rolled-back" } };
      await expect(openLedgerState(fixture().open())).rejects.toMatchObject(gone);
      await expect(fixture().open().head()).rejects.toMatchObject(gone);
      await expect(all(fixture().open())).rejects.toMatchObject(gone);
      expect(await verify(fixture().open())).toMatchObject({
        consistent: false,
        problems: [{ code: "ledger/rolled-back" }],
      });
      expect(await verify(fixture().forget())).toMatchObject({ consistent: true });
      await fixture().tamper(() => "");
      await expect(fixture().open().head()).rejects.toMatchObject(gone);
      await fixture().undo();
      expect(await fixture().open().head()).toBe(head);
    });

    test("only what is signed counts as seen", async () => {
      await fixture().tamper((text) => `${text}${unsigned(text.trimEnd().split("\n"))}\n`);
      await expect(openLedgerState(fixture().open())).rejects.toBeInstanceOf(LedgerBroken);
      await fixture().undo();
      expect(await openLedgerState(fixture().open())).toMatchObject({ head });
    });
  });
}

const otherSigner = signingKey(Buffer.from("another key"));

function parsed(line = ""): Entry {
  const entry = parseLine(line);
  if ("wrong" in entry) throw new WordedError(entry.wrong);
  return entry;
}

function appended(
  lines: readonly string[],
  {
    by = signer,
    ledger,
    account,
  }: { readonly by?: SigningKey; readonly ledger?: string; readonly account?: string },
): string {
  const [first, last] = [parsed(lines[0]), parsed(lines.at(-1))];
  if (first.type !== "founded") throw new Error("not founded");
  const trust = {
    ledger: ledger ?? first.id,
    account: account ?? first.account.id,
    keys: [by.publicKey],
  };
  return chainText(
    [noted("x")],
    { offset: 0, seq: last.seq, head: last.hash, trust },
    by,
  ).text.trimEnd();
}

/** With its right hash, as anybody can make one. */
function unsigned(lines: readonly string[]): string {
  const { hash: _, appendSignature: __, ...body } = parsed(appended(lines, {}));
  return canonical({ ...body, hash: sha256(canonical(body)) });
}

function resigned(lines: readonly string[]): string {
  const { hash: _, ...body } = parsed(appended(lines, {}));
  const other = { ...body, appendSignature: parsed(lines.at(-1)).appendSignature };
  return canonical({ ...other, hash: sha256(canonical(other)) });
}
