import type { Catalogue } from "../model/catalogue.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Observed } from "../model/observed.ts";
import { say } from "../model/text/phrase.ts";
import { collect } from "./plan/observe.ts";
import type { Project, View } from "./project/project.ts";
import { backendTrouble } from "./project/backend-diagnostic.ts";

/** Reads the offers, with the prices in force on a date (YYYY-MM-DD). */
export async function readCatalogue(
  project: Project,
  view: View,
  asOf: string,
): Promise<Checked<{ readonly offers: readonly Observed[]; readonly catalogue: Catalogue }>> {
  try {
    const kinds = project.kinds.filter(
      ({ declared, name }) => !declared && view.reader.supports[name] !== undefined,
    );
    const pages = await Promise.all(
      kinds.map(({ name }) => collect(view.reader, { kind: name }, view.signal)),
    );
    const offers = pages.flat();
    const catalogue = view.catalogue(offers, asOf);
    return catalogue.ok
      ? { ...catalogue, value: { offers, catalogue: catalogue.value } }
      : catalogue;
  } catch (error) {
    return {
      ok: false,
      diagnostics: [backendTrouble(error, say`The catalogue could not be read`)],
    };
  }
}
