/** The library: the same modules the command line is made of. Manifests → `compile` → `plan` → a plan that `apply` applies as it was reviewed. */
export { type AdapterContext, type AdapterFactory, AdapterUnusable } from "./adapters/factory.ts";
export { openAdapter } from "./adapters/index.ts";
export { systemClock } from "./adapters/system-clock.ts";
export { readOnly } from "./adapters/read-only.ts";
export { catalogue } from "./kinds/prices/catalogue.ts";
export { kinds } from "./kinds/index.ts";
export { type PriceList, parsePriceList } from "./kinds/prices/price-list.ts";
export { type CompileContext, compile } from "./manifest/compile.ts";
export { type Provenance, provenance } from "./manifest/resolve/provenance.ts";
export { render } from "./manifest/write/render.ts";
export {
  type Adapter,
  AdapterError,
  type Problem,
  type Query,
  type Reader,
  type Support,
  type Times,
  type WriteContext,
} from "./model/adapter.ts";
export { type Address, address, kindOf, nameOf } from "./model/address.ts";
export {
  type Approval,
  approvalsIn,
  approvalText,
  type Examine,
  readStatement,
  type SignedStatement as Signed,
  statementOf,
} from "./model/plan/approval.ts";
export type { Catalogue } from "./model/catalogue.ts";
export type { Clock } from "./model/clock.ts";
export type { Credential, CredentialSink } from "./model/credential.ts";
export { type Checked, type Diagnostic, hasErrors, type Location } from "./model/diagnostic.ts";
export { canonical, type Digest, digest } from "./model/values/digest.ts";
export type { Settings } from "./model/generated/settings.ts";
export type { Attestation, Explanation, OfferRow, RunRecord as Run, Verification } from "./model/ledger/history.ts";
export type { Json, JsonSchema, Spec } from "./model/values/json.ts";
export type { Kind, Reference, Verb, World } from "./model/kind.ts";
export {
  type Entry,
  type Event,
  type Hash,
  type Ledger,
  type LedgerReader,
  noHash,
  type Owner,
  type WatchedLease as Watched,
} from "./model/ledger/ledger.ts";
export { appliedView as applied, emptyState, foldEntry as fold, type LedgerState } from "./model/ledger/ledger-state.ts";
export type { Observed } from "./model/observed.ts";
export {
  type Action,
  type Cause,
  type Change,
  type ChangeId,
  type FieldChange,
  type Impact,
  type Plan,
  planDigest,
  type Reason,
  type Tripped,
} from "./model/plan/plan.ts";
export type { Pointer } from "./model/values/pointer.ts";
export type { Receipt, Result, Status } from "./model/plan/receipt.ts";
export type { Desired, Resource } from "./model/resource.ts";
export type { CachedFile, ParseCache, Source } from "./model/source.ts";
export { type ApplyResult as Application, type ApplyOptions, apply } from "./operations/apply/apply.ts";
export { type ApproveOptions, approve } from "./operations/approve.ts";
export { type AttestOptions, attest } from "./operations/settle/attest.ts";
export { type Approvals, checkApprovals } from "./operations/apply/check-approvals.ts";
export { diff } from "./operations/export/diff.ts";
export { exportAccount } from "./operations/export/export.ts";
export { type PlanOptions, planChanges } from "./operations/plan/plan.ts";
export type { EventAppender as Journal, WriteLease as Lease, Progress, Project, View, Writers } from "./operations/project/project.ts";
export { type Settlement, settle } from "./operations/settle/settle.ts";
export { validate } from "./operations/project/validate.ts";
export { why } from "./operations/why.ts";
export { type PlanInput, plan } from "./plan/plan.ts";
export { report, reports } from "./report/index.ts";
export type { Report, Style } from "./report/report.ts";
export { folderStore } from "./store/credentials/credential-store.ts";
export { ageSink, newIdentity } from "./store/credentials/credentials.ts";
export { readManifests } from "./store/files/files.ts";
export { openLedger, openLedgerState, verify } from "./store/ledger/index.ts";
export { keepRenewing, type Leasing } from "./store/ledger/lease/held-lease.ts";
export { takeLease } from "./store/ledger/lease/lease.ts";
export { type Machine, thisMachine } from "./store/ledger/file/machine.ts";
export { examineBy, signWith } from "./store/approvals/ssh-signature.ts";
