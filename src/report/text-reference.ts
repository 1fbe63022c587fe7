import { clean } from "./clean.ts";
import { indent, pad, page, widest, wrap } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Reference, Style } from "./report.ts";
import { shown } from "./value.ts";

/** A kind or a field as the schema tells it, with what is inside. */
export function textReference(given: Reference, style: Style): string {
  const entry = clean(given);
  const children = entry.children ?? [];
  const width = widest(
    children.map((child) => lastOf(child.path)),
    28,
  );
  return page(
    [`${paint("strong", entry.path, style)}  ${paint("accent", entry.type ?? "", style)}${traits(entry, style)}`],
    indent(wrap(entry.description ?? "", style.width - 2), 2),
    indent(facts(entry, style), 2),
    children.length === 0 ? [] : ["Fields:", ...children.flatMap((child) => childLines(child, width, style))],
  );
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function traits(entry: Reference, style: Style): string {
  const told = [entry.required ? "required" : "", entry.fixed ? "cannot change later" : "", entry.personal ? "personal" : ""].filter(
    Boolean,
  );
  return told.length === 0 ? "" : `  ${paint("caution", told.join(", "), style)}`;
}

function facts(entry: Reference, style: Style): readonly string[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["one of", entry.enum?.map((value) => shown(value)).join(", ")],
    ["limits", limits(entry)],
    ["never", entry.refused],
    ["default", entry.default === undefined ? undefined : shown(entry.default)],
    ["example", entry.examples?.[0] === undefined ? undefined : JSON.stringify(entry.examples[0])],
  ];
  return rows.flatMap(([label, text]) =>
    text === undefined
      ? []
      : wrap(text, style.width - 12).map((line, index) => `${paint("dim", pad(index === 0 ? label : "", 8), style)}  ${line}`),
  );
}

function childLines(child: Reference, width: number, style: Style): readonly string[] {
  const name = pad(lastOf(child.path), width);
  const [first = ""] = (child.description ?? "").split(/(?<=[.。])\s/u);
  return [
    `  ${paint("strong", name, style)}  ${paint("accent", child.type ?? "", style)}${traits(child, style)}`,
    ...indent(wrap(first, style.width - width - 4), width + 4),
  ];
}

function limits(entry: Reference): string | undefined {
  const told = Object.entries(entry.limits ?? {}).map(([keyword, value]) => `${keyword} ${shown(value)}`);
  return told.length === 0 ? undefined : told.join(", ");
}
