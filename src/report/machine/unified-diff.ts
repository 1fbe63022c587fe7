/** The difference of two texts in the format of `diff -u`. Empty if they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  const hunks = grouped(edits(old, now));
  if (hunks.length === 0) return "";
  return `--- ${path}\n+++ ${path}\n${hunks.map((hunk) => shown(hunk, old, now)).join("")}`;
}

const context = 3;
/** With more edits than this, one replacement is shown: the algorithm needs quadratic time. */
const mostEdits = 400;

/** Lines `[from, until)` of the old text that are replaced by lines of the new text. */
interface Edit {
  readonly old: readonly [from: number, until: number];
  readonly now: readonly [from: number, until: number];
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function edits(old: readonly string[], now: readonly string[]): readonly Edit[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old.at(-1 - end) === now.at(-1 - end)
  )
    end += 1;
  const inner = middle(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const moved = ([from, until]: Edit["old"]): Edit["old"] => [from + start, until + start];
  return inner.map((edit) => ({ old: moved(edit.old), now: moved(edit.now) }));
}

/** Myers' greedy algorithm (1986). */
function middle(old: readonly string[], now: readonly string[]): readonly Edit[] {
  const reached: Map<number, number>[] = [];
  let last = new Map([[1, 0]]);
  for (let count = 0; count <= Math.min(old.length + now.length, mostEdits); count += 1) {
    const next = new Map<number, number>();
    reached.push(next);
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      let x = isDown(last, diagonal, count)
        ? (last.get(diagonal + 1) ?? 0)
        : (last.get(diagonal - 1) ?? 0) + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length)
        return walked(reached, old.length, now.length);
    }
    last = next;
  }
  return [{ old: [0, old.length], now: [0, now.length] }];
}

function isDown(last: ReadonlyMap<number, number>, diagonal: number, count: number): boolean {
  return (
    diagonal === -count ||
    (diagonal !== count && (last.get(diagonal - 1) ?? -1) < (last.get(diagonal + 1) ?? -1))
  );
}

/** Follows the path back from the end and joins adjacent steps. */
function walked(
  reached: readonly ReadonlyMap<number, number>[],
  x: number,
  y: number,
): readonly Edit[] {
  const found: Edit[] = [];
  let at = { x, y };
  for (let count = reached.length - 1; count > 0; count -= 1) {
    const before = reached[count - 1] ?? new Map<number, number>();
    const down = isDown(before, at.x - at.y, count);
    const diagonal = at.x - at.y + (down ? 1 : -1);
    const from = before.get(diagonal) ?? 0;
    const step: Edit = {
      old: [from, down ? from : from + 1],
      now: [from - diagonal, down ? from - diagonal + 1 : from - diagonal],
    };
    const next = found[0];
    if (next && next.old[0] === step.old[1] && next.now[0] === step.now[1])
      found[0] = { old: [step.old[0], next.old[1]], now: [step.now[0], next.now[1]] };
    else found.unshift(step);
    at = { x: from, y: from - diagonal };
  }
  return found;
}

/** Groups edits whose context lines touch or overlap. */
function grouped(all: readonly Edit[]): readonly (readonly Edit[])[] {
  const groups: Edit[][] = [];
  for (const edit of all) {
    const group = groups.at(-1);
    if (group && edit.old[0] - (group.at(-1)?.old[1] ?? 0) <= 2 * context) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function shown(hunk: readonly Edit[], old: readonly string[], now: readonly string[]): string {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (!first || !last) return "";
  const start = Math.max(0, first.old[0] - context);
  const end = Math.min(old.length, last.old[1] + context);
  const shift = first.now[0] - first.old[0];
  const length =
    end -
    start +
    hunk.reduce((sum, edit) => sum + edit.now[1] - edit.now[0] - (edit.old[1] - edit.old[0]), 0);
  const lines: string[] = [];
  let at = start;
  for (const edit of hunk) {
    for (const some of [
      marked(" ", old.slice(at, edit.old[0])),
      marked("-", old.slice(...edit.old)),
      marked("+", now.slice(...edit.now)),
    ])
      lines.push(some);
    at = edit.old[1];
  }
  lines.push(marked(" ", old.slice(at, end)));
  return `@@ -${range(start, end - start)} +${range(start + shift, length)} @@\n${lines.join("")}`;
}

function marked(mark: string, lines: readonly string[]): string {
  return lines
    .map((line) => `${mark}${line}${line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`)
    .join("");
}

function range(start: number, length: number): string {
  return `${length === 0 ? start : start + 1}${length === 1 ? "" : `,${length}`}`;
}
