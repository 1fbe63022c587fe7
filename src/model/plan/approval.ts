import type { Checked } from "../diagnostic.ts";
import type { Plan } from "./plan.ts";

/** What a signature says about itself: the purpose is signed with it, so that one made for anything else does not count (`ssh-keygen -Y`'s namespace). */
export const approvalNamespace = "partnerctl-plan";

/** What travels: the words that were signed and the armored SSH signature. Nothing of it is believed yet; `from` is where it was read. */
export interface SignedStatement {
  readonly from: string;
  readonly statement: string;
  readonly signature: string;
}

/** Somebody's word for a plan, as it was checked: statement and signature are kept, so that anybody can check it again. */
export interface Approval {
  /** What the allowed signers call whoever signed. */
  readonly principal: string;
  /** What else they call them. */
  readonly aliases?: readonly string[];
  /** Of the key: `SHA256:` and base64. */
  readonly fingerprint: string;
  /** When it was signed, as the signer says: RFC 3339, UTC. */
  readonly at: string;
  readonly note?: string;
  readonly statement: string;
  readonly signature: string;
}

/** Somebody's approval of what a pipeline is about to apply, as the host of the repository tells it. */
export interface HostApproval {
  readonly host: string;
  /** The account's name on the host. */
  readonly by: string;
  /** What was approved: a pull request, a merge request, a run. */
  readonly of: string;
  /** RFC 3339, where the host tells it. */
  readonly at?: string;
}

/** What a statement says. */
export interface Statement {
  readonly plan: string;
  readonly at: string;
  readonly note?: string;
}

/** The words that are signed: one fact a line, the same for the same plan, moment and note. */
export function statementOf({ digest, account, basis }: Plan, { at, note }: { readonly at: string; readonly note?: string }): string {
  const facts = [
    "partnerctl approval 1",
    `plan ${digest}`,
    `account ${printable(account.id)} (${printable(account.adapter)})`,
    `ledger ${printable(basis.ledger.id) || "none"}`,
    `at ${at}`,
    ...(note === undefined ? [] : [`note ${note}`]),
  ];
  return `${facts.join("\n")}\n`;
}

/** What a statement says; undefined where it is none. */
export function readStatement(text: string): Statement | undefined {
  const [, plan, at, note] = form.exec(text) ?? [];
  if (plan === undefined || at === undefined || Number.isNaN(Date.parse(at))) return undefined;
  if (note !== undefined && !isNote(note)) return undefined;
  return { plan, at, ...(note !== undefined && { note }) };
}

const form =
  /^partnerctl approval 1\nplan (sha256:[0-9a-f]{64})\naccount [^\n]+\nledger [^\n]+\nat (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n(?:note ([^\n]+)\n)?$/;

/** Whether a remark may stand in a statement: one line that shows all it holds. */
export function isNote(text: string): boolean {
  return text.length <= 500 && text.trim() === text && text !== "" && text === printable(text);
}

/** A text on one line: whatever breaks lines, steers a terminal or cannot be seen becomes `?`. */
function printable(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]/gu, "?");
}

/** An approval as a file or a comment holds it: the statement, then the signature. */
export function approvalText({ statement, signature }: Pick<SignedStatement, "statement" | "signature">): string {
  return `${statement}${signature}`;
}

/** Every approval in a text that holds nothing else but empty lines between them; undefined where it holds anything else. Line ends of another system count as their own. */
export function approvalsIn(text: string, from: string): readonly SignedStatement[] | undefined {
  const own = `${text.replaceAll("\r\n", "\n").replace(/\n+$/, "")}\n`;
  const matches = [...own.matchAll(oneApproval)];
  const read = matches.reduce((sum, [whole]) => sum + whole.length, 0);
  const found = matches.map(([, statement = "", signature = ""]) => ({ from, statement, signature }));
  return found.length > 0 && read === own.length && found.every(({ signature }) => isArmor(signature)) ? found : undefined;
}

const first = "-----BEGIN SSH SIGNATURE-----\n";
const last = "-----END SSH SIGNATURE-----\n";
const oneApproval = new RegExp(`\\n*((?:(?!-----)[^\\n]+\\n)+)(${first}[A-Za-z0-9+/=\\n]+${last})`, "gy");

/** Signatures are taken in the one spelling ssh-keygen writes: base64 has several for the same bytes, and a changed byte is to be refused. */
function isArmor(text: string): boolean {
  const bytes = Buffer.from(text.slice(first.length, -last.length), "base64");
  const lines = bytes.toString("base64").match(/.{1,70}/g) ?? [];
  return text === `${first}${lines.join("\n")}\n${last}`;
}

/** Who made a signature, as the allowed signers tell. */
export interface Signer {
  readonly names: readonly [string, ...string[]];
  readonly fingerprint: string;
}

/** Checks a signature over its statement, and that its key might sign at each of these moments (RFC 3339, UTC). */
export type Examine = (signed: SignedStatement, moments: readonly string[]) => Promise<Checked<Signer>>;
