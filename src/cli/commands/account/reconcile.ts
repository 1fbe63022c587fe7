import type { PriceOn } from "../../../kinds/invoice/known-price.ts";
import { reconcile } from "../../../kinds/invoice/reconcile.ts";
import type { Bill } from "../../../model/billing/invoice.ts";
import type { Checked } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import { readBills, readRuns } from "../../../operations/invoices.ts";
import {
  type CatalogueByDay,
  catalogueByDay,
} from "../../../operations/project/catalogue-by-day.ts";
import type { View } from "../../../operations/project/project.ts";
import { readInvoiceFile } from "../../files/read-invoice-file.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { openStoredLedger } from "../../project/ledger.ts";
import { pricedOn } from "../../project/prices.ts";
import type { Workspace } from "../../project/project.ts";
import { inAccount, inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--invoice",
    value: "id",
    values: "invoice",
    description: "one invoice (default: the latest)",
  },
  {
    flag: "--file",
    value: "file",
    values: "file",
    description: "a reconciliation file as downloaded, saved as CSV; the backend is not asked",
  },
  { flag: "--period", value: "month", description: "the invoices dated in this month, YYYY-MM" },
] as const satisfies readonly Option[];

/** The `partnerctl reconcile` command. */
export const reconcileCommand: Command = {
  name: "reconcile",
  group: "account",
  summary: "explain each line of an invoice by who ordered it and what it costs",
  options,
  exits: {
    0: "every line is explained, and all that was ordered is billed",
    1: wrong,
    2: "a line is not explained, or something was ordered and not billed",
    7: unreachable,
  },
  examples: [
    "partnerctl reconcile",
    "partnerctl reconcile --period 2026-10 --format html > october.html",
    "partnerctl reconcile --invoice D0200SAM07 --format csv > july.csv",
    "partnerctl reconcile --file D0200SAM07.csv",
  ],
  shows: ["reconciliation"],
  load: () => import("./reconcile.ts"),
};

/** Compares invoices with the ledger and the price lists. Reads only. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  const { invoice: id, period: month, file } = flags;
  if ([id, month, file].filter((one) => one !== undefined).length > 1)
    return terminal.refuse(
      "usage/contradiction",
      say`--invoice, --period and --file each say which lines are meant.`,
      say`Give one of them.`,
    );
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    return terminal.refuse(
      "usage/invalid-value",
      say`--period ${month} is no month.`,
      say`Write it as YYYY-MM, such as 2026-10.`,
    );
  if (file !== undefined)
    return inProject(invocation, (workspace) =>
      explain(invocation, readInvoiceFile(file), {
        project: workspace.project,
        ledger: openStoredLedger(workspace),
        catalogue: (offers, asOf) => pricedOn(workspace, offers, asOf),
      }),
    );
  const wanted = { ...(id !== undefined && { id }), ...(month !== undefined && { month }) };
  return inAccount(invocation, async ({ project }, { view }) =>
    explain(invocation, await readBills(view, wanted), { project, ...view }),
  );
}

/** What lines are compared with. */
type Compared = Pick<Workspace, "project"> & Pick<View, "ledger" | "catalogue">;

async function explain(
  { terminal, flags: { file } }: Invocation<typeof options>,
  bills: Checked<readonly Bill[]>,
  { project, ledger, catalogue }: Compared,
): Promise<number> {
  if (!bills.ok) {
    terminal.diagnostics(bills.diagnostics);
    return statusOf(bills.diagnostics);
  }
  const { roundOf, rounding, hoursAhead } = project.settings.reconcile;
  const byDay = catalogueByDay({ catalogue }, []);
  const found = reconcile(bills.value, {
    runs: await readRuns(ledger),
    priceOn: priceOf(byDay),
    rounding: { of: roundOf, how: rounding },
    minutesAhead: hoursAhead * 60,
  });
  if (byDay.problems.length > 0) {
    terminal.diagnostics(byDay.problems);
    return statusOf(byDay.problems);
  }
  const reconciliation = { ...found, ...(file !== undefined && { file }) };
  terminal.show({ kind: "reconciliation", reconciliation });
  const { lines, notBilled } = reconciliation;
  const isClear = notBilled.length === 0 && lines.every(({ status }) => status === "explained");
  return isClear ? exitStatus.done : exitStatus.pending;
}

/** The price of a seat for a period of the billing cycle. */
function priceOf(catalogue: CatalogueByDay): PriceOn {
  return (offerId, cycle, date) => {
    const price = catalogue.on(date)?.price(offerId, cycle);
    return (
      price && {
        amount: cycle === "annual" ? price.committed : price.perMonth,
        currency: price.currency,
      }
    );
  };
}
