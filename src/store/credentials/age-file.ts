// Writes age files (https://age-encryption.org/v1). X25519 recipients are served by the platform's
// own cryptography; the age-encryption package serves every other sort.
import {
  createCipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { bech32 } from "@scure/base";

/** A text that is not an age recipient. Its message is the text. */
export class UnknownRecipient extends Error {
  readonly recipient: string;
  constructor(recipient: string, options?: ErrorOptions) {
    super(recipient, options);
    this.recipient = recipient;
  }
}

/**
 * Encrypts bytes to a binary age file that each recipient can decrypt. Throws UnknownRecipient.
 */
export async function encryptAge(
  bytes: Uint8Array,
  recipients: readonly string[],
): Promise<Uint8Array> {
  const keys = recipients.map(x25519Key);
  return keys.every((key) => key !== undefined)
    ? encryptX25519(bytes, keys)
    : encryptByPackage(bytes, recipients);
}

/** The armored form of an age file. */
export function armorAge(file: Uint8Array): string {
  const lines = Buffer.from(file)
    .toString("base64")
    .replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN AGE ENCRYPTED FILE-----\n${lines}\n-----END AGE ENCRYPTED FILE-----\n`;
}

/** The start of a SubjectPublicKeyInfo with an X25519 key (RFC 8410). */
const publicKeyHead = Buffer.from("302a300506032b656e032100", "hex");

/** Bytes in a chunk of the payload. */
const chunkSize = 64 * 1024;

/** A recipient's public key, 32 bytes. Undefined if it is not an X25519 recipient. */
function x25519Key(recipient: string): Uint8Array | undefined {
  const decoded = recipient.startsWith("age1") ? bech32.decodeUnsafe(recipient) : undefined;
  if (decoded?.prefix !== "age") return undefined;
  const bytes = bech32.fromWordsUnsafe(decoded.words);
  return bytes instanceof Uint8Array && bytes.length === 32 ? bytes : undefined;
}

function encryptX25519(bytes: Uint8Array, keys: readonly Uint8Array[]): Uint8Array {
  const fileKey = randomBytes(16);
  const stanzas = keys.map((key) => x25519Stanza(fileKey, key));
  const header = `age-encryption.org/v1\n${stanzas.join("")}---`;
  const mac = createHmac("sha256", derive(fileKey, "", "header"))
    .update(header)
    .digest();
  const nonce = randomBytes(16);
  return Buffer.concat([
    Buffer.from(`${header} ${unpadded(mac)}\n`),
    nonce,
    ...encryptedChunks(derive(fileKey, nonce, "payload"), bytes),
  ]);
}

/** The lines of a header that give one recipient the file's key. */
function x25519Stanza(fileKey: Uint8Array, recipient: Uint8Array): string {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const share = rawKey(publicKey);
  const secret = diffieHellman({
    privateKey,
    publicKey: createPublicKey({
      key: Buffer.concat([publicKeyHead, recipient]),
      format: "der",
      type: "spki",
    }),
  });
  const salt = Buffer.concat([share, recipient]);
  const wrapped = encryptOnce(
    derive(secret, salt, "age-encryption.org/v1/X25519"),
    Buffer.alloc(12),
    fileKey,
  );
  return `-> X25519 ${unpadded(share)}\n${unpadded(wrapped)}\n`;
}

function rawKey(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(publicKeyHead.length);
}

function derive(secret: Uint8Array, salt: Uint8Array | string, info: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, 32));
}

/** Every chunk but the last is full; the last is empty only if there are no bytes. */
function encryptedChunks(key: Uint8Array, bytes: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / chunkSize));
  return Array.from({ length: count }, (_, index) => {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(index, 7);
    nonce[11] = index === count - 1 ? 1 : 0;
    return encryptOnce(key, nonce, bytes.subarray(index * chunkSize, (index + 1) * chunkSize));
  });
}

/** ChaCha20-Poly1305 (RFC 8439): the encrypted bytes and their tag. */
function encryptOnce(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}

/**
 * Passes a stream, because the package would otherwise create a Response, which loads all of Node's
 * fetch.
 */
async function encryptByPackage(
  bytes: Uint8Array,
  recipients: readonly string[],
): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) addRecipient(encrypter, recipient);
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const parts: Uint8Array[] = [];
  for await (const part of await encrypter.encrypt(source)) parts.push(part);
  return Buffer.concat(parts);
}

function addRecipient(
  encrypter: { addRecipient(recipient: string): void },
  recipient: string,
): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (error) {
    throw new UnknownRecipient(recipient, { cause: error });
  }
}
