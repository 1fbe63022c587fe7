import { type Checked, type Diagnostic, diagnostic } from "../../../model/diagnostic.ts";
import type { Kind } from "../../../model/kind.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import type { Json, JsonSchema, Spec } from "../../../model/values/json.ts";
import { type Pointer, withValue } from "../../../model/values/pointer.ts";
import { type FieldColumn, columnOf, columnsFor } from "./columns.ts";
import type { Table } from "./read-table.ts";

/** An object of a table: its manifest, and the column of each of its fields. */
export interface TableDocument {
  readonly document: Spec;
  readonly columns: ReadonlyMap<Pointer, number>;
}

/** The manifests of a table's rows. Fails if the first row does not name fields of the kind. */
export function tableDocuments(table: Table, kind: Kind): Checked<readonly TableDocument[]> {
  const known = columnsFor(kind);
  const columns = table.head.cells.map((name) => columnOf(known, name));
  const problems = headProblems(table, columns, known);
  if (problems.length > 0) return { ok: false, diagnostics: problems };
  const value = table.body.map(({ cells }) => documentOf(cells, columns, kind));
  return { ok: true, value, diagnostics: [] };
}

function documentOf(
  cells: readonly string[],
  columns: readonly (FieldColumn | undefined)[],
  kind: Kind,
): TableDocument {
  const start: Spec = { apiVersion: "partnercenter/v1", kind: kind.name };
  const own = new Map<Pointer, number>();
  let document = withValue(start, "/metadata", {});
  for (const [index, column] of columns.entries()) {
    const text = (cells[index] ?? "").trim();
    if (text === "" || column === undefined) continue;
    document = withValue(document, column.pointer, typedCell(text, column.schema));
    own.set(column.pointer, index);
  }
  return { document, columns: own };
}

/** A text that cannot be what the schema wants stays a text, which the schema then refuses. */
function typedCell(text: string, { type }: JsonSchema): Json {
  if (type === "integer" || type === "number")
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
  if (type === "boolean") return { true: true, false: false }[text.toLowerCase()] ?? text;
  return type === "array" ? text.split(/\s*[;,|]\s*/) : text;
}

function headProblems(
  table: Table,
  columns: readonly (FieldColumn | undefined)[],
  known: readonly FieldColumn[],
): readonly Diagnostic[] {
  const problem = (index: number, message: Wording, hint?: Wording) =>
    diagnostic({
      ...{ severity: "error", code: "scaffold/column", message, hint },
      at: table.place(table.head, index),
    });
  const names = known.map(({ name }) => name);
  const found = table.head.cells.flatMap((cell, index) => {
    const column = columns[index];
    if (column !== undefined)
      return columns.indexOf(column) < index
        ? [problem(index, say`The column ${column.name} is there twice.`)]
        : [];
    const others = say`There are ${{ list: names }}.`;
    const isUsed = cell.trim() !== "" || table.body.some(({ cells }) => cells[index]?.trim());
    return isUsed
      ? [
          problem(
            index,
            say`There is no column ${cell.trim()}.`,
            didYouMean(cell.trim(), names, others),
          ),
        ]
      : [];
  });
  const isNamed = columns.some((column) => column?.pointer === "/metadata/name");
  return isNamed ? found : [...found, problem(-1, say`The column name is missing.`)];
}
