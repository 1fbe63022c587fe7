import type { Format } from "./report.ts";

const formats: Readonly<Record<string, () => Promise<Format>>> = {
  text: async () => (await import("./text/index.ts")).text,
  json: async () => (await import("./machine/json.ts")).json,
  markdown: async () => (await import("./markdown/index.ts")).markdown,
  html: async () => (await import("./html/index.ts")).html,
  sarif: async () => (await import("./machine/sarif.ts")).sarif,
  junit: async () => (await import("./machine/junit.ts")).junit,
  github: async () => (await import("./machine/github.ts")).github,
  ics: async () => (await import("./machine/ics.ts")).ics,
  csv: async () => (await import("./machine/csv.ts")).csv,
};

/** The names of all output formats. */
export const formatNames = Object.keys(formats);

/** Loads only the named formats. Rejects with a RangeError if a name is unknown. */
export async function loadFormats(names: readonly string[]): Promise<ReadonlyMap<string, Format>> {
  return new Map(await Promise.all(names.map(async (name) => [name, await load(name)] as const)));
}

async function load(name: string): Promise<Format> {
  const found = Object.entries(formats).find(([one]) => one === name);
  if (found === undefined) throw new RangeError(`no format is called ${name}`);
  return found[1]();
}
