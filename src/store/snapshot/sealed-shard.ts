// A sealed part of a snapshot: a line of JSON in the clear, then ChaCha20-Poly1305 of its content.
// Only who has the ledger's key can make one, and one cannot stand for another.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const cipher = "chacha20-poly1305";
const nonceLength = 12;
const tagLength = 16;

/** What a part is: its account, ledger and place. It is authenticated with the content. */
export type ShardHeader = Readonly<Record<string, string | number>>;

/** A part that was opened. */
export interface OpenedShard {
  readonly header: ShardHeader;
  readonly content: unknown;
}

/** Seals a part of a snapshot under a 32-byte key. */
export function sealShard(key: Uint8Array, { header, content }: OpenedShard): Uint8Array {
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  const nonce = randomBytes(nonceLength);
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagLength });
  sealing.setAAD(line, { plaintextLength: 0 });
  const text = Buffer.from(JSON.stringify(content));
  return Buffer.concat([line, nonce, sealing.update(text), sealing.final(), sealing.getAuthTag()]);
}

/** Opens a part of a snapshot. Undefined if it was not sealed under this key, or was changed. */
export function openShard(key: Uint8Array, bytes: Uint8Array): OpenedShard | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = file.indexOf(10) + 1;
  const end = file.length - tagLength;
  if (start === 0 || end < start + nonceLength) return undefined;
  try {
    const nonce = file.subarray(start, start + nonceLength);
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagLength });
    opening.setAAD(file.subarray(0, start), { plaintextLength: 0 });
    opening.setAuthTag(file.subarray(end));
    const text = Buffer.concat([
      opening.update(file.subarray(start + nonceLength, end)),
      opening.final(),
    ]);
    return {
      header: JSON.parse(file.toString("utf8", 0, start)),
      content: JSON.parse(text.toString("utf8")),
    };
  } catch {
    return undefined;
  }
}
