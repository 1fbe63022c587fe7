import type { Address } from "../model/address.ts";
import type { Support } from "../model/adapter.ts";
import type { Diagnostic, Location } from "../model/diagnostic.ts";
import type { Attestation, Explanation, OfferRow, Run, Verification } from "../model/history.ts";
import type { Json } from "../model/json.ts";
import type { Owner } from "../model/ledger.ts";
import type { Plan } from "../model/plan.ts";
import type { Pointer } from "../model/pointer.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Language } from "./language.ts";

/** How to show something; the caller alone knows the terminal. */
export interface Style {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The most bytes a Markdown report may have; 60,000 unless given. */
  readonly limit?: number;
  /** The reader's language; English unless given. */
  readonly language?: Language;
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
export interface Provenance {
  readonly resource: { readonly address: Address };
  readonly document: Json;
  readonly fields: readonly { readonly pointer: Pointer; readonly at: Location }[];
}

/** What a backend can do, and as whom. */
export interface Capabilities {
  readonly adapter: string;
  readonly account: string;
  readonly principal?: string;
  readonly supports: Readonly<Record<string, Support>>;
}

/** A kind or one of its fields, as its schema tells it. */
export interface Reference {
  readonly path: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly required?: boolean;
  readonly examples?: readonly Json[];
  /** Cannot change once created. */
  readonly fixed?: boolean;
  /** Somebody's data: the ledger keeps only a keyed digest of it. */
  readonly personal?: boolean;
  /** It is never written, and why. */
  readonly refused?: string;
  /** Limits, by JSON Schema keyword: minimum, maxLength, pattern. */
  readonly limits?: Readonly<Record<string, Json>>;
  readonly children?: readonly Reference[];
}

/** Who holds the lease. */
export interface LeaseHolder {
  readonly owner: Owner;
  /** RFC 3339, UTC. */
  readonly since: string;
  /** RFC 3339, UTC. */
  readonly until: string;
}

/** One output format. Every function returns whole lines, prints nothing and never throws on a valid document. */
export interface Report {
  readonly name: string;
  plan(plan: Plan, style: Style): string;
  receipt(receipt: Receipt, plan: Plan | undefined, style: Style): string;
  diagnostics(diagnostics: readonly Diagnostic[], style: Style): string;
  validation(result: Validation, style: Style): string;
  history(runs: readonly Run[], attestations: readonly Attestation[], style: Style): string;
  run(run: Run, style: Style): string;
  verification(result: Verification, style: Style): string;
  explanation(result: Explanation, style: Style): string;
  offers(rows: readonly OfferRow[], style: Style): string;
  provenance(resources: readonly Provenance[], style: Style): string;
  capabilities(result: Capabilities, style: Style): string;
  reference(entry: Reference, style: Style): string;
  lease(lease: LeaseHolder | undefined, style: Style): string;
}
