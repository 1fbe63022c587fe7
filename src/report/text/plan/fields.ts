import type { Json } from "../../../model/values/json.ts";
import type { Change, FieldChange } from "../../../model/plan/plan.ts";
import { languageOf } from "../../language/language.ts";
import { columns, cutToWidth, flow, indentLines, pad, widest } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import type { Style } from "../../report.ts";
import { formatPointer, type IdNames, formatValue } from "../../wording/value.ts";
import { causes } from "../../wording/format.ts";

/** The available columns, and display names of ids. */
export interface Room {
  readonly columns: number;
  readonly names: IdNames;
  readonly style: Style;
}

const longest = 400;

/** The fields of a new object, grouped by parent: "quantity 25 · billingCycle monthly". */
export function newFields(fields: readonly FieldChange[], room: Room): readonly string[] {
  const told = (one: FieldChange, parent: string) =>
    labelled(formatPointer(one.pointer.slice(parent.length)), one, room);
  const groups = [...byParent(fields)];
  const loose = groups
    .filter(([parent, members]) => parent === "" || members.length === 1)
    .flatMap(([, members]) => members);
  const blocks = groups.filter(([parent, members]) => parent !== "" && members.length > 1);
  return [
    ...flow(
      loose.map((one) => told(one, "")),
      " · ",
      room.columns,
    ),
    ...blocks.flatMap(([parent, members]) => [
      paint("dim", formatPointer(parent), room.style),
      ...indentLines(
        flow(
          members.map((one) => told(one, parent)),
          " · ",
          room.columns - 2,
        ),
        2,
      ),
    ]),
  ];
}

function labelled(label: string, one: FieldChange, room: Room): string {
  // A label that may be wrapped is not coloured: a line break would split the colour code.
  const breakable = columns(label) > room.columns / 2 || label.includes(" ");
  const painted = breakable ? label : paint("dim", label, room.style);
  return `${painted} ${valueText(one.after, room)}`;
}

function byParent(fields: readonly FieldChange[]): ReadonlyMap<string, FieldChange[]> {
  const found = new Map<string, FieldChange[]>();
  for (const one of fields) {
    const parent = one.pointer.slice(0, Math.max(0, one.pointer.lastIndexOf("/")));
    const members = found.get(parent);
    if (members === undefined) found.set(parent, [one]);
    else members.push(one);
  }
  return found;
}

/** The fields of a change as "field before → after", aligned in columns if there are several. */
export function changedFields(change: Change, room: Room): readonly string[] {
  const { fields } = change;
  const several = fields.length > 1;
  const names = fields.map((one) => formatPointer(one.pointer));
  const labels = several ? widest(names, Math.floor(room.columns / 2)) : 0;
  const short = fields.filter((one) => columns(pairText(one, room)) + labels + 2 <= room.columns);
  const values = short.map((one) => valueText(one.before, room));
  const befores = several ? widest(values, 24) : 0;
  const language = languageOf(room.style);
  const mixed = fields.some((one) => one.cause !== change.cause);
  return fields.flatMap((one) => {
    const [first = "", ...rest] = changedField(one, { labels, befores }, room);
    return [
      mixed
        ? `${first}  ${paint("dim", language.say`(${language.told(causes[one.cause])})`, room.style)}`
        : first,
      ...rest,
    ];
  });
}

function changedField(
  one: FieldChange,
  widths: { readonly labels: number; readonly befores: number },
  room: Room,
): readonly string[] {
  const name = formatPointer(one.pointer);
  const gap = widths.labels === 0 ? " " : "  ";
  const line = `${pad(name, widths.labels)}${gap}${pad(valueText(one.before, room), widths.befores)} → ${valueText(one.after, room)}`;
  return columns(line) <= room.columns
    ? [line]
    : [name, ...stacked("-", one.before, room), ...stacked("+", one.after, room)];
}

function pairText({ before, after }: FieldChange, room: Room): string {
  return `${valueText(before, room)} → ${valueText(after, room)}`;
}

function stacked(sign: string, value: Json | undefined, room: Room): readonly string[] {
  const pieces =
    Array.isArray(value) && value.length > 0
      ? value.map((item) => valueText(item, room))
      : [valueText(value, room)];
  return flow(pieces, ", ", room.columns - 4).map(
    (line, index) => `  ${index === 0 ? sign : " "} ${line}`,
  );
}

function valueText(value: Json | undefined, { names, style }: Room): string {
  const text = formatValue(value, names, languageOf(style));
  const named = typeof value === "string" && Object.hasOwn(names, value) && text !== value;
  return style.verbose ? (named ? `${text} (${value})` : text) : cutToWidth(text, longest);
}
