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

/** How to show something; the caller alone knows the terminal. */
export interface Style {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The most bytes a Markdown report may have; 60,000 unless given. */
  readonly limit?: number;
  /** The reader's language; English unless given. */
  readonly language?: Language;
  /** Whether somebody's data is shown; unless given, masked in the formats that are meant for sharing, and shown in the others. */
  readonly personal?: "shown" | "masked";
  /** Where the project lies in its repository, with a slash at the end: what pipelines are told of files starts there. */
  readonly folder?: string;
  /** Show everything: all changes, all unmanaged objects, ids beside names. */
  readonly verbose?: boolean;
}

/** The most bytes of a Markdown report unless the caller says otherwise: GitHub takes 65,536 characters a comment. */
export const defaultLimit = 60_000;

/** What `validate` found. */
export interface Validation {
  readonly resources: number;
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Checks that need an account or a catalogue, in words. */
  readonly notChecked: readonly string[];
}

/** A compiled manifest and the place each of its fields came from; pointers lead into `document`. */
export interface ProvenanceReport {
  readonly resource: { readonly address: Address };
  readonly document: Json;
  readonly fields: readonly { readonly pointer: Pointer; readonly at: Location }[];
  /** The fields of the document that are somebody's data. */
  readonly personal?: readonly Pointer[];
}

/** What a backend can do, and as whom. */
export interface Capabilities {
  readonly adapter: string;
  readonly account: string;
  readonly principal?: string;
  readonly supports: Readonly<Record<string, Support>>;
  /** What was asked of the backend, and whether it is allowed. */
  readonly probes?: readonly Probe[];
}

/** A kind or one of its fields, as its schema tells it; or a diagnostic's code, as the registry does. */
export interface SchemaReference {
  readonly path: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: Json;
  /** The defaults where another field decides, by that field's value: `cloud: china`. */
  readonly defaultBy?: Readonly<Record<string, Json>>;
  readonly enum?: readonly Json[];
  readonly required?: boolean;
  readonly examples?: readonly Json[];
  /** Cannot change once created. */
  readonly fixed?: boolean;
  /** Somebody's data: the ledger keeps only a keyed digest of it. */
  readonly personal?: boolean;
  /** It is taken from an environment variable. */
  readonly secret?: true;
  /** It is never written, and why. */
  readonly refused?: string;
  /** Limits, by JSON Schema keyword: minimum, maxLength, pattern. */
  readonly limits?: Readonly<Record<string, Json>>;
  /** What to do about a code. */
  readonly hint?: string;
  /** The address of the page to read on. */
  readonly page?: string;
  readonly children?: readonly SchemaReference[];
}

/** Who holds the lease. */
export interface LeaseHolder {
  readonly owner: Owner;
  /** RFC 3339, UTC. */
  readonly since: string;
  /** How long it lasts unless it is renewed. */
  readonly seconds: number;
  /** After how long this machine may end it, if it is not renewed before. */
  readonly leftSeconds: number;
}

/** An entry of a ledger by which an excerpt can be found again. */
export interface Mark {
  readonly seq: number;
  readonly at: string;
  readonly hash: Hash;
}

/** What a ledger tells of a period. */
export interface History {
  readonly runs: readonly RunRecord[];
  readonly attestations: readonly Attestation[];
  /** What was done to the ledger itself; missing where nothing was. */
  readonly maintenance?: readonly Maintenance[];
  /** Days, YYYY-MM-DD, both inclusive; open where one is missing. */
  readonly period?: { readonly from?: string; readonly to?: string };
  /** The person or the object it was asked about. */
  readonly about?: string;
  /** What checking the whole ledger found, and the first and last entry of the period. */
  readonly proof?: Verification & { readonly first?: Mark; readonly last?: Mark };
}

/** What a format can be asked to show. */
export type ReportSubject = Exclude<keyof Report, "name">;

/** A format as it is written: diagnostics always, and of the rest what makes sense in it. `shared`: meant for others' eyes, so somebody's data is masked. */
export type Format = Pick<Report, "name" | "diagnostics"> & Partial<Report> & { readonly shared?: true };

/** One output format. Every function returns whole lines, prints nothing and never throws on a valid document. */
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
