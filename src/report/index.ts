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

/** The names of the formats that can show all of these. */
export function formatsFor(subjects: readonly ReportSubject[]): readonly string[] {
  return reports.filter((one) => subjects.every((subject) => one[subject] !== undefined)).map((one) => one.name);
}

/** The format of this name; what it cannot show, text does. Throws a RangeError where there is none. */
export function report(name: string): Report {
  const found = reports.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no report is called ${name}; there are ${reports.map((one) => one.name).join(", ")}`);
  return complete(found);
}
