import { approvalText } from "../../model/plan/approval.ts";
import type { ReportDocument } from "../document.ts";
import { type Format, render, type Renderers, type Style } from "../report.ts";
import { textCapabilities } from "./capabilities.ts";
import { textCredentials } from "./credentials.ts";
import { textDiagnostics, textValidation } from "./diagnostics.ts";
import { textEdits } from "./edits.ts";
import { textEmulator } from "./emulator.ts";
import { textExplanation } from "./plan/explanation.ts";
import { textHistory } from "./history/history.ts";
import { textRun } from "./history/run.ts";
import { textLease } from "./lease.ts";
import { textInvoice, textInvoices } from "./billing/invoices.ts";
import { textReconciliation } from "./billing/reconciliation.ts";
import { textOffers } from "./offers.ts";
import { textPlan } from "./plan/plan.ts";
import { textPolicyTests } from "./policy.ts";
import { textPriceChanges } from "./price-changes.ts";
import { textProvenance } from "./provenance.ts";
import { textReceipt } from "./receipt/receipt.ts";
import { textReference } from "./reference.ts";
import { textRefresh } from "./refresh.ts";
import { textRenewals } from "./renewals.ts";
import { textVerification } from "./verification.ts";

const renderers: Renderers = {
  plan: ({ plan, approvals }, style) => textPlan(plan, style, approvals),
  receipt: ({ receipt, plan }, style) => textReceipt(receipt, plan, style),
  diagnostics: ({ diagnostics }, style) => textDiagnostics(diagnostics, style),
  validation: ({ validation }, style) => textValidation(validation, style),
  history: ({ history }, style) => textHistory(history, style),
  run: ({ run }, style) => textRun(run, style),
  verification: ({ verification }, style) => textVerification(verification, style),
  explanation: ({ explanation }, style) => textExplanation(explanation, style),
  invoices: ({ invoices }, style) => textInvoices(invoices, style),
  invoice: ({ bill }, style) => textInvoice(bill, style),
  reconciliation: ({ reconciliation }, style) => textReconciliation(reconciliation, style),
  offers: ({ offers }, style) => textOffers(offers, style),
  renewals: ({ renewals }, style) => textRenewals(renewals, style),
  priceChanges: ({ priceChanges }, style) => textPriceChanges(priceChanges, style),
  credentials: ({ credentials }, style) => textCredentials(credentials, style),
  provenance: ({ resources }, style) => textProvenance(resources, style),
  capabilities: ({ capabilities }, style) => textCapabilities(capabilities, style),
  reference: ({ reference }, style) => textReference(reference, style),
  lease: ({ lease }, style) => textLease(lease, style),
  policyTests: ({ policyTests }, style) => textPolicyTests(policyTests, style),
  approval: ({ approval }) => approvalText(approval),
  edits: ({ edits }, style) => textEdits(edits, style),
  emulator: ({ emulator }, style) => textEmulator(emulator, style),
  refresh: ({ refresh }, style) => textRefresh(refresh, style),
};

/** Text for a terminal. Personal data is shown by default. */
export const text: Format = { name: "text", renderers };

/** A document of any kind as text. */
export function renderText(document: ReportDocument, style: Style): string {
  return render(renderers, document, style) ?? "";
}
