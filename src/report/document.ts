import type { Support } from "../model/adapter.ts";
import type { Bill, InvoiceList } from "../model/billing/invoice.ts";
import type { Reconciliation } from "../model/billing/reconciliation.ts";
import type { Address } from "../model/address.ts";
import type { Approval } from "../model/plan/approval.ts";
import type { Diagnostic, Location } from "../model/diagnostic.ts";
import type {
  Attestation,
  Explanation,
  Maintenance,
  OfferRow,
  RunRecord,
  Verification,
  WaitingCredential,
} from "../model/ledger/history.ts";
import type { Json } from "../model/values/json.ts";
import type { Hash, Owner } from "../model/ledger/ledger.ts";
import type { Probe } from "../model/probe.ts";
import type { Plan } from "../model/plan/plan.ts";
import type { Renewals } from "../model/plan/renewals.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { PolicyTests } from "../model/policy.ts";
import type { Receipt } from "../model/plan/receipt.ts";
import type { Worded } from "../model/text/recorded.ts";

/** The result of `validate`. */
export interface Validation {
  readonly resources: number;
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Checks that were skipped because they need an account or a catalogue, in words. */
  readonly notChecked: readonly string[];
}

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

/** The operations a backend supports, and the signed-in principal. */
export interface Capabilities {
  readonly adapter: string;
  readonly account: string;
  readonly principal?: string;
  readonly supports: Readonly<Record<string, Support>>;
  /** Permission checks made against the backend, and their results. */
  readonly probes?: readonly Probe[];
}

/** A kind or field from its schema, or a diagnostic code from the registry. */
export interface SchemaReference extends Worded {
  readonly path: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: Json;
  /** Defaults that depend on another field, by that field's value: `cloud: china`. */
  readonly defaultBy?: Readonly<Record<string, Json>>;
  readonly enum?: readonly Json[];
  readonly required?: boolean;
  readonly examples?: readonly Json[];
  /** The first example as lines of YAML: a document, or a field with its value. */
  readonly yaml?: readonly string[];
  /** Cannot change after creation. */
  readonly fixed?: boolean;
  /** Personal data: the ledger stores only a keyed digest of it. */
  readonly personal?: boolean;
  /** The value comes from an environment variable. */
  readonly secret?: true;
  /** The reason why this field is never written. */
  readonly refused?: string;
  /** Limits by JSON Schema keyword: minimum, maxLength, pattern. */
  readonly limits?: Readonly<Record<string, Json>>;
  /** How to resolve a problem with this code. */
  readonly hint?: string;
  /** The URL of the documentation page. */
  readonly page?: string;
  readonly children?: readonly SchemaReference[];
}

/** The holder of the lease. */
export interface LeaseHolder {
  readonly owner: Owner;
  /** RFC 3339, UTC. */
  readonly since: string;
  /** Duration of the lease without renewal. */
  readonly seconds: number;
  /** Time after which this machine may end the lease if it is not renewed. */
  readonly leftSeconds: number;
}

/** A ledger entry, identified for later lookup. */
export interface Mark {
  readonly seq: number;
  readonly at: string;
  readonly hash: Hash;
}

/** The ledger's records of a period. */
export interface History {
  readonly runs: readonly RunRecord[];
  readonly attestations: readonly Attestation[];
  /** Operations on the ledger itself. Undefined if there are none. */
  readonly maintenance?: readonly Maintenance[];
  /** Days as YYYY-MM-DD, both inclusive. An omitted end is open. */
  readonly period?: { readonly from?: string; readonly to?: string };
  /** The person or object the query was restricted to. */
  readonly about?: string;
  /** The verification of the whole ledger, with the first and last entry of the period. */
  readonly proof?: Verification & { readonly first?: Mark; readonly last?: Mark };
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
  readonly credentials: { readonly credentials: readonly WaitingCredential[] };
  readonly provenance: { readonly resources: readonly ProvenanceReport[] };
  readonly capabilities: { readonly capabilities: Capabilities };
  readonly reference: { readonly reference: SchemaReference };
  readonly lease: { readonly lease: LeaseHolder | undefined };
  readonly policyTests: { readonly policyTests: PolicyTests };
}

/** The kinds of documents that a command shows. */
export type DocumentKind = keyof Contents;

/** A document of one of the given kinds. */
export type DocumentOf<Kinds extends DocumentKind> = {
  [Kind in Kinds]: { readonly kind: Kind } & Contents[Kind];
}[Kinds];

/** What a command shows: a document and its kind. */
export type ReportDocument = DocumentOf<DocumentKind>;
