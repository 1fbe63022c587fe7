import { compare } from "../diagnostic.ts";

/**
 * Compares two names as people count: `u2` comes before `u10`. Only for what people read; files and
 * digests keep the order of `compare`, which also decides between `u2` and `u02`. One pass.
 */
export function compareNaturally(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  // The numbers that differ may have begun before.
  while (at > 0 && isDigit(left.charCodeAt(at - 1))) at--;
  const [own, other] = [numberAt(left, at), numberAt(right, at)];
  const order =
    own === undefined || other === undefined ? 0 : own.length - other.length || compare(own, other);
  return order || compare(left, right);
}

/** The digits at a place, without leading zeros; undefined if there is none. */
function numberAt(text: string, at: number): string | undefined {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  return end === at ? undefined : text.slice(at, end).replace(/^0+/, "");
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
