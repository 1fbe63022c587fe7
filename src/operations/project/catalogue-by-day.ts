import type { Catalogue } from "../../model/catalogue.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Observed } from "../../model/observed.ts";
import type { View } from "./project.ts";

/** The offers with the prices in force on a day, each day's lists read once. */
export interface CatalogueByDay {
  /** Undefined if that day's lists have an error. */
  on(day: string): Catalogue | undefined;
  /** What was wrong with the price lists of the days that were asked for. */
  readonly problems: readonly Diagnostic[];
}

/** Reads price lists when a day is asked for. */
export function catalogueByDay(
  view: Pick<View, "catalogue">,
  observed: readonly Observed[],
): CatalogueByDay {
  const problems: Diagnostic[] = [];
  const known = new Map<string, Catalogue | undefined>();
  const on = (day: string): Catalogue | undefined => {
    if (!known.has(day)) {
      const found = view.catalogue(observed, day);
      if (!found.ok) problems.push(...found.diagnostics);
      known.set(day, found.ok ? found.value : undefined);
    }
    return known.get(day);
  };
  return { on, problems };
}
