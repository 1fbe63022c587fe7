import type { DocumentKind } from "./document.ts";
import { complete } from "./with-fallback.ts";
import { formatNames, loadFormats } from "./load.ts";
import { canShow, type Format, type Report } from "./report.ts";

export type { DocumentKind, ReportDocument } from "./document.ts";
export { clean } from "./sanitize.ts";
export { type ProgressState, progressLine } from "./text/progress.ts";
export type { Report, Style } from "./report.ts";

/** Every output format. */
export const reports: readonly Format[] = [...(await loadFormats(formatNames)).values()];

/** The names of the formats that can show documents of all given kinds. */
export function formatsFor(kinds: readonly DocumentKind[]): readonly string[] {
  return reports.filter((one) => kinds.every((kind) => canShow(one, kind))).map((one) => one.name);
}

/** The format with this name. Throws a RangeError if the name is unknown. */
export function report(name: string): Report {
  const found = reports.find((one) => one.name === name);
  if (found === undefined)
    throw new RangeError(
      `no report is called ${name}; there are ${reports.map((one) => one.name).join(", ")}`,
    );
  return complete(found);
}
