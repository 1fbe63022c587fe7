import { exact } from "./measure.mjs";

const number = (value, digits) =>
  Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const layouts = { customer: "one file a customer", manifest: "one file a manifest" };
const peakGoal = { count: 10_000, most: 200 };

/** What starting costs, over starting node itself. */
export function startTable(rows) {
  const [{ wall: bare }] = rows;
  const lines = rows.map(({ phase, wall, most }) => {
    const over = (wall - bare) * 1000;
    return [
      phase,
      number(wall * 1000, 0),
      phase === "node" ? "" : number(over, 0),
      most === undefined ? "" : verdict(over, most),
    ];
  });
  return table(["start-up", "ms", "over node", "goal"], lines);
}

/** One size and layout. */
export function sizeTable({ count, layout, bytes, rows }) {
  const title = `\n${number(count, 0)} manifests of ${number(bytes, 0)} bytes, ${layouts[layout]}`;
  const lines = rows.map((row) => {
    const ratio = row.yardstick && row.cpu / row.yardstick.cpu;
    const compared =
      ratio === undefined
        ? []
        : [
            `${number(ratio, 2)} × ${row.beside} (${number(row.yardstick.cpu, 2)} s, ${number(row.yardstick.peak, 0)} MB)`,
          ];
    if (row.most !== undefined) compared.push(`goal ${verdict(ratio, row.most)}`);
    if (count === peakGoal.count && row.peak > peakGoal.most && !row.phase.startsWith("terraform"))
      compared.push(`memory: goal ${verdict(row.peak, peakGoal.most)}`);
    if (row.note !== undefined) compared.push(row.note);
    return [
      row.phase,
      number(row.cpu, 2),
      number(row.wall, 2),
      number(row.peak, 0),
      number((row.cpu / count) * 1e6, 0),
      compared.join("; "),
    ];
  });
  return `${title}\n${table(["", exact ? "CPU s" : "wall s", "wall s", "peak MB", "µs each", "compared"], lines)}`;
}

/**
 * Whether a manifest costs as much among many as among 1,000; the cost of the smallest size is
 * taken off as fixed.
 */
export function growthTable(sizes) {
  const [smallest, ...others] = sizes;
  const middle = others.find(({ count }) => count === 1_000);
  const largest = others.at(-1);
  if (!middle || !largest || largest.count <= middle.count) return "";
  const each = (size, phase) =>
    (costOf(size, phase) - costOf(smallest, phase)) / (size.count - smallest.count);
  const lines = largest.rows
    .filter(({ phase }) => !phase.startsWith("terraform"))
    .map(({ phase }) => {
      const ratio = each(largest, phase) / each(middle, phase);
      return [
        phase,
        number(each(middle, phase) * 1e6, 0),
        number(each(largest, phase) * 1e6, 0),
        number(ratio, 2),
        verdict(ratio, 1.2),
      ];
    });
  const title = `\ngrowth, ${layouts[largest.layout]}: µs of one more manifest above ${number(smallest.count, 0)}`;
  return `${title}\n${table(["", `at ${number(middle.count, 0)}`, `at ${number(largest.count, 0)}`, "ratio", "goal"], lines)}`;
}

function costOf({ rows }, phase) {
  return rows.find((row) => row.phase === phase)?.cpu ?? Number.NaN;
}

function verdict(value, most) {
  return value <= most ? `≤ ${most}: met` : `≤ ${most}: missed, ${number(value / most, 2)} × it`;
}

function table(head, lines) {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const last = head.length - 1;
  const show = (line) =>
    line
      .map((cell, column) =>
        column === 0 || column === last
          ? cell.padEnd(column === last ? 0 : widths[column])
          : cell.padStart(widths[column]),
      )
      .join("  ")
      .trimEnd();
  return all.map(show).join("\n");
}
