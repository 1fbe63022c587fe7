/**
 * The public API: open a project folder, plan, and apply the reviewed plan. See also
 * `partnerctl/adapter`, `partnerctl/engine`, `partnerctl/ledger` and `partnerctl/conformance`.
 */
export { kinds } from "./kinds/index.ts";
export {
  type ApplyReviewed,
  type OpenedProject,
  type OpenOptions,
  openProject,
} from "./library/open-project.ts";
export { type CompileContext, compile } from "./manifest/compile.ts";
export type { Checked, Diagnostic } from "./model/diagnostic.ts";
export type { Explanation } from "./model/ledger/history.ts";
export { type Change, type Plan, planDigest } from "./model/plan/plan.ts";
export type { Receipt, Result } from "./model/plan/receipt.ts";
export type { Desired, Resource } from "./model/resource.ts";
export type { ApplyResult } from "./operations/apply/application.ts";
export type { PlanOptions } from "./operations/plan/plan.ts";
export { report, reports } from "./report/index.ts";
export type { ReportDocument } from "./report/document.ts";
export type { Report, Style } from "./report/report.ts";
