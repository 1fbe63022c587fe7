// Generated from schemas/documents by `node schemas/generate.mjs`.
import type { Action } from "../plan/action.ts";
import type { Address } from "../address.ts";
import type { Approval } from "../plan/approval.ts";
import type { Change } from "../plan/plan.ts";
import type { ChangeId } from "../plan/plan.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Digest } from "../values/digest.ts";
import type { Hash } from "../values/digest.ts";
import type { HostApproval } from "../plan/approval.ts";
import type { Json } from "../values/json.ts";
import type { Location } from "../diagnostic.ts";
import type { Owner } from "../ledger/ledger.ts";
import type { Pointer } from "../values/pointer.ts";
import type { RecordedChange } from "../ledger/recorded-change.ts";
import type { Status } from "../plan/receipt.ts";
import type { Support } from "../adapter.ts";
import type { TextValues } from "../text/recorded.ts";
import type { Upcoming } from "../plan/dated.ts";

/** A manual step that a person attested. */
export interface Attestation {
  /** When it was attested. */
  readonly at: string;
  /** Who attested it. */
  readonly actor: string;
  /** The digest of the plan. */
  readonly plan: Digest;
  /** The change's id. */
  readonly change: ChangeId;
  /** The object's address. */
  readonly address: Address;
  /** The fields that were set. */
  readonly fields: readonly Pointer[];
  /** The person's remark. */
  readonly note?: string;
}

/** What is owed in one currency. */
export interface Balance {
  /** The amount. */
  readonly amount: string;
  /** The currency. */
  readonly currency: string;
  /** The id of the latest invoice. */
  readonly latestInvoice?: string;
  /** The last payment. */
  readonly lastPayment?: Payment;
}

/** An invoice with its lines; of a file that does not name it, the lines alone. */
export interface Bill {
  /** The invoice. */
  readonly invoice?: Invoice;
  /** Its lines. */
  readonly lines: readonly InvoiceLine[];
}

/** The sums of one currency. Credits count with their tax, other lines without. */
export interface BilledSums {
  /** The currency. */
  readonly currency: string;
  /** What was billed. */
  readonly billed: string;
  /** Of that, what is explained. */
  readonly explained: string;
  /** Of that, what is not explained. */
  readonly unexplained: string;
  /** The sum of the roundings. */
  readonly rounding: string;
  /** The sum of the discounts. */
  readonly discount: string;
  /** The sum of the taxes. */
  readonly tax: string;
  /** What was ordered and not billed. */
  readonly notBilled: string;
  /** What the invoices' totals are more than their lines. Absent if no total is known. */
  readonly beyondLines?: string;
}

/** A billing period, both days inclusive. */
export interface BillingPeriod {
  /** The first day. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
}

/** The operations that a backend supports, and the signed-in principal. */
export interface Capabilities {
  /** The adapter. */
  readonly adapter: string;
  /** The account's id. Left out where nobody signed in who may know it. */
  readonly account?: string;
  /** The id of the user that the tool runs as. */
  readonly principal?: string;
  /** What is supported, by kind. */
  readonly supports: Readonly<Record<string, Support>>;
  /** The permissions that were tried, and the results. */
  readonly probes?: readonly Probe[];
}

/** A change that was sent, and its outcome. */
export interface ChangeDone {
  /** The change's id. */
  readonly change: ChangeId;
  /** The object's address. */
  readonly address: Address;
  /** The object's identity, which does not depend on its name. */
  readonly object?: string;
  /** What the change did to the object. */
  readonly action: Action;
  /** How it ended. Absent until its outcome is recorded. */
  readonly status?: Status;
  /** The backend's id of the object. */
  readonly id?: string;
  /** Why it is not done. */
  readonly because?: string;
  /** What became of the credential. */
  readonly credential?: "delivered" | "lost";
  /** When the outcome was recorded; before that, when the change was sent. */
  readonly at: string;
  /** When the backend answered, by its own clock. */
  readonly backendAt?: string;
  /** The effects that were planned. */
  readonly planned?: RecordedChange;
  /** The last day on which it can be undone. */
  readonly undoUntil?: string;
  /** What its texts were made from, by field. */
  readonly values?: TextValues;
}

/** The edits that bring the account's values into the manifests. */
export interface Edits {
  /** The fields that are written. */
  readonly fields: readonly FieldEdit[];
  /** The files that change. */
  readonly files: readonly string[];
  /** The edits as a unified diff. */
  readonly diff: string;
  /** The fields that are not written, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Where an emulator listens, and how to sign in. */
export interface EmulatorAccess {
  /** Where it listens: sign-in, Partner Center and Graph alike. */
  readonly url: string;
  /** The tenant's domain. */
  readonly tenant: string;
  /** The tenant's id. */
  readonly tenantId: string;
  /** The application's id. */
  readonly clientId: string;
  /** The application's secret. */
  readonly clientSecret: string;
  /** A refresh token of the first user. */
  readonly refreshToken: string;
}

/** What a line should have been, as far as it differs. */
export interface ExpectedLine {
  /** How many units. */
  readonly quantity?: number;
  /** The first day. */
  readonly from?: string;
  /** The last day. */
  readonly to?: string;
  /** The price of a unit. */
  readonly unitPrice?: string;
  /** The amount. */
  readonly amount?: string;
  /** The tax. */
  readonly tax?: string;
}

/** Why an object changes, or why it does not. */
export interface Explanation {
  /** The object's address. */
  readonly address: Address;
  /** What is to be said of it. */
  readonly verdict: "changes" | "unchanged" | "problem" | "unmanaged" | "unknown";
  /** Its changes. */
  readonly changes: readonly Change[];
  /** Its problems. */
  readonly problems: readonly Diagnostic[];
  /** Where a manifest declares it. */
  readonly declaredAt?: Location;
  /** The backend's id. */
  readonly id?: string;
  /** When it was last applied. */
  readonly lastApplied?: LastApplied;
  /** The end of its term, and what is decided about it, if the account tells an end. */
  readonly renewal?: RenewalRow;
  /** What its dated decision changes later, by day. */
  readonly upcoming?: readonly Upcoming[];
  /** Similar addresses, unless a manifest declares this one. */
  readonly similar: readonly Address[];
  /** The names of the ids that occur in the changes. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A field and its new value. References are names. */
export interface FieldEdit {
  /** The object's address. */
  readonly address: Address;
  /** The field. */
  readonly pointer: Pointer;
  /** The new value. */
  readonly value: Json;
}

/** A field and its source. */
export interface FieldSource {
  /** The field, within the document. */
  readonly pointer: Pointer;
  /** Where it is written. */
  readonly at: Location;
}

/** Who held a lease. */
export interface FormerHolder {
  /** Who. */
  readonly actor: string;
  /** On which machine. */
  readonly host: string;
}

/** The ledger's records of a period. */
export interface History {
  /** The runs, the latest first. */
  readonly runs: readonly RunRecord[];
  /** The manual steps that people attested. */
  readonly attestations: readonly Attestation[];
  /** What was done to the ledger itself. Absent if nothing was. */
  readonly maintenance?: readonly Maintenance[];
  /** The days that were asked for, both inclusive. An end that is absent is open. */
  readonly period?: Period;
  /** The person or object that the query was restricted to. */
  readonly about?: string;
  /** The verification of the whole ledger, with the first and the last entry of the period. */
  readonly proof?: Proof;
}

/** An invoice. A credit has a negative amount. The total includes tax. */
export interface Invoice {
  /** The invoice's id. */
  readonly id: string;
  /** Its date. */
  readonly date: string;
  /** The billing period, both days inclusive. Backends may tell it only for a single invoice. */
  readonly period?: BillingPeriod;
  /** The total, with tax. */
  readonly total: string;
  /** What was paid of it. */
  readonly paid?: string;
  /** The currency. */
  readonly currency: string;
  /** Which document it is. `void` takes back the invoice that it amends, `adjustment` changes it. */
  readonly document: "invoice" | "void" | "adjustment";
  /** The forms of lines that it has. */
  readonly forms: readonly InvoiceForm[];
  /** As the backend names it. */
  readonly type?: string;
  /** Its status, as the backend names it. */
  readonly status?: string;
  /** The invoice that this one amends. */
  readonly amends?: string;
  /** The invoices that amend this one. */
  readonly amendedBy?: readonly string[];
}

/** Licences as 21Vianet bills them, or new commerce. */
export type InvoiceForm = "license" | "one-time";

/** A line of an invoice. Ids of subscriptions and customers are those of the account, in lower case; offer ids are in upper case. */
export interface InvoiceLine {
  /** The place in the invoice, from 1. */
  readonly number: number;
  /** Of which form it is. */
  readonly form: InvoiceForm;
  /** The customer's id. */
  readonly customerId?: string;
  /** The customer's name. */
  readonly customerName?: string;
  /** The subscription's id. */
  readonly subscriptionId?: string;
  /** Only of new commerce: other order ids are those of the billing platform. */
  readonly orderId?: string;
  /** The offer's id. */
  readonly offerId?: string;
  /** New commerce: product and SKU, as `product:sku`. */
  readonly product?: string;
  /** What is billed. */
  readonly name: string;
  /** The type of charge, as the backend names it. */
  readonly chargeType: string;
  /** The first day of the charge. */
  readonly from: string;
  /** The last day of the charge. */
  readonly to: string;
  /** The price of a unit for the days of the charge, with up to six decimals. */
  readonly unitPrice: string;
  /** How many units. Negative for a credit that counts them so. */
  readonly quantity: number;
  /** Before discount and tax. */
  readonly amount: string;
  /** The discount. */
  readonly discount?: string;
  /** After discount, before tax. */
  readonly subtotal: string;
  /** The tax. */
  readonly tax: string;
  /** With tax. */
  readonly total: string;
  /** The currency. */
  readonly currency: string;
  /** The first day of the term. */
  readonly termStart?: string;
  /** The last day of the term. */
  readonly termEnd?: string;
}

/** The invoices of an account, oldest first, and what is owed. */
export interface InvoiceList {
  /** The invoices. */
  readonly invoices: readonly Invoice[];
  /** What is owed. */
  readonly balances: readonly Balance[];
}

/** A price of a seat for a billing period, and its source. */
export interface KnownPrice {
  /** The price. */
  readonly amount: string;
  /** The currency. */
  readonly currency: string;
  /** Where it is from: the ledger's record of the order, a price list, or the first line that was seen, which is an assumption. */
  readonly source: "ledger" | "list" | "assumed";
}

/** The run that last applied an object. */
export interface LastApplied {
  /** The run's id. */
  readonly run: string;
  /** When. */
  readonly at: string;
  /** Who. */
  readonly actor: string;
  /** The commit of the manifests. */
  readonly commit?: string;
}

/** The holder of the lease. */
export interface LeaseHolder {
  /** Who holds it, in which process. */
  readonly owner: Owner;
  /** Since when. */
  readonly since: string;
  /** The duration of the lease without renewal. */
  readonly seconds: number;
  /** After how many seconds this machine may end the lease if it is not renewed. */
  readonly leftSeconds: number;
}

/** A line of an invoice, explained or not. */
export interface LineFinding {
  /** The line. */
  readonly line: InvoiceLine;
  /** The invoice's id. Absent for a file that does not name its invoice. */
  readonly invoice?: string;
  /** What was found out about it. */
  readonly status: LineStatus;
  /** The recorded change that accounts for it. */
  readonly order?: OrderRecorded;
  /** The price that is known. */
  readonly price?: KnownPrice;
  /** What it should have been. */
  readonly expected?: ExpectedLine;
  /** What the amount differs from the expected one: at most a cent. */
  readonly rounding?: string;
}

/** What was found out about a line. `explained`: the ledger and the prices account for it. `price`, `quantity`, `period`, `tax`: this differs. `order`: nobody ordered it through this project. `credit`: no line that it gives back is known here. `type`: the charge type is not known. */
export type LineStatus = "explained" | "price" | "quantity" | "period" | "tax" | "order" | "credit" | "type";

/** An operation on the ledger itself: restored to its signed state, given another key, or its lease ended by force. */
export interface Maintenance {
  /** Which operation. */
  readonly type: "repaired" | "rekeyed" | "unlocked";
  /** When. */
  readonly at: string;
  /** Who. */
  readonly actor: string;
  /** Why. */
  readonly reason?: string;
  /** Where the replaced data is kept. */
  readonly aside?: string;
  /** The new public key. */
  readonly key?: string;
  /** The former holder of the lease that was ended. */
  readonly heldBy?: FormerHolder;
}

/** An entry of the ledger. */
export interface Mark {
  /** Its number. */
  readonly seq: number;
  /** When it was written. */
  readonly at: string;
  /** Its hash. */
  readonly hash: Hash;
}

/** What is billed in a calendar month, in one currency. */
export interface MonthCost {
  /** The month: YYYY-MM. */
  readonly month: string;
  /** The currency. */
  readonly currency: string;
  /** The sum. */
  readonly amount: string;
  /** How many subscriptions are billed in it whose price is not known. The sum leaves them out. */
  readonly unpriced: number;
}

/** Seats that were ordered and not billed; with a negative quantity, a credit that is missing. */
export interface NotBilled {
  /** The invoice's id. */
  readonly invoice?: string;
  /** The subscription's id. */
  readonly subscriptionId: string;
  /** The recorded change that ordered them. */
  readonly order: OrderRecorded;
  /** The first day. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** How many seats. */
  readonly quantity: number;
  /** The amount. Absent if no price is known. */
  readonly amount?: string;
  /** The currency. */
  readonly currency?: string;
}

/** An offer with its price. */
export interface OfferRow {
  /** The offer's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its name in the settings. */
  readonly alias?: string;
  /** The price of a seat for a month. Absent if it is not known. */
  readonly perMonth?: string;
  /** The currency. */
  readonly currency?: string;
  /** How many seats can be ordered. */
  readonly quantity: QuantityRange;
  /** How it can be billed. */
  readonly billingCycles: readonly string[];
  /** It is an add-on. */
  readonly addOn: boolean;
  /** It is a trial. */
  readonly trial: boolean;
  /** It can be ordered. */
  readonly purchasable: boolean;
  /** The ids of the offers that it can be upgraded to. */
  readonly upgradesTo: readonly string[];
}

/** A credential that was opened. */
export interface OpenedCredential {
  /** The user name. */
  readonly userName: string;
  /** The first password. */
  readonly secret: string;
}

/** The recorded change that accounts for seats. */
export interface OrderRecorded {
  /** The object's address. */
  readonly address: Address;
  /** What the change did. */
  readonly action: Action;
  /** The run's id. */
  readonly run: string;
  /** When. */
  readonly at: string;
  /** Who. */
  readonly actor: string;
  /** Who approved it. */
  readonly approvedBy: readonly string[];
}

/** A payment. */
export interface Payment {
  /** The day. */
  readonly date: string;
  /** The amount. */
  readonly amount: string;
}

/** A period. Both days are inclusive. */
export interface Period {
  /** The first day. */
  readonly from?: string;
  /** The last day. */
  readonly to?: string;
}

/** A result of a policy. */
export type PolicyOutcome = "pass" | "fail" | "skip";

/** The result of a policy's test. */
export interface PolicyTestResult {
  /** The test's name. */
  readonly name: string;
  /** The expected result. */
  readonly expected: PolicyOutcome;
  /** The result; `error` if the expression could not be evaluated. */
  readonly actual: "pass" | "fail" | "skip" | "error";
  /** Whether it is as expected. */
  readonly passed: boolean;
  /** The policy's message, or why it could not be evaluated. */
  readonly message?: string;
  /** The message that the test expects, if it differs. */
  readonly expectedMessage?: string;
  /** Where the test is written. */
  readonly at: Location;
  /** What its texts were made from, by field. */
  readonly values?: TextValues;
}

/** The results of policies' own tests. The diagnostics name policies without any. */
export interface PolicyTests {
  /** The policies. */
  readonly policies: readonly TestedPolicy[];
  /** Each problem and each remark. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A price of a seat in two lists: for a month or, billed annually, for a year. */
export interface PriceChange {
  /** The offer's id. */
  readonly offer: string;
  /** The offer's name. */
  readonly offerName?: string;
  /** How it is billed. */
  readonly billingCycle: string;
  /** The price in the old list, if it has one. */
  readonly old?: string;
  /** The price in the new list, if it has one. */
  readonly new?: string;
}

/** What another price list changes, and for which subscriptions. */
export interface PriceChanges {
  /** The file of the old list. */
  readonly old: string;
  /** The file of the new list. */
  readonly new: string;
  /** The day from which the new list is in force, as the settings say. */
  readonly effective?: string;
  /** The currency of both lists. */
  readonly currency: string;
  /** The prices that differ, by offer. */
  readonly offers: readonly PriceChange[];
  /** The subscriptions that pay otherwise: the largest difference first, those without a known price last. */
  readonly subscriptions: readonly RepricedSubscription[];
  /** The sum of the differences of a month. */
  readonly perMonth: string;
  /** The sum of the differences of a year. */
  readonly perYear: string;
  /** Subscriptions that the sums leave out: one of the lists has no price for them. */
  readonly unpriced: number;
}

/** One permission check: a read request, and whether the backend allowed it. */
export interface Probe {
  /** The attempted action. */
  readonly what: string;
  /** Whose token it needs: that of the application or a user (app), or that of a signed-in user alone (user). */
  readonly token?: "app" | "user";
  /** Whether it is allowed. */
  readonly allowed: boolean;
  /** Further details of the response, or the reason for the refusal. */
  readonly said?: string;
  /** What would help. */
  readonly hint?: string;
  /** Only some commands need it: `check` succeeds without it. */
  readonly optional?: true;
  /** What its texts were made from, by field. */
  readonly values?: TextValues;
}

/** The verification of a ledger, with the entries of a period. */
export interface Proof {
  /** The first entry of the period. */
  readonly first?: Mark;
  /** The last entry of the period. */
  readonly last?: Mark;
  /** The ledger's id. */
  readonly ledger: string;
  /** How many entries it has. */
  readonly entries: number;
  /** The hash of the last entry. */
  readonly head: Hash;
  /** The public key in force. */
  readonly publicKey?: string;
  /** Each entry follows the one before, and each signature is valid. */
  readonly consistent: boolean;
  /** It contains the head that was stored elsewhere. Absent if no such head was given: then only consistency can be verified. */
  readonly complete?: boolean;
  /** The last line is incomplete. It is not counted. */
  readonly torn?: true;
  /** What is wrong. */
  readonly problems: readonly Diagnostic[];
}

/** How many seats can be ordered. */
export interface QuantityRange {
  /** At least. */
  readonly minimum: number;
  /** At most. */
  readonly maximum: number;
}

/** Invoices compared with what was ordered. */
export interface Reconciliation {
  /** The invoices. */
  readonly invoices: readonly Invoice[];
  /** The file that the lines came from. */
  readonly file?: string;
  /** Each line, explained or not. */
  readonly lines: readonly LineFinding[];
  /** Seats that were ordered and not billed. */
  readonly notBilled: readonly NotBilled[];
  /** The sums, by currency. */
  readonly sums: readonly BilledSums[];
  /** Invoices that a void note took back; neither is compared. */
  readonly voided: readonly string[];
}

/** What a refresh of the account's snapshot did. */
export interface Refreshed {
  /** The requests that were sent. */
  readonly requests: number;
  /** The lists and groups of objects that were read. */
  readonly parts: number;
  /** Those that are still too old, or were never read. */
  readonly left: number;
  /** The time of the oldest reading: RFC 3339, UTC. Missing while something was never read. */
  readonly oldest?: string;
}

/** What is decided about the end of a term, by its manifest or not. */
export type RenewalDecision = "undecided" | "unmanaged" | "renew" | "cancel" | "extend";

/** A subscription whose term ends. */
export interface RenewalRow {
  /** The address, if a manifest declares it. */
  readonly address?: Address;
  /** The backend's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The customer's domain. */
  readonly customer: string;
  /** The offer's id. */
  readonly offer: string;
  /** The offer's name. */
  readonly offerName?: string;
  /** Whether it is in use. */
  readonly status: "active" | "suspended";
  /** The last day of the term, all of which counts. */
  readonly endsOn: string;
  /** Whether the account shows that it renews by itself. */
  readonly renewsItself?: boolean;
  /** What is decided about the end of the term. */
  readonly decision: RenewalDecision;
  /** The day on which the decision changes something. */
  readonly actsOn?: string;
  /** The seats and their cost until then. */
  readonly now: SeatCost;
  /** The seats and their cost from the new term on. Absent if there is none. */
  readonly then?: SeatCost;
}

/** The ends of terms of an account: those until a day, and the money of twelve months. */
export interface Renewals {
  /** The day of the report. */
  readonly asOf: string;
  /** The last day that is looked at. */
  readonly until: string;
  /** The subscriptions whose term ends: undecided ones first, then by day. */
  readonly rows: readonly RenewalRow[];
  /** What is billed in each month. */
  readonly months: readonly MonthCost[];
}

/** A subscription whose price changes. Amounts are differences for all of its seats. */
export interface RepricedSubscription {
  /** The address, if a manifest declares it. */
  readonly address?: Address;
  /** The backend's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The customer's domain. */
  readonly customer: string;
  /** The offer's id. */
  readonly offer: string;
  /** The offer's name. */
  readonly offerName?: string;
  /** How many seats. */
  readonly quantity: number;
  /** How it is billed. */
  readonly billingCycle?: string;
  /** The first day of the term that has the new price. It is left out where the end of the running term is not known. */
  readonly from?: string;
  /** The difference of a month. It is left out where one of the lists has no price. */
  readonly perMonth?: string;
  /** The difference of a year. It is left out where one of the lists has no price. */
  readonly perYear?: string;
}

/** One apply, as the ledger records it. */
export interface RunRecord {
  /** The run's id. */
  readonly run: string;
  /** The digest of the plan. */
  readonly plan: Digest;
  /** The account's id. */
  readonly account: string;
  /** Who applied it. */
  readonly actor: string;
  /** The commit of the manifests. */
  readonly commit?: string;
  /** Something that was applied differs from that commit. */
  readonly localChanges?: true;
  /** The id under which the backend logs the run's requests. */
  readonly correlation?: string;
  /** The guards that were lifted. */
  readonly allowed: readonly string[];
  /** Why they were lifted. */
  readonly reason?: string;
  /** The plan was applied without the manifests that it was made from. */
  readonly detached?: true;
  /** The signed approvals of the plan. */
  readonly approvals?: readonly Approval[];
  /** The approvals on the repository's host. */
  readonly hostApprovals?: readonly HostApproval[];
  /** When the run began. */
  readonly openedAt: string;
  /** When it ended. Absent if it was killed or still runs. */
  readonly closedAt?: string;
  /** It was interrupted. */
  readonly interrupted?: true;
  /** How many changes the plan has. */
  readonly planned: number;
  /** The changes that were sent. */
  readonly changes: readonly ChangeDone[];
}

/** A kind or field from its schema, or the code of a problem. */
export interface SchemaReference {
  /** What is described. */
  readonly path: string;
  /** Its type, for people. */
  readonly type?: string;
  /** What it is. */
  readonly description?: string;
  /** The default. */
  readonly default?: Json;
  /** The defaults that depend on another field, by that field's value. */
  readonly defaultBy?: Readonly<Record<string, Json>>;
  /** The permitted values. */
  readonly enum?: readonly Json[];
  /** It is required. */
  readonly required?: boolean;
  /** Examples. */
  readonly examples?: readonly Json[];
  /** The first example as lines of YAML. */
  readonly yaml?: readonly string[];
  /** It cannot change after creation. */
  readonly fixed?: boolean;
  /** It is personal data: the ledger stores only a keyed digest of it. */
  readonly personal?: boolean;
  /** The value comes from an environment variable. */
  readonly secret?: true;
  /** Why this field is never written. */
  readonly refused?: string;
  /** Its limits, by keyword of JSON Schema. */
  readonly limits?: Readonly<Record<string, Json>>;
  /** How to resolve a problem with this code. */
  readonly hint?: string;
  /** The address of the page about it. */
  readonly page?: string;
  /** What its texts were made from, by field. */
  readonly values?: TextValues;
  /** The fields below it. */
  readonly children?: readonly SchemaReference[];
}

/** Seats and what they cost. Without a price none is known. */
export interface SeatCost {
  /** How many seats. */
  readonly quantity: number;
  /** How it is billed. */
  readonly billingCycle?: string;
  /** For a month. */
  readonly perMonth?: string;
  /** For the whole term. */
  readonly committed?: string;
  /** The currency. */
  readonly currency?: string;
}

/** The results of the tests of one policy. */
export interface TestedPolicy {
  /** The policy's name. */
  readonly name: string;
  /** Its tests. */
  readonly tests: readonly PolicyTestResult[];
}

/** The result of `validate`. */
export interface Validation {
  /** How many objects the manifests declare. */
  readonly resources: number;
  /** How many files were read. */
  readonly files: number;
  /** Each problem and each remark. */
  readonly diagnostics: readonly Diagnostic[];
  /** The checks that were skipped because they need an account or a catalogue. */
  readonly notChecked: readonly string[];
}

/** The result of verifying a ledger. */
export interface Verification {
  /** The ledger's id. */
  readonly ledger: string;
  /** How many entries it has. */
  readonly entries: number;
  /** The hash of the last entry. */
  readonly head: Hash;
  /** The public key in force. */
  readonly publicKey?: string;
  /** Each entry follows the one before, and each signature is valid. */
  readonly consistent: boolean;
  /** It contains the head that was stored elsewhere. Absent if no such head was given: then only consistency can be verified. */
  readonly complete?: boolean;
  /** The last line is incomplete. It is not counted. */
  readonly torn?: true;
  /** What is wrong. */
  readonly problems: readonly Diagnostic[];
}

/** A stored credential that nobody has collected yet. Its address and its date are absent if the ledger has no record of it. */
export interface WaitingCredential {
  /** The file it is in. */
  readonly file: string;
  /** The object's address. */
  readonly address?: Address;
  /** When the write began that created it. */
  readonly since?: string;
  /** The credential itself, if it was opened. */
  readonly opened?: OpenedCredential;
}
