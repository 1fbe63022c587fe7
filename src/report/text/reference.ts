import { clean } from "../sanitize.ts";
import { type Language, languageOf } from "../language/language.ts";
import { indentLines, pad, page, widest, wrap } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { SchemaReference } from "../document.ts";
import type { Style } from "../report.ts";
import { formatValue } from "../wording/value.ts";
import { list } from "../wording/format.ts";
import { textOf } from "../../model/text/recorded.ts";

/** A kind or field with its description, constraints and children. */
export function textReference(given: SchemaReference, style: Style): string {
  const entry = clean(given);
  const language = languageOf(style);
  const children = entry.children ?? [];
  const width = widest(
    children.map((child) => lastOf(child.path)),
    28,
  );
  return page([
    [
      `${paint("strong", entry.path, style)}  ${paint("accent", language.told(textOf(entry, "type")), style)}${traits(entry, style)}`,
    ],
    indentLines(wrap(language.told(entry.description ?? ""), style.width - 2), 2),
    indentLines(facts(entry, style), 2),
    // Never wrapped: it is to be copied.
    entry.yaml === undefined ? [] : [language.say`Example:`, ...indentLines(entry.yaml, 2)],
    children.length === 0
      ? []
      : [language.say`Fields:`, ...children.flatMap((child) => childLines(child, width, style))],
  ]);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function traits(entry: SchemaReference, style: Style): string {
  const language = languageOf(style);
  const told = [
    entry.required ? language.say`required` : "",
    entry.fixed ? language.say`cannot change later` : "",
    entry.personal ? language.say`personal` : "",
    entry.secret ? language.say`secret` : "",
  ].filter(Boolean);
  return told.length === 0 ? "" : `  ${paint("caution", list(told, language), style)}`;
}

function facts(entry: SchemaReference, style: Style): readonly string[] {
  const language = languageOf(style);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [language.say`one of`, entry.enum?.map((value) => formatValue(value)).join(language.say`, `)],
    [language.say`limits`, limits(entry, language)],
    [language.say`never`, entry.refused === undefined ? undefined : language.told(entry.refused)],
    [language.say`default`, defaults(entry)],
    [language.say`hint`, entry.hint && language.told(entry.hint)],
    [language.say`page`, entry.page],
  ];
  return rows.flatMap(([label, text]) =>
    text === undefined
      ? []
      : wrap(text, style.width - 12).map(
          (line, index) => `${paint("dim", pad(index === 0 ? label : "", 8), style)}  ${line}`,
        ),
  );
}

function defaults({ default: value, defaultBy }: SchemaReference): string | undefined {
  if (value !== undefined) return formatValue(value);
  return (
    defaultBy &&
    Object.entries(defaultBy)
      .map(([when, one]) => `${formatValue(one)} (${when})`)
      .join("; ")
  );
}

function childLines(child: SchemaReference, width: number, style: Style): readonly string[] {
  const name = pad(lastOf(child.path), width);
  const [first = ""] = languageOf(style)
    .told(child.description ?? "")
    .split(/(?<=。)|(?<=\.)\s/u);
  return [
    `  ${paint("strong", name, style)}  ${paint("accent", languageOf(style).told(textOf(child, "type")), style)}${traits(child, style)}`,
    ...indentLines(wrap(first, style.width - width - 4), width + 4),
  ];
}

function limits(entry: SchemaReference, language: Language): string | undefined {
  const told = Object.entries(entry.limits ?? {}).map(
    ([keyword, value]) => `${keyword} ${formatValue(value)}`,
  );
  return told.length === 0 ? undefined : list(told, language);
}
