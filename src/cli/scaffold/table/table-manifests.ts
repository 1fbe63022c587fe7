import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse, trees } from "../../../manifest/read/parse.ts";
import { type RenderOptions, render } from "../../../manifest/write/render.ts";
import type { Checked, Diagnostic, Location } from "../../../model/diagnostic.ts";
import type { Kind } from "../../../model/kind.ts";
import type { Source } from "../../../model/source.ts";
import type { Project } from "../../../operations/project/project.ts";
import { validateSources } from "../../../operations/project/validate.ts";
import type { Table } from "./read-table.ts";
import { type TableDocument, tableDocuments } from "./table-documents.ts";

/** Whose manifests they become, and how these are written. */
export interface TableUse extends RenderOptions {
  readonly kind: Kind;
  readonly project: Project;
  /** The project's folder, whose manifests may be none yet. */
  readonly root: string;
}

/**
 * The manifests of a table's rows as text. They are validated together with those of the project;
 * each problem of a row is placed at its cell, or at the row if it is about no cell. Warnings about
 * the project are left out.
 */
export async function tableManifests(
  table: Table,
  { kind, project, root, ...options }: TableUse,
): Promise<Checked<string>> {
  const documents = tableDocuments(table, kind);
  if (!documents.ok) return documents;
  const rendered = documents.value.map(({ document }) => ({ document, kind }));
  const text = render(rendered, options);
  const own: Source = { path: table.file, bytes: new TextEncoder().encode(text) };
  const isNew = !existsSync(join(root, project.settings.manifests));
  const sources = isNew ? none : await project.sources();
  if (!sources.ok) return sources;
  const validated = await validateSources(project, [...sources.value, own]);
  const concerning = validated.diagnostics.filter(
    ({ severity, at }) => severity === "error" || at?.file === own.path,
  );
  const diagnostics = inTable(concerning, own, { table, documents: documents.value });
  return validated.ok ? { ok: true, value: text, diagnostics } : { ok: false, diagnostics };
}

const none: Checked<readonly Source[]> = { ok: true, value: [], diagnostics: [] };

interface Rows {
  readonly table: Table;
  readonly documents: readonly TableDocument[];
}

/** Moves the places of problems from the manifests to the table. */
function inTable(found: readonly Diagnostic[], source: Source, rows: Rows): readonly Diagnostic[] {
  if (!found.some(({ at }) => at?.file === source.path)) return found;
  const lines = cellsByLine(source, rows);
  const placed = found.map((one) =>
    one.at?.file === source.path ? { ...one, at: lines.place(one.at) } : one,
  );
  // Several rules may refuse one cell in the same words.
  return placed.filter(
    (one, index) =>
      placed.findIndex(
        ({ at, code, message }) =>
          code === one.code &&
          message === one.message &&
          at?.line === one.at?.line &&
          at?.column === one.at?.column,
      ) === index,
  );
}

/** Each field of a manifest stands on a line of its own. */
function cellsByLine(source: Source, { table, documents }: Rows) {
  const parsed = parse(source, { version: "", trees: trees() });
  const starts: number[] = [];
  const cells = new Map<number, Location>();
  for (const [index, { columns }] of documents.entries()) {
    const row = table.body[index];
    if (row === undefined) continue;
    starts.push(parsed.locate(index, "/apiVersion", "key").line);
    for (const [pointer, column] of columns)
      cells.set(parsed.locate(index, pointer, "key").line, table.place(row, column));
  }
  return {
    place({ line }: Location): Location {
      const index = starts.findLastIndex((start) => start <= line);
      return cells.get(line) ?? table.place(table.body[Math.max(0, index)] ?? table.head);
    },
  };
}
