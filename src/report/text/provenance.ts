import type { Location } from "../../model/diagnostic.ts";
import { isSpec, type Json } from "../../model/values/json.ts";
import { below, type Pointer } from "../../model/values/pointer.ts";
import { clean } from "../sanitize.ts";
import { columns, page } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { ProvenanceReport } from "../document.ts";
import type { Style } from "../report.ts";
import { orderResources } from "../wording/natural-order.ts";

interface Line {
  readonly text: string;
  readonly at?: Location;
}

/** Each manifest as YAML; comments at the right show the source file and line of each field. */
export function textProvenance(resources: readonly ProvenanceReport[], style: Style): string {
  const documents = orderResources(resources).map((one) =>
    clean({ document: one.document, fields: one.fields }),
  );
  return page([
    documents.flatMap(({ document, fields }) => ["---", ...documentLines(document, fields, style)]),
  ]);
}

function documentLines(
  document: Json,
  fields: ProvenanceReport["fields"],
  style: Style,
): readonly string[] {
  const places = new Map(fields.map((one) => [one.pointer, one.at]));
  const lines = [...yaml(document, "", places, "")];
  const column = Math.min(
    Math.max(40, ...lines.map((line) => columns(line.text) + 2)),
    Math.max(40, style.width - 28),
  );
  return lines.map(({ text, at }) => {
    if (at === undefined) return text;
    return `${text}${" ".repeat(Math.max(2, column - columns(text)))}${paint("dim", `# ${at.file}:${at.line}`, style)}`;
  });
}

type Places = ReadonlyMap<Pointer, Location>;

function* yaml(value: Json, pointer: Pointer, places: Places, margin: string): Generator<Line> {
  if (!isSpec(value)) return yield* leaf(margin, value, places.get(pointer));
  for (const [name, inner] of Object.entries(value))
    yield* entry(`${margin}${scalar(name)}:`, inner, below(pointer, name), { places, margin });
}

function* entry(
  start: string,
  value: Json,
  pointer: Pointer,
  { places, margin }: { readonly places: Places; readonly margin: string },
): Generator<Line> {
  const at = places.get(pointer);
  if (isSpec(value) && Object.keys(value).length > 0) {
    yield place(start, at);
    return yield* yaml(value, pointer, places, `${margin}  `);
  }
  if (!Array.isArray(value) || value.length === 0)
    return yield place(`${start} ${scalar(value)}`, at);
  yield place(start, at);
  for (const [index, item] of value.entries())
    yield place(`${margin}  - ${scalar(item)}`, places.get(below(pointer, index)));
}

function* leaf(margin: string, value: Json, at: Location | undefined): Generator<Line> {
  yield place(`${margin}${scalar(value)}`, at);
}

function place(text: string, at: Location | undefined): Line {
  return at === undefined ? { text } : { text, at };
}

/** A value on one line of YAML: as JSON, without quotes if plain text is unambiguous. */
function scalar(value: Json): string {
  const plain =
    typeof value === "string" &&
    /^[\p{L}_][\p{L}\p{N}_.@/-]*( [\p{L}\p{N}_.@/-]+)*$/u.test(value) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}
