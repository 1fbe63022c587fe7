/** The parts of the command-line tool, for programs that combine them differently. */
export { openAdapter } from "../adapters/index.ts";
export { readOnly } from "../adapters/read-only.ts";
export { catalogue } from "../kinds/prices/catalogue.ts";
export { type PriceList, parsePriceList } from "../kinds/prices/price-list.ts";
export { resolveSettings } from "../manifest/settings/resolve-settings.ts";
export { type Provenance, provenance } from "../manifest/resolve/provenance.ts";
export { render } from "../manifest/write/render.ts";
export type { Catalogue } from "../model/catalogue.ts";
export type { CredentialSink } from "../model/credential.ts";
export { hasErrors, type Location } from "../model/diagnostic.ts";
export type { Settings } from "../model/generated/settings.ts";
export type { Kind, Reference, Verb, World } from "../model/kind.ts";
export type { OfferRow } from "../model/ledger/history.ts";
export {
  type Approval,
  approvalsIn,
  approvalText,
  type Examine,
  readStatement,
  type SignedStatement,
  statementOf,
} from "../model/plan/approval.ts";
export { type ChangeId, type FieldChange, type Impact, planDigest } from "../model/plan/plan.ts";
export type { CachedFile, ParseCache, Source } from "../model/source.ts";
export { canonical, type Digest, digest } from "../model/values/digest.ts";
export type { JsonSchema } from "../model/values/json.ts";
export { type ApplyOptions, apply } from "../operations/apply/apply.ts";
export { type Approvals, checkApprovals } from "../operations/apply/check-approvals.ts";
export { type ApproveOptions, approve } from "../operations/approve.ts";
export { diff } from "../operations/export/diff.ts";
export { exportAccount } from "../operations/export/export.ts";
export { planChanges } from "../operations/plan/plan.ts";
export type {
  EventAppender,
  Progress,
  Project,
  View,
  WriteLease,
  Writers,
} from "../operations/project/project.ts";
export { validate } from "../operations/project/validate.ts";
export { type AttestOptions, attest } from "../operations/settle/attest.ts";
export { type Settlement, settle } from "../operations/settle/settle.ts";
export { why } from "../operations/why.ts";
export { type PlanInput, plan } from "../plan/plan.ts";
export { examineBy, signWith } from "../store/approvals/ssh-signature.ts";
export { folderStore } from "../store/credentials/credential-store.ts";
export { ageSink, newIdentity } from "../store/credentials/credentials.ts";
export { readManifests } from "../store/files/files.ts";
