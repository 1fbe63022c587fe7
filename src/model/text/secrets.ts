/** Minimum length of a secret: replacing shorter texts would make messages unreadable. */
const shortest = 8;

/** Sorted by length, longest first, because one secret may contain another. */
let kept: readonly string[] = [];

/**
 * Registers a secret of this process, and each of its lines; messages then hide them. Texts shorter
 * than 8 characters are ignored.
 */
export function keepSecret(text: string): void {
  const secrets = [text, ...text.split(/\r?\n/)].map((one) => one.trim()).filter(isSecret);
  if (secrets.every((one) => kept.includes(one))) return;
  const spellings = secrets.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encoded(one)]);
  kept = [...new Set([...kept, ...spellings])].sort((left, right) => right.length - left.length);
}

/** Forgets the secrets of a run that has ended, where one process serves several runs. */
export function forgetSecrets(): void {
  kept = [];
}

/**
 * Replaces every registered secret in a text with `***`, also where it is JSON-escaped or
 * URL-encoded.
 */
export function withoutSecrets(text: string): string {
  if (text.length < shortest) return text;
  return kept.reduce(
    (rest, secret) => (rest.includes(secret) ? rest.replaceAll(secret, "***") : rest),
    text,
  );
}

/**
 * PEM frame lines occur in every PEM file, and comments in an identity file show only its public
 * key.
 */
function isSecret(line: string): boolean {
  return line.length >= shortest && !/^(#|-----(BEGIN|END) [A-Z ]+-----$)/.test(line);
}

/** URL-encodes a secret. Text with a lone surrogate has no encoding and is returned unchanged. */
function encoded(secret: string): string {
  return /\p{Cs}/u.test(secret) ? secret : encodeURIComponent(secret);
}
