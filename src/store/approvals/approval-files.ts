import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { approvalsIn, approvalText, type SignedStatement } from "../../model/plan/approval.ts";
import { type Checked, diagnostic, type Diagnostic } from "../../model/diagnostic.ts";
import { labelText, say } from "../../model/text/phrase.ts";
import { decodeBytes, wrongBytes } from "../../model/text/text-bytes.ts";
import { readOwn } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";

const ending = ".approval";

/** Maximum size of an approval file, in bytes: ten times that of an RSA key of 16,384 bits. */
const most = 65_536;

/**
 * The path of an approval file: beside the plan, one file per key. Files of several people never
 * collide, and approving again replaces one's own file.
 */
export function approvalPath(plan: string, fingerprint: string): string {
  const name = fingerprint
    .replace(/^SHA256:/, "")
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .slice(0, 12);
  return `${plan}.${name}${ending}`;
}

/** Writes an approval file. Throws file-system errors. */
export function writeApproval(
  path: string,
  signed: Pick<SignedStatement, "statement" | "signature">,
): void {
  replaceFile(path, approvalText(signed), { mode: 0o644 });
}

/** The approvals that could be read, and warnings for files that could not. */
export interface ApprovalFiles {
  readonly given: readonly SignedStatement[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the approvals in these files and folders, by default those beside the plan. */
export function readApprovals(plan: string, paths: readonly string[] | undefined): ApprovalFiles {
  const files = paths === undefined ? approvalFiles(plan) : paths.flatMap(filesAt);
  const read = [...new Set(files)].map(readOne);
  const given = read.flatMap((one) => (one.ok ? one.value : []));
  return { given, diagnostics: read.flatMap(({ diagnostics }) => diagnostics) };
}

/** The paths of the approval files beside a plan. */
export function approvalFiles(plan: string): readonly string[] {
  const start = `${basename(plan)}.`;
  return namesIn(dirname(plan))
    .filter((name) => name.startsWith(start))
    .map((name) => join(dirname(plan), name));
}

function filesAt(path: string): readonly string[] {
  return existsSync(path) && statSync(path).isDirectory()
    ? namesIn(path).map((name) => join(path, name))
    : [path];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .sort()
    : [];
}

function readOne(path: string): Checked<readonly SignedStatement[]> {
  if (!existsSync(path)) return unreadable(path, say`There is no such file.`);
  const bytes = readOwn(path, most);
  if (!bytes) return unreadable(path, say`It is no file of an approval's size.`);
  const text = decodeBytes(bytes);
  if ("wrong" in text) return unreadable(path, wrongBytes[text.wrong][0]);
  const value = approvalsIn(text.text, path);
  return value
    ? { ok: true, value, diagnostics: [] }
    : unreadable(path, say`It holds something else than approvals as they were signed.`);
}

function unreadable(path: string, why: string): Checked<never> {
  const hint = say`\`partnerctl approve PLAN\` writes one; it travels whole, from its first line to its last.`;
  return {
    ok: false,
    diagnostics: [
      diagnostic({
        severity: "warning",
        code: "approval/unreadable",
        message: labelText(path, why),
        hint,
      }),
    ],
  };
}
