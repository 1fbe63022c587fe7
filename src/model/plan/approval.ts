import type { Checked } from "../diagnostic.ts";
import type { Plan } from "./plan.ts";
import type { Wording } from "../text/phrase.ts";

/**
 * The namespace of approval signatures (`ssh-keygen -Y`). It is signed too: a signature made for
 * another purpose is not valid.
 */
export const approvalNamespace = "partnerctl-plan";

/**
 * A statement with its armored SSH signature, neither verified yet. `from` is the place it was read
 * from.
 */
export interface SignedStatement {
  readonly from: Wording;
  readonly statement: string;
  readonly signature: string;
}

/**
 * A verified approval of a plan. It keeps statement and signature, which allow verifying it again.
 */
export interface Approval {
  /** The signer's name in the allowed signers file. */
  readonly principal: string;
  /** The signer's other names in that file. */
  readonly aliases?: readonly string[];
  /** Fingerprint of the key: `SHA256:` and base64. */
  readonly fingerprint: string;
  /** Time of signing as the signer states it: RFC 3339, UTC. */
  readonly at: string;
  readonly note?: string;
  readonly statement: string;
  readonly signature: string;
}

/** An approval given on the repository's host for a pipeline's apply, as the host reports it. */
export interface HostApproval {
  readonly host: string;
  /** The approver's account name on the host. */
  readonly by: string;
  /** What was approved: a pull request, a merge request, a run. */
  readonly of: string;
  /** RFC 3339, if the host reports it. */
  readonly at?: string;
}

/** The content of a statement. */
export interface Statement {
  readonly plan: string;
  readonly at: string;
  readonly note?: string;
}

/** Returns the text to sign: one fact per line, identical for the same plan, moment and note. */
export function statementOf(
  { digest, account, basis }: Plan,
  { at, note }: { readonly at: string; readonly note?: string },
): string {
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

/** Parses a statement; undefined if the text is not one. */
export function readStatement(text: string): Statement | undefined {
  const [, plan, at, note] = form.exec(text) ?? [];
  if (plan === undefined || at === undefined || Number.isNaN(Date.parse(at))) return undefined;
  if (note !== undefined && !isNote(note)) return undefined;
  return { plan, at, ...(note !== undefined && { note }) };
}

const form =
  /^partnerctl approval 1\nplan (sha256:[0-9a-f]{64})\naccount [^\n]+\nledger [^\n]+\nat (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n(?:note ([^\n]+)\n)?$/;

/**
 * Returns true if a text can be the note of a statement: one line of 1 to 500 characters, all
 * visible, without surrounding spaces.
 */
export function isNote(text: string): boolean {
  return text.length <= 500 && text.trim() === text && text !== "" && text === printable(text);
}

/** Replaces control characters, line separators and invisible characters with `?`. */
function printable(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]/gu, "?");
}

/** Returns an approval as text for a file or a comment: the statement, then the signature. */
export function approvalText({
  statement,
  signature,
}: Pick<SignedStatement, "statement" | "signature">): string {
  return `${statement}${signature}`;
}

/**
 * Returns the approvals in a text; undefined if it contains none, or anything else but empty lines
 * between them. CRLF is accepted.
 */
export function approvalsIn(text: string, from: Wording): readonly SignedStatement[] | undefined {
  const own = `${text.replaceAll("\r\n", "\n").replace(/\n+$/, "")}\n`;
  const matches = [...own.matchAll(oneApproval)];
  const read = matches.reduce((sum, [whole]) => sum + whole.length, 0);
  const found = matches.map(([, statement = "", signature = ""]) => ({
    from,
    statement,
    signature,
  }));
  return found.length > 0 &&
    read === own.length &&
    found.every(({ signature }) => isArmor(signature))
    ? found
    : undefined;
}

const first = "-----BEGIN SSH SIGNATURE-----\n";
const last = "-----END SSH SIGNATURE-----\n";
const oneApproval = new RegExp(
  `\\n*((?:(?!-----)[^\\n]+\\n)+)(${first}[A-Za-z0-9+/=\\n]+${last})`,
  "gy",
);

/**
 * Returns true if base64 is in the one form that ssh-keygen writes. Other forms of the same bytes
 * are refused, so any changed byte is detected.
 */
function isArmor(text: string): boolean {
  const bytes = Buffer.from(text.slice(first.length, -last.length), "base64");
  const lines = bytes.toString("base64").match(/.{1,70}/g) ?? [];
  return text === `${first}${lines.join("\n")}\n${last}`;
}

/** The signer of a signature, by the allowed signers file. */
export interface Signer {
  readonly names: readonly [string, ...string[]];
  readonly fingerprint: string;
}

/**
 * Verifies a signature over its statement, and that its key was allowed to sign at each of these
 * moments (RFC 3339, UTC).
 */
export type Examine = (
  signed: SignedStatement,
  moments: readonly string[],
) => Promise<Checked<Signer>>;
