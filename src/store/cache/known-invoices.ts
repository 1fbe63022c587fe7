import { join } from "node:path";
import { readRows, writeRows } from "./authenticated-file.ts";

const format = JSON.stringify({ format: "partnerctl known invoices 1" });

/** Remembers the ids of a project's invoices in an environment, so that completion offers them. */
export function rememberInvoices(
  root: string,
  environment: string | undefined,
  ids: readonly string[],
): void {
  const others = rows(root).filter(([of]) => of !== (environment ?? ""));
  writeRows(place(root), format, [...others, ...ids.map((id) => [environment ?? "", id] as const)]);
}

/** The ids of the invoices that this machine listed last in an environment of a project. */
export function knownInvoices(root: string, environment: string | undefined): readonly string[] {
  return rows(root).flatMap(([of, id]) => (of === (environment ?? "") ? [id] : []));
}

type Row = readonly [environment: string, id: string];

/** Only a file that this machine wrote is read: its rows are as they were written. */
function rows(root: string): readonly Row[] {
  return readRows(place(root), format) as readonly Row[];
}

function place(root: string): string {
  return join(root, ".partnerctl", "cache", "invoices");
}
