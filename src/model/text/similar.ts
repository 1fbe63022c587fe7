import { say, type Wording } from "./phrase.ts";
import { oddCharacter, withoutIt } from "./odd-characters.ts";

/** Returns at most three names that differ from a word by few typing errors, nearest first. */
export function similar(word: string, names: Iterable<string>): readonly string[] {
  const most = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  const wanted = word.toLowerCase();
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of names) {
    const found = distance(wanted, name.toLowerCase(), most);
    if (found <= most && name !== word) near.push({ name, distance: found });
  }
  near.sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1));
  return near.slice(0, 3).map(({ name }) => name);
}

/**
 * Returns a hint with similar names, otherwise the fallback. If the word contains an invisible or
 * misleading character, the hint is about that.
 */
export function didYouMean(
  word: string,
  names: Iterable<string>,
  fallback?: Wording,
): Wording | undefined {
  const odd = oddCharacter(word);
  if (odd) return withoutIt(odd);
  const near = similar(word, names);
  return near.length > 0 ? oneOf(near) : fallback;
}

/** Asks whether one of these names was meant. */
export function oneOf(names: readonly string[]): Wording {
  return say`Did you mean ${{ either: names.map((name) => `\`${name}\``) }}?`;
}

/**
 * Counts the edits (insert, delete, replace, swap of neighbors) between two texts. Returns some
 * number above `most` as soon as the distance exceeds it.
 */
function distance(left: string, right: string, most: number): number {
  if (left === right) return 0;
  if (Math.abs(left.length - right.length) > most || right.length > 200) return most + 1;
  let before: readonly number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const next = nextRow({ left, right, row }, previous, before);
    if (Math.min(...next) > most) return most + 1;
    before = previous;
    previous = next;
  }
  return previous[right.length] ?? most + 1;
}

function nextRow(
  { left, right, row }: { readonly left: string; readonly right: string; readonly row: number },
  previous: readonly number[],
  before: readonly number[],
): number[] {
  const next = [row];
  for (let column = 1; column <= right.length; column++) {
    const same = left[row - 1] === right[column - 1];
    const edits = [
      (previous[column] ?? 0) + 1,
      (next[column - 1] ?? 0) + 1,
      (previous[column - 1] ?? 0) + (same ? 0 : 1),
    ];
    const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
    if (swapped && row > 1 && column > 1) edits.push((before[column - 2] ?? 0) + 1);
    next.push(Math.min(...edits));
  }
  return next;
}
