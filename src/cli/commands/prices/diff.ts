import { resolve } from "node:path";
import { catalogue } from "../../../kinds/prices/catalogue.ts";
import { priceChanges } from "../../../kinds/prices/price-changes.ts";
import { say } from "../../../model/text/phrase.ts";
import { readTerms } from "../../../operations/renewals.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { at, unreachable, wrong } from "../../parse/options.ts";
import { readPriceList } from "../../project/prices.ts";
import type { Workspace } from "../../project/project.ts";
import { inAccount } from "../../project/workspace.ts";

const options = [at] as const satisfies readonly Option[];

/** The `partnerctl prices diff` command. */
export const pricesDiffCommand: Command = {
  name: "prices diff",
  group: "prices",
  summary: "compare two price lists, and what each subscription pays by them",
  arguments: [
    { name: "old", description: "a price list (CSV)", required: true, values: "file" },
    { name: "new", description: "a price list (CSV)", required: true, values: "file" },
  ],
  options,
  exits: { 0: "compared", 1: wrong, 7: unreachable },
  examples: [
    "partnerctl prices diff prices/2026-11.csv prices/2026-12.csv",
    "partnerctl prices diff prices/2026-11.csv prices/2026-12.csv --format csv",
  ],
  shows: ["priceChanges"],
  load: () => import("./diff.ts"),
};

/** Compares two price lists, and what each subscription pays by them. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  return inAccount(invocation, async (workspace, { view }) => {
    const [old, next] = words.map((word) => listAt(workspace, word));
    if (!old?.ok || !next?.ok) {
      terminal.diagnostics([...(old?.diagnostics ?? []), ...(next?.diagnostics ?? [])]);
      return exitStatus.error;
    }
    const [was, is] = [old.value, next.value];
    if (was.list.currency !== is.list.currency)
      return terminal.refuse(
        "price-list/currency",
        say`The prices of ${was.file} are in ${was.list.currency}, and those of ${is.file} in ${is.list.currency}.`,
        say`Compare two lists of the same currency.`,
      );
    const read = await readTerms(workspace.project, view, flags.at);
    if (!read.ok) {
      terminal.diagnostics(read.diagnostics);
      return statusOf(read.diagnostics);
    }
    const { asOf, objects, offers } = read.value;
    const priced = (one: typeof was) => ({ ...one, catalogue: catalogue(offers, one.list) });
    terminal.aside(read.diagnostics);
    terminal.show({
      kind: "priceChanges",
      priceChanges: priceChanges(objects, {
        ...{ old: priced(was), new: priced(is), asOf },
        ...(is.effective !== undefined && { effective: is.effective }),
      }),
    });
    return exitStatus.done;
  });
}

/** The list at a path. If the settings name it, its columns and its day are theirs. */
function listAt({ base, project }: Workspace, path: string) {
  const listed = project.settings.priceLists.find(
    ({ file }) => resolve(base, file) === resolve(path),
  );
  const named = { file: path, ...(listed?.columns && { columns: listed.columns }) };
  const read = readPriceList(resolve(path), named, listed?.effective);
  if (!read.ok) return read;
  return {
    ...read,
    value: {
      ...{ file: path, list: read.value },
      ...(listed && { effective: listed.effective }),
    },
  };
}
