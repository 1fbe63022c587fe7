import { readBills, readInvoices } from "../../../operations/invoices.ts";
import { rememberInvoices } from "../../../store/cache/known-invoices.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { inAccount } from "../../project/workspace.ts";

/** The `partnerctl invoices` command. */
export const invoicesCommand: Command = {
  name: "invoices",
  group: "account",
  summary: "list the invoices and what is owed, or show one with its lines",
  arguments: [
    { name: "id", description: "one invoice (default: a list of all)", values: "invoice" },
  ],
  exits: { 0: "shown", 1: wrong, 7: unreachable },
  examples: [
    "partnerctl invoices",
    "partnerctl invoices D0200SAM07",
    "partnerctl invoices D0200SAM07 --format csv > july.csv",
  ],
  shows: ["invoices", "invoice"],
  load: () => import("./invoices.ts"),
};

/** Lists the invoices, or shows one with its lines. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [id] = words;
  return inAccount(invocation, async ({ root }, { view }) => {
    const read = id === undefined ? await readInvoices(view) : await readBills(view, { id });
    if (!read.ok) {
      terminal.diagnostics(read.diagnostics);
      return statusOf(read.diagnostics);
    }
    const { value } = read;
    if ("invoices" in value) {
      const ids = value.invoices.map((one) => one.id);
      rememberInvoices(root, flags.env, ids);
      terminal.show({ kind: "invoices", invoices: value });
    } else for (const bill of value.slice(0, 1)) terminal.show({ kind: "invoice", bill });
    return exitStatus.done;
  });
}
