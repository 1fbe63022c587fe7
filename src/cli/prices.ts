import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalogue } from "../kinds/catalogue.ts";
import { parsePriceList } from "../kinds/price-list.ts";
import type { Catalogue } from "../model/catalogue.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Observed } from "../model/observed.ts";
import { say } from "../model/say.ts";
import type { Workspace } from "./project.ts";

type Listed = { readonly file: string; readonly effective: string };

/** The offers with the prices of the latest list that is effective by that day; without prices where there is none. */
export function pricedOn({ base, project }: Workspace, offers: readonly Observed[], asOf: string): Checked<Catalogue> {
  const inForce = latest((project.settings.priceLists ?? []).filter(({ effective }) => effective <= asOf));
  if (!inForce) return { ok: true, value: catalogue(offers), diagnostics: [] };
  const path = resolve(base, inForce.file);
  if (!existsSync(path)) return { ok: false, diagnostics: [noList(inForce)] };
  const prices = parsePriceList(readFileSync(path, "utf8"), inForce.file);
  return prices.ok ? { ok: true, value: catalogue(offers, prices.value), diagnostics: prices.diagnostics } : prices;
}

function latest(lists: readonly Listed[]): Listed | undefined {
  return lists.reduce<Listed | undefined>((last, one) => (last && last.effective >= one.effective ? last : one), undefined);
}

function noList({ file, effective }: Listed): Diagnostic {
  return {
    severity: "error",
    code: "price-list/missing",
    message: say`there is no price list ${file}`,
    hint: say`partnerctl.yaml names it as effective from ${effective}`,
  };
}
