import type { Report } from "./report.ts";
import { textCapabilities } from "./text-capabilities.ts";
import { textCredentials } from "./text-credentials.ts";
import { textDiagnostics, textValidation } from "./text-diagnostics.ts";
import { textExplanation } from "./text-explanation.ts";
import { textHistory, textRun } from "./text-history.ts";
import { textLease } from "./text-lease.ts";
import { textOffers } from "./text-offers.ts";
import { textPlan } from "./text-plan.ts";
import { textPolicyTests } from "./text-policy.ts";
import { textProvenance } from "./text-provenance.ts";
import { textReceipt } from "./text-receipt.ts";
import { textReference } from "./text-reference.ts";
import { textVerification } from "./text-verification.ts";

/** For people at a terminal. Personal data is shown. */
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
