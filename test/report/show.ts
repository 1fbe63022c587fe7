import { existsSync, readFileSync } from "node:fs";
import { type ReportDocument, report, type Style } from "../../src/report/index.ts";

/** Where the cases are. */
export const cases = new URL("cases/", import.meta.url);

const usual: Style = { color: false, width: 80 };

type Read = (name: string) => never;

/** The documents of cases, by the name of their file. */
const documents: Readonly<Record<string, (read: Read) => ReportDocument>> = {
  receipt: (read) => ({ kind: "receipt", receipt: read("receipt"), plan: read("plan") }),
  plan: (read) => ({ kind: "plan", plan: read("plan") }),
  diagnostics: (read) => ({ kind: "diagnostics", diagnostics: read("diagnostics") }),
  validation: (read) => ({ kind: "validation", validation: read("validation") }),
  history: (read) => ({ kind: "history", history: read("history") }),
  run: (read) => ({ kind: "run", run: read("run") }),
  verification: (read) => ({ kind: "verification", verification: read("verification") }),
  explanation: (read) => ({ kind: "explanation", explanation: read("explanation") }),
  offers: (read) => ({ kind: "offers", offers: read("offers") }),
  provenance: (read) => ({ kind: "provenance", resources: read("provenance") }),
  capabilities: (read) => ({ kind: "capabilities", capabilities: read("capabilities") }),
  reference: (read) => ({ kind: "reference", reference: read("reference") }),
  refresh: (read) => ({ kind: "refresh", refresh: read("refresh") }),
  lease: (read) => ({ kind: "lease", lease: read("lease") ?? undefined }),
};

/** Reads the documents of a case by name; undefined where there is none of that name. */
export function reading(folder: URL): Read {
  return (name) => {
    const file = new URL(`${name}.json`, folder);
    return (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined) as never;
  };
}

/** The document of a case. */
export function documentOf(folder: URL): ReportDocument {
  const name = Object.keys(documents).find((one) => existsSync(new URL(`${one}.json`, folder)));
  const document = documents[name ?? ""];
  if (document === undefined)
    throw new Error(`${folder.pathname} holds no document of a known name`);
  return document(reading(folder));
}

/** A case in a format, as its style or this one asks. */
export function shown(folder: URL, format: string, style?: Partial<Style>): string {
  const own = reading(folder)("style") as Partial<Style> | undefined;
  return report(format).show(documentOf(folder), { ...usual, ...own, ...style });
}
