import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { text } from "./text.ts";

export { clean } from "./clean.ts";
export { type Progress, progressLine } from "./progress.ts";
export type { Capabilities, LeaseHolder, Provenance, Reference, Report, Style, Validation } from "./report.ts";

/** Every output format. */
export const reports: readonly Report[] = [text, json, markdown];

/** The format of this name. Throws a RangeError where there is none. */
export function report(name: string): Report {
  const found = reports.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no report is called ${name}; there are ${reports.map((one) => one.name).join(", ")}`);
  return found;
}
