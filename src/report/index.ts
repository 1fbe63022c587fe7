import { complete } from "./with-fallback.ts";
import { csv } from "./machine/csv.ts";
import { github } from "./machine/github.ts";
import { html } from "./html/index.ts";
import { json } from "./machine/json.ts";
import { junit } from "./machine/junit.ts";
import { markdown } from "./markdown/index.ts";
import type { Format, Report, ReportSubject } from "./report.ts";
import { sarif } from "./machine/sarif.ts";
import { text } from "./text/index.ts";

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
export const reports: readonly Format[] = [text, json, markdown, html, sarif, junit, github, csv];

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
