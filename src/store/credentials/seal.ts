import type { Code } from "../../model/codes.ts";
import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { armorAge, encryptAge, UnknownRecipient } from "./age-file.ts";

/** Whether a file is encrypted with age, armored or binary. */
export function isSealed(bytes: Uint8Array): boolean {
  return /^(-----BEGIN AGE ENCRYPTED FILE-----|age-encryption\.org\/)/.test(
    Buffer.from(bytes.subarray(0, 64)).toString("latin1"),
  );
}

/**
 * Encrypts a text for age recipients; returns an armored age file. Fails with plan/seal-recipient.
 */
export async function seal(text: string, recipients: readonly string[]): Promise<Checked<string>> {
  try {
    const file = await encryptAge(Buffer.from(text), recipients);
    return { ok: true, value: armorAge(file), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof UnknownRecipient)) throw error;
    return refused(
      "plan/seal-recipient",
      say`${error.recipient} is not an age recipient.`,
      say`One looks like \`age1…\`; \`partnerctl init\` and \`age-keygen\` make them.`,
    );
  }
}

/**
 * Decrypts an age file. `identities` is the text of a key file in the format of age-keygen, one
 * identity per line. Fails with seal/identity, seal/not-for-you or seal/damaged; no message
 * contains an identity.
 */
export async function unseal(bytes: Uint8Array, identities: string): Promise<Checked<string>> {
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  // trim() also removes a byte order mark.
  const lines = identities.split("\n").map((line) => line.trim());
  try {
    for (const line of lines) if (line !== "" && !line.startsWith("#")) decrypter.addIdentity(line);
  } catch {
    return refused(
      "seal/identity",
      say`That is not an age identity.`,
      say`One looks like \`AGE-SECRET-KEY-1…\`.`,
    );
  }
  try {
    const armored = bytes[0] === "-".charCodeAt(0);
    const file = armored ? armor.decode(Buffer.from(bytes).toString("utf8")) : bytes;
    return { ok: true, value: await decrypter.decrypt(file, "text"), diagnostics: [] };
  } catch (error) {
    return isForOthers(error)
      ? refused(
          "seal/not-for-you",
          say`It is sealed for somebody else: none of the identities opens it.`,
          say`Have it encrypted for your recipient too: a plan with partnerctl plan --seal, credentials with credentials.recipients in the settings.`,
        )
      : refused(
          "seal/damaged",
          say`It is sealed, and damaged: it cannot be opened.`,
          say`Take it again from where it came.`,
        );
  }
}

function isForOthers(error: unknown): boolean {
  return (
    error instanceof Error && error.message === "no identity matched any of the file's recipients"
  );
}

function refused(code: Code, message: Wording, hint: Wording): Checked<never> {
  return { ok: false, diagnostics: [diagnostic({ severity: "error", code, message, hint })] };
}
