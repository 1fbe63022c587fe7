import type { Report } from "../report.ts";
import { textCapabilities } from "./capabilities.ts";
import { textCredentials } from "./credentials.ts";
import { textDiagnostics, textValidation } from "./diagnostics.ts";
import { textExplanation } from "./plan/explanation.ts";
import { textHistory } from "./history/history.ts";
import { textRun } from "./history/run.ts";
import { textLease } from "./lease.ts";
import { textOffers } from "./offers.ts";
import { textPlan } from "./plan/plan.ts";
import { textPolicyTests } from "./policy.ts";
import { textProvenance } from "./provenance.ts";
import { textReceipt } from "./receipt/receipt.ts";
import { textReference } from "./reference.ts";
import { textVerification } from "./verification.ts";

/** Text for a terminal. Personal data is shown by default. */
export const text: Report = {
  name: "text",
  plan: textPlan,
  receipt: textReceipt,
  diagnostics: textDiagnostics,
  validation: textValidation,
  history: textHistory,
  run: textRun,
  verification: textVerification,
  explanation: textExplanation,
  offers: textOffers,
  credentials: textCredentials,
  provenance: textProvenance,
  capabilities: textCapabilities,
  reference: textReference,
  lease: textLease,
  policyTests: textPolicyTests,
};
