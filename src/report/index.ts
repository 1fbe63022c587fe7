import { complete } from "./complete.ts";
import { csv } from "./csv.ts";
import { github } from "./github.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import type { Format, Report, Subject } from "./report.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

export { clean } from "./clean.ts";
export { type Progress, progressLine } from "./progress.ts";
export type { Capabilities, History, LeaseHolder, Provenance, Reference, Report, Style, Subject, Validation } from "./report.ts";

/** Every output format. */
export const reports: readonly Format[] = [text, json, markdown, html, sarif, junit, github, csv];

/** The names of the formats that can show all of these. */
export function showing(subjects: readonly Subject[]): readonly string[] {
  return reports.filter((one) => subjects.every((subject) => one[subject] !== undefined)).map((one) => one.name);
}

/** The format of this name; what it cannot show, text does. Throws a RangeError where there is none. */
export function report(name: string): Report {
  const found = reports.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no report is called ${name}; there are ${reports.map((one) => one.name).join(", ")}`);
  return complete(found);
}
