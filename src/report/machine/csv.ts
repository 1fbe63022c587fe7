import { textOf } from "../../model/text/recorded.ts";
import type {
  Attestation,
  ChangeDone,
  Maintenance,
  RunRecord,
} from "../../model/ledger/history.ts";
import type { RenewalRow } from "../../model/plan/renewals.ts";
import { approversOf } from "../../model/ledger/select-history.ts";
import {
  findingColumns,
  findingRows,
  invoiceColumns,
  invoiceRow,
  lineColumns,
  lineRow,
} from "./csv-billing.ts";
import { type Cells, table } from "./table.ts";
import { clean } from "../sanitize.ts";
import { fieldsDone } from "../wording/change-done.ts";
import { type Finding, findingsOf } from "./findings.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { Format, Style } from "../report.ts";
import { formatPointer } from "../wording/value.ts";

/**
 * CSV for spreadsheets (RFC 4180, UTF-8): one line per sent or attested change and per operation on
 * the ledger. Column names are not translated.
 */
export const csv: Format = {
  name: "csv",
  shared: true,
  renderers: {
    history: ({ history: { runs, attestations, maintenance = [] } }, style) => {
      const rows = [
        ...runs.flatMap((run) => runRows(run, style)),
        ...clean(attestations).map(attestedRow),
        ...clean(maintenance).map(maintenanceRow),
      ];
      return table(columns, [...rows].sort(byTime));
    },
    renewals: ({ renewals: { rows } }) => table(renewalColumns, clean(rows).map(renewalCells)),
    priceChanges: ({ priceChanges: { subscriptions, currency } }) =>
      table(
        priceColumns,
        clean(subscriptions).map((one) => ({ ...one, currency })),
      ),
    run: ({ run }, style) => table(columns, runRows(run, style)),
    invoices: ({ invoices }) => table(invoiceColumns, clean(invoices.invoices).map(invoiceRow)),
    invoice: ({ bill }) => table(lineColumns, clean(bill.lines).map(lineRow)),
    reconciliation: ({ reconciliation }) =>
      table(findingColumns, findingRows(clean(reconciliation))),
    diagnostics: ({ diagnostics }, style) =>
      table(diagnosticColumns, findingsOf(diagnostics, style).map(diagnosticRow)),
  },
};

const diagnosticColumns = ["severity", "code", "address", "file", "line", "message", "hint"];

function diagnosticRow({ level, code, address, at, text, hint }: Finding): Cells {
  return { severity: level, code, address, file: at?.file, line: at?.line, message: text, hint };
}

const renewalColumns = [
  ...["endsOn", "decision", "actsOn", "address", "customer", "name", "id", "offer", "offerName"],
  ...["status", "renewsItself", "quantity", "billingCycle", "perMonth", "committed", "currency"],
  ...["thenQuantity", "thenBillingCycle", "thenPerMonth", "thenCommitted", "thenCurrency"],
];

const priceColumns = [
  ...["customer", "name", "address", "id", "offer", "offerName", "quantity", "billingCycle"],
  ...["from", "perMonth", "perYear", "currency"],
];

function renewalCells({ now, then, renewsItself, ...row }: RenewalRow): Cells {
  return {
    ...row,
    ...now,
    renewsItself: renewsItself === undefined ? undefined : renewsItself ? "yes" : "no",
    thenQuantity: then?.quantity,
    thenBillingCycle: then?.billingCycle,
    thenPerMonth: then?.perMonth,
    thenCommitted: then?.committed,
    thenCurrency: then?.currency,
  };
}

const columns = [
  ...[
    "at",
    "run",
    "actor",
    "approvedBy",
    "action",
    "address",
    "status",
    "quantity",
    "offer",
    "offerName",
    "fields",
    "seats",
  ],
  ...[
    "perMonth",
    "committed",
    "currency",
    "reversible",
    "undoUntil",
    "id",
    "because",
    "plan",
    "commit",
    "localChanges",
    "lifted",
    "reason",
  ],
];

function runRows(given: RunRecord, style: Style): readonly Cells[] {
  const run = clean(given);
  const shared = {
    run: run.run,
    actor: run.actor,
    approvedBy: approversOf(run).join("; "),
    plan: run.plan,
    commit: run.commit,
    localChanges: run.localChanges ? "yes" : undefined,
    lifted: run.allowed.join("; "),
    reason: run.reason,
  };
  return run.changes.map((change) => ({ ...shared, ...changeCells(change, languageOf(style)) }));
}

function changeCells(change: ChangeDone, language: Language): Cells {
  const { at, action, address, status = "open", id, because, undoUntil, planned } = change;
  const { item, seats, money, reversible } = planned?.impact ?? {};
  const names = planned?.names ?? {};
  return {
    ...{
      at,
      action,
      address,
      status,
      id,
      because: because && language.told(textOf(change, "because")),
      undoUntil,
      reversible,
    },
    quantity: item?.quantity,
    offer: item?.offer,
    offerName: item && Object.hasOwn(names, item.offer) ? names[item.offer] : undefined,
    fields: fieldsDone(change, language).join("; "),
    ...{ seats, perMonth: money?.perMonth, committed: money?.committed, currency: money?.currency },
  };
}

function attestedRow({ at, actor, plan, address, fields, note }: Attestation): Cells {
  return {
    at,
    actor,
    plan,
    address,
    action: "attest",
    status: "done",
    fields: fields.map(formatPointer).join("; "),
    reason: note,
  };
}

const maintenanceActions: Readonly<Record<Maintenance["type"], string>> = {
  repaired: "repair",
  rekeyed: "rekey",
  unlocked: "unlock",
};

function maintenanceRow({ at, actor, type, aside, key, heldBy, reason }: Maintenance): Cells {
  const because = heldBy ? `${heldBy.actor}@${heldBy.host}` : aside;
  return { at, actor, action: maintenanceActions[type], status: "done", id: key, because, reason };
}

function byTime({ at: left = "" }: Cells, { at: right = "" }: Cells): number {
  return left < right ? -1 : Number(left > right);
}
