import { randomInt } from "node:crypto";
import { keepSecret } from "../../model/text/secrets.ts";

const alphabets = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!#%+-=?@"];

/**
 * A random temporary password: 20 characters with upper and lower case letters, digits and symbols,
 * without easily confused ones.
 */
export function password(): string {
  const all = alphabets.join("");
  const drawn = [...alphabets, ...Array<string>(16).fill(all)].map((from) =>
    from.charAt(randomInt(from.length)),
  );
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other] ?? "", drawn[last] ?? ""];
  }
  const made = drawn.join("");
  keepSecret(made);
  return made;
}
