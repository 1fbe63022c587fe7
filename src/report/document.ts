import type { Address } from "../model/address.ts";
import type { Bill, InvoiceList } from "../model/billing/invoice.ts";
import type { Reconciliation } from "../model/billing/reconciliation.ts";
import type { Diagnostic, Location } from "../model/diagnostic.ts";
import type {
  Capabilities,
  Edits,
  EmulatorAccess,
  History,
  LeaseHolder,
  Refreshed,
  SchemaReference,
  Validation,
} from "../model/generated/documents.ts";
import type {
  Explanation,
  OfferRow,
  RunRecord,
  Verification,
  WaitingCredential,
} from "../model/ledger/history.ts";
import type { Approval } from "../model/plan/approval.ts";
import type { Plan } from "../model/plan/plan.ts";
import type { PriceChanges } from "../model/generated/documents.ts";
import type { Receipt } from "../model/plan/receipt.ts";
import type { Renewals } from "../model/plan/renewals.ts";
import type { PolicyTests } from "../model/policy.ts";
import type { Json } from "../model/values/json.ts";
import type { Pointer } from "../model/values/pointer.ts";

export type {
  Capabilities,
  Edits,
  EmulatorAccess,
  History,
  LeaseHolder,
  Mark,
  SchemaReference,
  Validation,
} from "../model/generated/documents.ts";

/**
 * A compiled manifest and the source location of each field. Pointers are relative to `document`.
 */
export interface ProvenanceReport {
  readonly resource: { readonly address: Address };
  readonly document: Json;
  readonly fields: readonly { readonly pointer: Pointer; readonly at: Location }[];
  /** Pointers to fields with personal data. */
  readonly personal?: readonly Pointer[];
}

/** What the documents of each kind hold. */
interface Contents {
  readonly plan: { readonly plan: Plan; readonly approvals?: readonly Approval[] };
  /** With the plan, also the details of each change. */
  readonly receipt: { readonly receipt: Receipt; readonly plan?: Plan };
  readonly diagnostics: { readonly diagnostics: readonly Diagnostic[] };
  readonly validation: { readonly validation: Validation };
  readonly history: { readonly history: History };
  readonly run: { readonly run: RunRecord };
  readonly verification: { readonly verification: Verification };
  readonly explanation: { readonly explanation: Explanation };
  readonly invoices: { readonly invoices: InvoiceList };
  readonly invoice: { readonly bill: Bill };
  readonly reconciliation: { readonly reconciliation: Reconciliation };
  readonly offers: { readonly offers: readonly OfferRow[] };
  readonly renewals: { readonly renewals: Renewals };
  readonly priceChanges: { readonly priceChanges: PriceChanges };
  readonly credentials: { readonly credentials: readonly WaitingCredential[] };
  readonly provenance: { readonly resources: readonly ProvenanceReport[] };
  readonly capabilities: { readonly capabilities: Capabilities };
  readonly reference: { readonly reference: SchemaReference };
  readonly lease: { readonly lease: LeaseHolder | undefined };
  readonly policyTests: { readonly policyTests: PolicyTests };
  readonly approval: { readonly approval: Approval };
  /** `quotes` are the personal data in them. */
  readonly edits: { readonly edits: Edits; readonly quotes: readonly string[] };
  readonly emulator: { readonly emulator: EmulatorAccess };
  readonly refresh: { readonly refresh: Refreshed };
}

/** The kinds of documents that a command shows. */
export type DocumentKind = keyof Contents;

/** A document of one of the given kinds. */
export type DocumentOf<Kinds extends DocumentKind> = {
  [Kind in Kinds]: { readonly kind: Kind } & Contents[Kind];
}[Kinds];

/** What a command shows: a document and its kind. */
export type ReportDocument = DocumentOf<DocumentKind>;
