import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A self-signed certificate and its private key, both in PEM. */
export interface SelfSigned {
  readonly certificate: string;
  readonly privateKey: string;
}

const tag = {
  integer: 0x02,
  bits: 0x03,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;
const algorithm = Buffer.from("300d06092a864886f70d01010b0500", "hex");
const names = {
  organization: Buffer.from("060355040a", "hex"),
  commonName: Buffer.from("0603550403", "hex"),
} as const;

/**
 * Creates an RSA key (2048 bits) and a self-signed certificate (X.509 version 1, SHA-256), valid
 * from 2020-01-01 to 2049-12-31.
 */
export function selfSigned(subject: Readonly<Record<keyof typeof names, string>>): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const name = der(
    tag.sequence,
    part("organization", subject.organization),
    part("commonName", subject.commonName),
  );
  const content = der(
    tag.sequence,
    der(tag.integer, Buffer.from([1]), randomBytes(15)),
    algorithm,
    name,
    der(tag.sequence, time("200101000000Z"), time("491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = der(tag.bits, Buffer.from([0]), sign("sha256", content, privateKey));
  return {
    certificate: pem(der(tag.sequence, content, algorithm, signature)),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function part(of: keyof typeof names, text: string): Buffer {
  return der(tag.set, der(tag.sequence, names[of], der(tag.utf8, Buffer.from(text))));
}

function time(text: string): Buffer {
  return der(tag.time, Buffer.from(text));
}

/** Encodes a value in ASN.1 DER: tag, length, content. Content is at most 65,535 bytes. */
function der(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([type, ...size]), content]);
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
