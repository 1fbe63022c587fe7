import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { decodeBytes, wrongBytes } from "../../../model/text/text-bytes.ts";
import { type AdapterContext, AdapterUnusable } from "../../factory.ts";

/** A certificate in the form that MSAL takes. */
export interface Certificate {
  readonly thumbprintSha256: string;
  readonly privateKey: string;
  readonly x5c: string;
}

/**
 * Reads a certificate and its key in PEM format. Line breaks in the key may be written as \n.
 * Throws AdapterUnusable if either is invalid or they do not match.
 */
export function readCertificate(
  file: string,
  privateKey: string,
  readFile: ReadFile = readFileSync,
): Certificate {
  const x5c = textOf(file, readFile);
  const certificate = parsed(x5c, file);
  const pem = privateKey.replaceAll("\\n", "\n");
  if (!certificate.checkPrivateKey(keyOf(pem)))
    throw unusable(
      say`/secrets/privateKey is not the key of the certificate in ${file}, which has the subject ${lines(certificate.subject)}.`,
    );
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    privateKey: pem,
    x5c,
  };
}

/** Reads a file and returns its bytes. */
export type ReadFile = NonNullable<AdapterContext["readFile"]>;

function textOf(file: string, readFile: ReadFile): string {
  const decoded = decodeBytes(bytesOf(file, readFile));
  if ("wrong" in decoded)
    throw unusable(say`/certificate: ${file}: ${wrongBytes[decoded.wrong][0]}`);
  return decoded.text;
}

function bytesOf(file: string, readFile: ReadFile): Uint8Array {
  try {
    return readFile(file);
  } catch (error) {
    throw unusable(
      say`/certificate: ${file} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : say`no file`}).`,
    );
  }
}

function parsed(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw unusable(say`/certificate: ${file} holds no certificate in PEM form.`);
  }
}

/** The original error is dropped, because it could contain parts of the key. */
function keyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw unusable(
      say`/secrets/privateKey is no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----).`,
    );
  }
}

function lines(subject: string): string {
  return subject.replaceAll("\n", ", ");
}

function unusable(message: Wording): AdapterUnusable {
  return new AdapterUnusable(
    "adapter/options",
    say`\`adapters.partner-center\` in partnerctl.yaml: ${message}`,
  );
}
