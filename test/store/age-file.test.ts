import { Decrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";
import fc from "fast-check";
import { expect, test } from "vitest";
import { armorAge, encryptAge, UnknownRecipient } from "../../src/store/credentials/age-file.ts";
import { newIdentity } from "../../src/store/credentials/credentials.ts";
import { unseal } from "../../src/store/credentials/seal.ts";

const chunk = 64 * 1024;

async function opened(file: Uint8Array, identity: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file, "uint8array");
}

test("the age-encryption package opens what was written, at every edge of a chunk", async () => {
  const { identity, recipient } = await newIdentity();
  for (const size of [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 5]) {
    const bytes = Buffer.alloc(size, 7);
    expect(
      Buffer.compare(await opened(await encryptAge(bytes, [recipient]), identity), bytes),
    ).toBe(0);
  }
});

test("each of several recipients opens any bytes, and nobody else", async () => {
  const [one, two, other] = [await newIdentity(), await newIdentity(), await newIdentity()];
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const file = await encryptAge(bytes, [one.recipient, two.recipient]);
      for (const { identity } of [one, two])
        expect([...(await opened(file, identity))]).toEqual([...bytes]);
      await expect(opened(file, other.identity)).rejects.toThrow("no identity matched");
    }),
    { numRuns: 20 },
  );
});

test("a file for a post-quantum recipient beside another one is written too", async () => {
  const [hybrid, { identity, recipient }] = [await generateHybridIdentity(), await newIdentity()];
  const text = Buffer.from("both");
  const file = await encryptAge(text, [await identityToRecipient(hybrid)]);
  expect(Buffer.from(await opened(file, hybrid)).toString()).toBe("both");
  const armored = Buffer.from(armorAge(await encryptAge(text, [recipient])));
  expect(await unseal(armored, identity)).toMatchObject({ value: "both" });
});

test("the same bytes are never encrypted the same way twice", async () => {
  const { recipient } = await newIdentity();
  const files = await Promise.all(
    Array.from({ length: 20 }, () => encryptAge(Buffer.from("x"), [recipient])),
  );
  expect(new Set(files.map((file) => Buffer.from(file).toString("hex"))).size).toBe(20);
});

test.each(["", "age1", "age1qqqq", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", "age1\u0000"])(
  "%j is no recipient",
  async (recipient) => {
    const failed = await encryptAge(Buffer.from("x"), [recipient]).catch((error) => error);
    expect(failed).toBeInstanceOf(UnknownRecipient);
    expect(failed.recipient).toBe(recipient);
  },
);

test("a recipient in capitals, with a wrong letter or without its use is refused", async () => {
  const { recipient } = await newIdentity();
  const swapped = recipient.replace(/.$/, (last) => (last === "q" ? "p" : "q"));
  for (const wrong of [recipient.toUpperCase(), swapped, ` ${recipient}`])
    await expect(encryptAge(Buffer.from("x"), [wrong])).rejects.toBeInstanceOf(UnknownRecipient);
});
