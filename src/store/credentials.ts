import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Address, kindOf } from "../model/address.ts";
import { type Credential, type CredentialSink, SinkUnavailable } from "../model/credential.ts";
import { sha256 } from "../model/digest.ts";
import { say } from "../model/say.ts";
import { replaceFile } from "./replace-file.ts";

/** Where credentials go and who may open them. */
export interface SinkOptions {
  readonly folder: string;
  /** Age public keys. */
  readonly recipients: readonly string[];
  readonly now: () => Date;
}

/** A credential as its file holds it. `at` is RFC 3339, UTC. */
export type StoredCredential = Credential & { readonly at: string };

/** Keeps each credential in a file of its own, encrypted in the age format. Its name tells the kind and no more. Throws SinkUnavailable. */
export function ageSink({ folder, recipients, now }: SinkOptions): CredentialSink {
  const keep = async (name: string, text: string): Promise<void> => {
    const bytes = await encrypt(text, recipients);
    try {
      replaceFile(join(folder, name), [bytes], { mode: 0o600 });
    } catch (error) {
      throw new SinkUnavailable(say`a credential cannot be kept in ${folder}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  };
  return {
    deliver: async (credential) => {
      const stored: StoredCredential = { ...credential, at: now().toISOString() };
      await keep(fileName(credential), JSON.stringify(stored));
    },
    ready: async () => {
      const trial = `trial-${randomUUID()}.tmp`;
      await keep(trial, "x".repeat(4096));
      rmSync(join(folder, trial), { force: true });
    },
    holds: async (address, requestId) => {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      return names.some((name) => name.endsWith(`-${requestName(address, requestId)}.age`));
    },
  };
}

/** One name for one credential: delivering it again replaces it. */
function fileName({ address, purpose, requestId }: Credential): string {
  return `${kindOf(address).toLowerCase()}-${purpose}-${requestName(address, requestId)}.age`;
}

function requestName(address: Address, requestId: string): string {
  return sha256(JSON.stringify([address, requestId])).slice(0, 16);
}

async function encrypt(text: string, recipients: readonly string[]): Promise<Uint8Array> {
  if (recipients.length === 0)
    throw new SinkUnavailable(
      say`there is nobody to encrypt a credential for: name at least one age recipient under credentials.recipients`,
    );
  const { armor, Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      throw new SinkUnavailable(say`${recipient} is not an age recipient; one looks like age1… (credentials.recipients)`, {
        cause: error,
      });
    }
  }
  return Buffer.from(armor.encode(await encrypter.encrypt(text)));
}

/** Every credential in a folder that an identity opens, in the order of their files. Throws where one cannot be opened. */
export async function readCredentials(folder: string, identity: string): Promise<readonly StoredCredential[]> {
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".age"))
    .sort();
  return Promise.all(
    files.map(async (name) => JSON.parse(await decrypter.decrypt(armor.decode(readFileSync(join(folder, name), "utf8")), "text"))),
  );
}

/** A new age key pair: the identity opens what is encrypted for the recipient. */
export async function newIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const { generateIdentity, identityToRecipient } = await import("age-encryption");
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}
