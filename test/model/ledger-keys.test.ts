import { expect, test } from "vitest";
import { isSigned, signingKey } from "../../src/model/ledger/ledger-keys.ts";

const [key, other] = [signingKey(Buffer.from("a key")), signingKey(Buffer.from("another key"))];

test("what was found signed once is signed, and nothing else is because of it", () => {
  const signature = key.sign("a text");
  for (const _ of [1, 2]) {
    expect(isSigned("a text", signature, key.publicKey)).toBe(true);
    expect(isSigned("a text!", signature, key.publicKey)).toBe(false);
    expect(isSigned("a text", other.sign("a text"), key.publicKey)).toBe(false);
    expect(isSigned("a text", signature, other.publicKey)).toBe(false);
    expect(isSigned(`${signature.at(-1)}a text`, signature.slice(0, -1), key.publicKey)).toBe(
      false,
    );
    expect(isSigned("a text", "", key.publicKey)).toBe(false);
  }
});
