import { armor } from "age-encryption";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newIdentity } from "../../src/store/credentials/credentials.ts";
import { isSealed, seal, unseal } from "../../src/store/credentials/seal.ts";

const text = `{ "displayName": "Canary-Mei", "filler": "${"x".repeat(200)}" }\n`;

test("what is sealed is opened by each recipient's identity, armored or not, and shows nothing", async () => {
  const [one, two, other] = [await newIdentity(), await newIdentity(), await newIdentity()];
  const sealed = await seal(text, [one.recipient, two.recipient]);
  if (!sealed.ok) throw new Error(JSON.stringify(sealed.diagnostics));
  const armored = Buffer.from(sealed.value);
  const bare = armor.decode(sealed.value);
  for (const bytes of [armored, bare]) {
    expect(isSealed(bytes)).toBe(true);
    expect(Buffer.from(bytes).toString("latin1")).not.toContain("Canary");
    for (const { identity } of [one, two])
      expect(
        await unseal(bytes, `# a comment\n\n${other.identity}\r\n${identity}\n`),
      ).toMatchObject({ value: text });
    expect(await unseal(bytes, other.identity)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "seal/not-for-you" }],
    });
  }
  expect(isSealed(Buffer.from(text))).toBe(false);
});

test("a changed or missing byte is never opened as something else", async () => {
  const { identity, recipient } = await newIdentity();
  const sealed = await seal(text, [recipient]);
  if (!sealed.ok) throw new Error(JSON.stringify(sealed.diagnostics));
  const bytes = armor.decode(sealed.value);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, by, cut) => {
        const changed = Uint8Array.from(cut ? bytes.subarray(0, at) : bytes);
        if (!cut) changed[at] = (changed[at] ?? 0) ^ by;
        const opened = await unseal(changed, identity);
        expect(opened.ok).toBe(false);
        expect(["seal/damaged", "seal/not-for-you"]).toContain(opened.diagnostics[0]?.code);
        expect(JSON.stringify(opened)).not.toContain(identity.slice(15));
      },
    ),
  );
});
