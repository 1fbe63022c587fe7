import { randomUUID } from "node:crypto";
import { type Address, kindOf } from "../../model/address.ts";
import { type Credential, type CredentialSink, SinkUnavailable } from "../../model/credential.ts";
import { sha256 } from "../../model/values/digest.ts";
import { say } from "../../model/text/phrase.ts";
import type { Files } from "../git/branch-files.ts";
import type { CredentialStore } from "./credential-store.ts";
import { armorAge, encryptAge, UnknownRecipient } from "./age-file.ts";

/** Where credentials are stored and who can decrypt them. */
export interface SinkOptions {
  readonly store: CredentialStore;
  /** Age public keys. At least one is required to store a credential. */
  readonly recipients: readonly string[];
  readonly now: () => Date;
}

/** A credential as stored in its file. `at` is RFC 3339, UTC. */
export type StoredCredential = Credential & { readonly at: string };

/**
 * Stores each credential in its own file, encrypted with age. The file name reveals only the kind,
 * the purpose and a hash. Throws SinkUnavailable if there is no valid recipient or the store fails.
 */
export function ageSink({ store, recipients, now }: SinkOptions): CredentialSink {
  const keep = async (name: string, text: string): Promise<void> =>
    store.keep(name, await encrypt(text, recipients));
  return {
    deliver: async (credential) => {
      const stored: StoredCredential = { ...credential, at: now().toISOString() };
      await keep(fileName(credential), JSON.stringify(stored));
    },
    ready: async () => {
      const trial = `trial-${randomUUID()}.tmp`;
      await keep(trial, "x".repeat(4096));
      await store.remove(trial);
    },
    holds: async (address, requestId) =>
      findCredential(await store.read(), address, requestId) !== undefined,
  };
}

/** The name of the file with the credential that a request returned for an address, if present. */
export function findCredential(
  files: Files,
  address: Address,
  requestId: string,
): string | undefined {
  return [...files.keys()].find((name) => name.endsWith(`-${requestName(address, requestId)}.age`));
}

/** Unique per credential, so delivering it again replaces its file. */
function fileName({ address, purpose, requestId }: Credential): string {
  return `${kindOf(address).toLowerCase()}-${purpose}-${requestName(address, requestId)}.age`;
}

function requestName(address: Address, requestId: string): string {
  return sha256(JSON.stringify([address, requestId])).slice(0, 16);
}

async function encrypt(text: string, recipients: readonly string[]): Promise<Uint8Array> {
  if (recipients.length === 0)
    throw new SinkUnavailable(
      say`There is nobody to encrypt a credential for: name at least one age recipient under credentials.recipients.`,
    );
  try {
    return Buffer.from(armorAge(await encryptAge(Buffer.from(text), recipients)));
  } catch (error) {
    if (!(error instanceof UnknownRecipient)) throw error;
    throw new SinkUnavailable(
      say`${error.recipient} is not an age recipient; one looks like age1… (credentials.recipients).`,
      { cause: error },
    );
  }
}

/**
 * Decrypts credential files with an age identity, ordered by file name. Rejects if any file cannot
 * be decrypted.
 */
export async function openCredentials(
  files: Files,
  identity: string,
): Promise<readonly StoredCredential[]> {
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const texts = [...files]
    .sort()
    .map(([, bytes]) => armor.decode(Buffer.from(bytes).toString("utf8")));
  return Promise.all(texts.map(async (text) => JSON.parse(await decrypter.decrypt(text, "text"))));
}

/** Creates an age key pair. `identity` decrypts data that was encrypted for `recipient`. */
export async function newIdentity(): Promise<{
  readonly identity: string;
  readonly recipient: string;
}> {
  const { generateIdentity, identityToRecipient } = await import("age-encryption");
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}
