/** Shorter texts are no secrets, and striking them would make messages unreadable. */
const shortest = 8;

/** The longest first, for one may hold another. */
let kept: readonly string[] = [];

/** Remembers a secret that this process was given, made or received, so that no message shows it. */
export function keepSecret(text: string): void {
  const secrets = [text, ...text.split(/\r?\n/)].map((one) => one.trim()).filter(isSecret);
  if (secrets.every((one) => kept.includes(one))) return;
  const spellings = secrets.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encoded(one)]);
  kept = [...new Set([...kept, ...spellings])].sort((left, right) => right.length - left.length);
}

/** A text in which every secret that the process knows is struck out, in whatever spelling a service may quote it. */
export function withoutSecrets(text: string): string {
  if (text.length < shortest) return text;
  return kept.reduce((rest, secret) => (rest.includes(secret) ? rest.replaceAll(secret, "***") : rest), text);
}

/** The frame of a PEM file is in every such file, and a comment beside an identity names its public half. */
function isSecret(line: string): boolean {
  return line.length >= shortest && !/^(#|-----(BEGIN|END) [A-Z ]+-----$)/.test(line);
}

/** As a form or an address quotes it; half a surrogate has no such spelling. */
function encoded(secret: string): string {
  return /\p{Cs}/u.test(secret) ? secret : encodeURIComponent(secret);
}
