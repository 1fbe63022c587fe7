import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { catalogue } from "../../kinds/prices/catalogue.ts";
import {
  type PriceList,
  type PriceReading,
  parsePriceList,
} from "../../kinds/prices/price-list.ts";
import { priceListText } from "../../kinds/prices/price-list-text.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Observed } from "../../model/observed.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { linkTrouble } from "../../store/files/links.ts";
import { most, readInput } from "../../store/files/read-input.ts";
import type { Workspace } from "./project.ts";

type Listed = { readonly file: string; readonly effective: string } & Pick<PriceReading, "columns">;

/**
 * The catalogue with the prices of the latest price list effective on that day; without prices if
 * there is none. Warns if the list matches no offer.
 */
export function pricedOn(
  { base, project }: Workspace,
  offers: readonly Observed[],
  asOf: string,
): Checked<Catalogue> {
  const inForce = latest(project.settings.priceLists.filter(({ effective }) => effective <= asOf));
  if (!inForce) return { ok: true, value: catalogue(offers), diagnostics: [] };
  const { file } = inForce;
  const path = resolve(base, file);
  if (!existsSync(path)) return { ok: false, diagnostics: [noList(inForce)] };
  const link = linkTrouble(base, path, file);
  if (link) return { ok: false, diagnostics: [link] };
  const prices = readPriceList(path, inForce, asOf);
  if (!prices.ok) return prices;
  return {
    ok: true,
    value: catalogue(offers, prices.value),
    diagnostics: matching(offers, prices.value, { file, asOf }),
  };
}

/**
 * Reads a price list that the settings or a command name. `asOf`: its prices have to be in force
 * then.
 */
export function readPriceList(
  path: string,
  { file, columns }: Pick<Listed, "file" | "columns">,
  asOf: string | undefined,
): Checked<PriceList> {
  const read = readInput(path, { shown: file, limit: most.priceList });
  if (!read.ok) return read;
  const text = priceListText(read.value);
  if (text === undefined) return { ok: false, diagnostics: [workbook(file)] };
  return parsePriceList(text, file, {
    ...(asOf !== undefined && { asOf }),
    ...(columns && { columns }),
  });
}

function latest(lists: readonly Listed[]): Listed | undefined {
  return lists.reduce<Listed | undefined>(
    (last, one) => (last && last.effective >= one.effective ? last : one),
    undefined,
  );
}

function noList({ file, effective }: Listed): Diagnostic {
  return record({
    severity: "error",
    code: "price-list/missing",
    message: say`There is no price list ${file}.`,
    hint: say`\`partnerctl.yaml\` names it as effective from ${effective}.`,
  });
}

function workbook(file: string): Diagnostic {
  return record({
    severity: "error",
    code: "price-list/workbook",
    message: say`The price list ${file} is a workbook, not text.`,
    hint: say`Open it in a spreadsheet, and save the sheet with the prices as CSV (UTF-8).`,
  });
}

interface Read {
  readonly file: string;
  readonly asOf: string;
}

function matching(
  offers: readonly Observed[],
  { prices }: PriceList,
  { file, asOf }: Read,
): readonly Diagnostic[] {
  if (offers.length === 0 || offers.some(({ id }) => prices.has(id.toUpperCase()))) return [];
  const message =
    prices.size === 0
      ? say`The price list ${file} has no price that is in force on ${asOf}.`
      : say`The price list ${file} has ${prices.size} prices, and none of them is for an offer of the catalogue.`;
  const hint = say`Compare its offer ids with those that \`partnerctl offers\` shows: until they match, nothing has a price.`;
  return [record({ severity: "warning", code: "price-list/no-match", message, hint })];
}
