import { complete } from "./with-fallback.ts";
import { formatNames, loadFormats } from "./load.ts";
import type { Format, Report, ReportSubject } from "./report.ts";

export { clean } from "./sanitize.ts";
export { type ProgressState, progressLine } from "./text/progress.ts";
export type {
  Capabilities,
  History,
  LeaseHolder,
  ProvenanceReport,
  SchemaReference,
  Report,
  Style,
  ReportSubject,
  Validation,
} from "./report.ts";

/** Every output format. */
export const reports: readonly Format[] = [...(await loadFormats(formatNames)).values()];

/** The names of the formats that can show all given subjects. */
export function formatsFor(subjects: readonly ReportSubject[]): readonly string[] {
  return reports
    .filter((one) => subjects.every((subject) => one[subject] !== undefined))
    .map((one) => one.name);
}

/**
 * The format with this name; subjects it cannot show are rendered as text. Throws a RangeError if
 * the name is unknown.
 */
export function report(name: string): Report {
  const found = reports.find((one) => one.name === name);
  if (found === undefined)
    throw new RangeError(
      `no report is called ${name}; there are ${reports.map((one) => one.name).join(", ")}`,
    );
  return complete(found);
}
