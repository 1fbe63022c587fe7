import type { Operation } from "../../src/model/values/json-patch.ts";
import { expect, test } from "vitest";
import common from "../../schemas/documents/common.schema.json" with { type: "json" };
import ledgerEntry from "../../schemas/documents/ledger-entry.schema.json" with { type: "json" };
import plan from "../../schemas/documents/plan.schema.json" with { type: "json" };
import receipt from "../../schemas/documents/receipt.schema.json" with { type: "json" };
import type { Approval, HostApproval } from "../../src/model/plan/approval.ts";
import type { Diagnostic, Location } from "../../src/model/diagnostic.ts";
import type { Entry, Event, LedgerAccount, Owner } from "../../src/model/ledger/ledger.ts";
import type {
  Before,
  Change,
  FieldChange,
  Impact,
  Plan,
  Ref,
  Tripped,
} from "../../src/model/plan/plan.ts";
import type { ApprovalNeed } from "../../src/model/plan/approval-need.ts";
import type { Totals } from "../../src/model/plan/totals.ts";
import type { RecordedChange } from "../../src/model/ledger/recorded-change.ts";
import type { Receipt, Result } from "../../src/model/plan/receipt.ts";

/**
 * Each field of a type and whether it may be missing; the compiler sees to it that a table of this
 * type is complete and true.
 */
type Fields<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? "optional" : "required" };

type EventOf<Type extends Event["type"]> = Entry & { readonly type: Type };
type Of<Action extends Change["action"]> = Extract<Change, { readonly action: Action }>;

const planFields: Fields<Plan> = {
  version: "required",
  account: "required",
  asOf: "required",
  hypothetical: "optional",
  scope: "optional",
  partial: "optional",
  open: "optional",
  mark: "optional",
  basis: "required",
  changes: "required",
  upcoming: "optional",
  unchanged: "required",
  unmanaged: "required",
  coverage: "required",
  problems: "required",
  tripped: "required",
  approvals: "optional",
  readings: "optional",
  totals: "required",
  forecast: "required",
  refers: "required",
  names: "required",
  digest: "required",
};
const basis: Fields<Plan["basis"]> = {
  ledger: "required",
  manifests: "required",
  settings: "required",
  policies: "optional",
  commit: "optional",
  localChanges: "optional",
  environment: "optional",
  authors: "optional",
};
const everyChange = {
  id: "required",
  address: "required",
  kind: "required",
  parent: "optional",
  by: "required",
  reason: "required",
  cause: "required",
  changedBy: "optional",
  basedOn: "required",
  fields: "required",
  impact: "required",
  requires: "required",
  protect: "optional",
  takes: "optional",
  note: "optional",
  steps: "optional",
  quotes: "optional",
  action: "required",
  values: "optional",
} as const;
const create: Fields<Of<"create">> = {
  ...everyChange,
  key: "required",
  desired: "required",
  beside: "optional",
  formerly: "optional",
};
const rename: Fields<Of<"rename">> = { ...everyChange, observed: "required", from: "required" };
const update: Fields<Of<"update">> = {
  ...everyChange,
  desired: "required",
  observed: "required",
  patch: "required",
};
const impact: Fields<Impact> = {
  reversible: "required",
  until: "optional",
  destructive: "optional",
  money: "optional",
  prorated: "optional",
  termEnds: "optional",
  seats: "optional",
  item: "optional",
  access: "optional",
};
const diagnostic: Fields<Diagnostic> = {
  severity: "required",
  code: "required",
  message: "required",
  at: "optional",
  address: "optional",
  hint: "optional",
  quotes: "optional",
  values: "optional",
};
const location: Fields<Location> = {
  file: "required",
  line: "required",
  column: "required",
  endLine: "required",
  endColumn: "required",
  excerpt: "required",
};
const fieldChange: Fields<FieldChange> = {
  pointer: "required",
  before: "optional",
  after: "required",
  cause: "required",
  personal: "optional",
};
const before: Fields<Before> = { id: "required", key: "required", spec: "required" };
const operation: Fields<Operation> = { op: "required", path: "required", value: "required" };
const unmanagedRef: Fields<Ref> = {
  kind: "required",
  id: "required",
  key: "required",
  parent: "optional",
};
const tripped: Fields<Tripped> = {
  name: "required",
  message: "required",
  amount: "required",
  needsReason: "optional",
  changes: "required",
  quotes: "optional",
  values: "optional",
};
const need: Fields<ApprovalNeed> = {
  rule: "optional",
  approvals: "required",
  because: "required",
  values: "optional",
};
const approval: Fields<Approval> = {
  principal: "required",
  aliases: "optional",
  fingerprint: "required",
  at: "required",
  note: "optional",
  statement: "required",
  signature: "required",
};
const hostApproval: Fields<HostApproval> = {
  host: "required",
  by: "required",
  of: "required",
  at: "optional",
};
const totals: Fields<Totals> = {
  create: "required",
  update: "required",
  upgrade: "required",
  remove: "required",
  forget: "required",
  rename: "required",
  protect: "required",
  unprotect: "required",
  manual: "required",
  money: "optional",
  seats: "required",
  unpriced: "optional",
};
const receiptFields: Fields<Receipt> = {
  version: "required",
  run: "required",
  plan: "required",
  account: "required",
  actor: "required",
  commit: "optional",
  localChanges: "optional",
  startedAt: "required",
  endedAt: "required",
  ledger: "required",
  allowed: "required",
  reason: "optional",
  detached: "optional",
  approvals: "optional",
  hostApprovals: "optional",
  interrupted: "optional",
  results: "required",
  notes: "optional",
  spent: "required",
  correlation: "optional",
};
const result: Fields<Result> = {
  change: "required",
  address: "required",
  action: "required",
  status: "required",
  id: "optional",
  because: "optional",
  code: "optional",
  lacks: "optional",
  credential: "optional",
  hint: "optional",
  quotes: "optional",
  values: "optional",
};
const entry = {
  at: "required",
  type: "required",
  seq: "required",
  prev: "required",
  hash: "required",
  appendLines: "optional",
  appendSignature: "optional",
} as const;
const founded: Fields<EventOf<"founded">> = {
  ...entry,
  id: "required",
  version: "required",
  key: "required",
  account: "required",
  project: "required",
};
const rekeyed: Fields<EventOf<"rekeyed">> = {
  ...entry,
  key: "required",
  voucher: "optional",
  reason: "optional",
  actor: "required",
};
const repaired: Fields<EventOf<"repaired">> = {
  ...entry,
  aside: "optional",
  reason: "optional",
  actor: "required",
};
const ledgerAccount: Fields<LedgerAccount> = {
  id: "required",
  adapter: "required",
  host: "optional",
};
const leased: Fields<EventOf<"leased">> = { ...entry, owner: "required", seconds: "required" };
const released: Fields<EventOf<"released">> = {
  ...entry,
  owner: "required",
  endedBy: "optional",
  reason: "optional",
};
const runOpened: Fields<EventOf<"run-opened">> = {
  ...entry,
  run: "required",
  plan: "required",
  account: "required",
  actor: "required",
  commit: "optional",
  localChanges: "optional",
  correlation: "optional",
  allowed: "required",
  reason: "optional",
  detached: "optional",
  approvals: "optional",
  hostApprovals: "optional",
  changes: "required",
};
const planSealed: Fields<EventOf<"plan-sealed">> = {
  ...entry,
  run: "required",
  part: "required",
  parts: "required",
  sealed: "required",
};
const recorded: Fields<RecordedChange> = {
  cause: "required",
  reason: "required",
  fields: "required",
  impact: "required",
  names: "optional",
};
const intent: Fields<EventOf<"intent">> = {
  ...entry,
  run: "required",
  change: "required",
  address: "required",
  kind: "required",
  action: "required",
  object: "required",
  attempt: "required",
  requestId: "required",
  digest: "required",
  marks: "optional",
  protect: "optional",
  from: "optional",
  id: "optional",
  parentId: "optional",
  key: "optional",
  existing: "optional",
  fields: "optional",
  planned: "optional",
  credential: "optional",
  proposes: "optional",
  proposal: "optional",
};
const proposed: Fields<EventOf<"proposed">> = {
  ...entry,
  run: "required",
  change: "required",
  address: "required",
  proposal: "required",
  price: "optional",
};
const outcome: Fields<EventOf<"outcome">> = {
  ...entry,
  run: "required",
  change: "required",
  address: "required",
  status: "required",
  action: "optional",
  id: "optional",
  code: "optional",
  because: "optional",
  lacks: "optional",
  credential: "optional",
  by: "required",
  backendTime: "optional",
  actor: "optional",
  values: "optional",
};
const attested: Fields<EventOf<"attested">> = {
  ...entry,
  plan: "required",
  change: "required",
  address: "required",
  actor: "required",
  fields: "required",
  note: "optional",
};
const runClosed: Fields<EventOf<"run-closed">> = {
  ...entry,
  run: "required",
  done: "required",
  failed: "required",
  unknown: "required",
  interrupted: "optional",
};
const owner: Fields<Owner> = {
  ...{ actor: "required", host: "required", pid: "required", token: "required" },
  ...{ bootId: "optional", pidNamespace: "optional", startTime: "optional" },
};

const { $defs: inPlan } = plan;
const { $defs: inCommon } = common;
const { $defs: inLedger } = ledgerEntry;

test.each<
  readonly [
    string,
    { readonly properties: object; readonly required: readonly string[] },
    Readonly<Record<string, string>>,
  ]
>([
  ["a plan", plan, planFields],
  ["a plan's basis", plan.properties.basis, basis],
  ["an impact", inCommon.impact, impact],
  ["a diagnostic", inCommon.diagnostic, diagnostic],
  ["a location", inCommon.location, location],
  ["a field's change", inCommon.fieldChange, fieldChange],
  ["what a change starts from", inPlan.before, before],
  ["a step of a patch", inPlan.operation, operation],
  ["an unmanaged object", inPlan.unmanagedRef, unmanagedRef],
  ["a tripped guard", inPlan.tripped, tripped],
  ["what a rule asks for", plan.properties.approvals.items, need],
  ["an approval", inCommon.approval, approval],
  ["an approval on a host", inCommon.hostApproval, hostApproval],
  ["totals", plan.properties.totals, totals],
  ["a receipt", receipt, receiptFields],
  ["a result", receipt.$defs.result, result],
  ["founded", inLedger.founded, founded],
  ["rekeyed", inLedger.rekeyed, rekeyed],
  ["repaired", inLedger.repaired, repaired],
  ["an account in a ledger", inLedger.account, ledgerAccount],
  ["leased", inLedger.leased, leased],
  ["released", inLedger.released, released],
  ["run-opened", inLedger.runOpened, runOpened],
  ["plan-sealed", inLedger.planSealed, planSealed],
  ["intent", inLedger.intent, intent],
  ["proposed", inLedger.proposed, proposed],
  ["a recorded change", inCommon.recordedChange, recorded],
  ["outcome", inLedger.outcome, outcome],
  ["attested", inLedger.attested, attested],
  ["run-closed", inLedger.runClosed, runClosed],
  ["an owner", inLedger.owner, owner],
])("the schema of %s has the fields of its type", (_, schema, fields) => {
  const required = new Set(schema.required);
  const told = Object.keys(schema.properties).map((name) => [
    name,
    required.has(name) ? "required" : "optional",
  ]);
  expect(Object.fromEntries(told)).toEqual(fields);
});

test("a recorded change knows all that a plan's says of causes and reasons", () => {
  const { cause, reason } = inPlan.change.properties as Record<string, unknown>;
  expect(inCommon.recordedChange.properties).toMatchObject({ cause, reason });
});

test("the schema of a change has the fields of every action's type", () => {
  const schema = inPlan.change;
  expect(Object.keys(schema.properties).sort()).toEqual(
    Object.keys({ ...create, ...update, ...rename }).sort(),
  );
  expect([...schema.required].sort()).toEqual(
    Object.keys(everyChange)
      .filter((name) => everyChange[name as keyof typeof everyChange] === "required")
      .sort(),
  );
});
