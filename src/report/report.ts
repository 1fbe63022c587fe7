import type { Support } from "../model/adapter.ts";
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
import type { Pointer } from "../model/values/pointer.ts";
import type { PolicyTests } from "../model/policy.ts";
import type { Receipt } from "../model/plan/receipt.ts";
import type { Language } from "./language/language.ts";

/** How to render a report. The caller provides the terminal's properties. */
export interface Style {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Maximum size of a Markdown report in bytes. Default: 60,000. */
  readonly limit?: number;
  /** The reader's language. Default: English. */
  readonly language?: Language;
  /** Whether to show personal data. By default, formats meant for sharing mask it. */
  readonly personal?: "shown" | "masked";
  /**
   * The project's folder in its repository, with a slash at the end. It prefixes file paths in
   * reports for pipelines.
   */
  readonly folder?: string;
  /** Show all changes and unmanaged objects, and ids beside names. */
  readonly verbose?: boolean;
}

/**
 * The default limit of a Markdown report in bytes: GitHub accepts 65,536 characters per comment.
 */
export const defaultLimit = 60_000;

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
export interface SchemaReference {
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

/** The subjects a format can render. */
export type ReportSubject = Exclude<keyof Report, "name">;

/**
 * A format's implementation: diagnostics and the subjects that suit it. A `shared` format is meant
 * for other readers and masks personal data by default.
 */
export type Format = Pick<Report, "name" | "diagnostics"> &
  Partial<Report> & { readonly shared?: true };

/**
 * An output format. Each function returns complete lines, prints nothing and does not throw on a
 * valid document.
 */
export interface Report {
  readonly name: string;
  plan(plan: Plan, style: Style, approvals?: readonly Approval[]): string;
  receipt(receipt: Receipt, plan: Plan | undefined, style: Style): string;
  diagnostics(diagnostics: readonly Diagnostic[], style: Style): string;
  validation(result: Validation, style: Style): string;
  history(history: History, style: Style): string;
  run(run: RunRecord, style: Style): string;
  verification(result: Verification, style: Style): string;
  explanation(result: Explanation, style: Style): string;
  offers(rows: readonly OfferRow[], style: Style): string;
  credentials(rows: readonly WaitingCredential[], style: Style): string;
  provenance(resources: readonly ProvenanceReport[], style: Style): string;
  capabilities(result: Capabilities, style: Style): string;
  reference(entry: SchemaReference, style: Style): string;
  lease(lease: LeaseHolder | undefined, style: Style): string;
  policyTests(result: PolicyTests, style: Style): string;
}
