import { existsSync, readFileSync } from "node:fs";
import type { Attestation, RunRecord } from "../../src/model/ledger/history.ts";
import { type Report, report, type Style } from "../../src/report/index.ts";

/** Where the cases are. */
export const cases = new URL("cases/", import.meta.url);

const usual: Style = { color: false, width: 80 };

type Show = (one: Report, document: (name: string) => never, style: Style) => string;

const shows: Readonly<Record<string, Show>> = {
  receipt: (one, read, style) => one.receipt(read("receipt"), read("plan"), style),
  plan: (one, read, style) => one.plan(read("plan"), style),
  diagnostics: (one, read, style) => one.diagnostics(read("diagnostics"), style),
  validation: (one, read, style) => one.validation(read("validation"), style),
  history: (one, read, style) => one.history(history(read), style),
  run: (one, read, style) => one.run(read("run"), style),
  verification: (one, read, style) => one.verification(read("verification"), style),
  explanation: (one, read, style) => one.explanation(read("explanation"), style),
  offers: (one, read, style) => one.offers(read("offers"), style),
  provenance: (one, read, style) => one.provenance(read("provenance"), style),
  capabilities: (one, read, style) => one.capabilities(read("capabilities"), style),
  reference: (one, read, style) => one.reference(read("reference"), style),
  lease: (one, read, style) => one.lease(read("lease") ?? undefined, style),
};

function history(read: (name: string) => never): {
  readonly runs: readonly RunRecord[];
  readonly attestations: readonly Attestation[];
} {
  return read("history");
}

/** Reads the documents of a case by name; undefined where there is none of that name. */
export function reading(folder: URL): (name: string) => never {
  return (name) => {
    const file = new URL(`${name}.json`, folder);
    return (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined) as never;
  };
}

/** A case in a format, as its style or this one asks. */
export function shown(folder: URL, format: string, style?: Partial<Style>): string {
  const read = reading(folder);
  const what = Object.keys(shows).find((name) => existsSync(new URL(`${name}.json`, folder)));
  const show = shows[what ?? ""];
  if (show === undefined) throw new Error(`${folder.pathname} holds no document of a known name`);
  return show(report(format), read, {
    ...usual,
    ...(read("style") as Partial<Style> | undefined),
    ...style,
  });
}
