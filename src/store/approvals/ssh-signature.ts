import { existsSync } from "node:fs";
import {
  approvalNamespace,
  type Examine,
  type SignedStatement,
  type Signer,
} from "../../model/plan/approval.ts";
import { type Checked, diagnostic, type Diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { oddSigners } from "./allowed-signers.ts";
import { NoSshKeygen, type SshKeygenOutput, sshKeygen, withFile } from "./ssh-keygen.ts";

/**
 * Signs a statement with an SSH key: a private key file, a public key file whose private key is in
 * an SSH agent, or a public key itself. Fails with approval/not-signed or approval/no-ssh-keygen.
 */
export async function signWith(key: string, statement: string): Promise<Checked<string>> {
  const sign = async (path: string): Promise<Checked<string>> => {
    const said = await sshKeygen(["-q", "-Y", "sign", "-n", approvalNamespace, "-f", path], {
      input: statement,
      shown: true,
    });
    return said.ok
      ? { ok: true, value: said.stdout, diagnostics: [] }
      : refused("approval/not-signed", say`It could not be signed with ${key}.`, reason(said));
  };
  return tooled(() => (/^(ssh|ecdsa|sk)-\S+ /.test(key) ? withFile(`${key}\n`, sign) : sign(key)));
}

/**
 * Verifies signatures against a file of git's allowed signers, offline. The key must be valid at
 * each of the given moments, not only at the time its holder claims: the holder of an expired key
 * could claim any time.
 */
export function examineBy(signers: string): Examine {
  return async (signed, moments) => {
    if (!existsSync(signers))
      return refused(
        "approval/signers-missing",
        say`There is no file ${signers}.`,
        say`The settings name it under approvals.signers: it says whose keys may approve.`,
      );
    const odd = oddSigners(signers);
    if (odd) return { ok: false, diagnostics: [odd] };
    return tooled(() =>
      withFile(signed.signature, (path) => examine(signed, moments, { signers, path })),
    );
  };
}

/**
 * Verifies signatures without a list of allowed signers: any key may sign. The signer's name is the
 * key's fingerprint.
 */
export const examineAnybody: Examine = async (signed) => {
  const key = await tooled(() => withFile(signed.signature, (path) => fitting(signed, path)));
  return key.ok ? { ...key, value: { names: [key.value], fingerprint: key.value } } : key;
};

interface Files {
  readonly signers: string;
  readonly path: string;
}

async function examine(
  signed: SignedStatement,
  moments: readonly string[],
  files: Files,
): Promise<Checked<Signer>> {
  const key = await fitting(signed, files.path);
  if (!key.ok) return key;
  const last = moments.at(-1);
  const then = last === undefined ? [] : [verifyTime(last)];
  const found = await sshKeygen(
    ["-Y", "find-principals", ...then, "-s", files.path, "-f", files.signers],
    { input: "" },
  );
  const [first, ...others] = found.stdout.split("\n").filter((name) => name !== "");
  if (!found.ok || first === undefined)
    return unwelcome(found, key.value, { signed, signers: files.signers });
  for (const moment of moments) {
    const said = await verify(signed.statement, { ...files, principal: first, moment });
    if (!said.ok) return unwelcome(said, key.value, { signed, signers: files.signers });
  }
  return {
    ok: true,
    value: { names: [first, ...others], fingerprint: key.value },
    diagnostics: [],
  };
}

async function fitting(
  { from, statement }: SignedStatement,
  path: string,
): Promise<Checked<string>> {
  const said = await sshKeygen(["-Y", "check-novalidate", "-n", approvalNamespace, "-s", path], {
    input: statement,
  });
  const [, fingerprint] = / key (SHA256:\S+)\s*$/.exec(said.stdout) ?? [];
  if (said.ok && fingerprint !== undefined)
    return { ok: true, value: fingerprint, diagnostics: [] };
  if (/namespace does not match/.test(said.stderr))
    return refused(
      "approval/purpose",
      say`${from}: this signature was made for something else than approving a plan.`,
      say`Approve the plan with partnerctl approve.`,
    );
  return refused(
    "approval/changed",
    say`${from}: the signature does not fit the words above it: one of the two was changed.`,
    say`Have the plan approved again.`,
  );
}

function verify(
  statement: string,
  {
    signers,
    path,
    principal,
    moment,
  }: Files & { readonly principal: string; readonly moment: string },
): Promise<SshKeygenOutput> {
  const by = ["-f", signers, "-I", principal, "-n", approvalNamespace, "-s", path];
  return sshKeygen(["-Y", "verify", verifyTime(moment), ...by], { input: statement });
}

/** ssh-keygen reads times without a zone as local time. `sshKeygen` sets UTC. */
function verifyTime(moment: string): string {
  return `-Overify-time=${moment.replace(/[-:TZ]|\.\d+/g, "")}`;
}

/**
 * The error for a key that the allowed signers reject: approval/key-expired or approval/stranger.
 */
function unwelcome(
  { stderr }: SshKeygenOutput,
  fingerprint: string,
  { signed: { from }, signers }: { readonly signed: SignedStatement; readonly signers: string },
): Checked<never> {
  const words = lastLine(stderr);
  if (/key has expired|not yet valid/i.test(words))
    return refused(
      "approval/key-expired",
      say`${from}: the key ${fingerprint} may not sign at this time.`,
      say`\`valid-after\` and \`valid-before\` limit it: ${words}.`,
    );
  const hint = /not permitted for use in signature namespace/.test(words)
    ? say`${signers} names it, but not for the namespace ${approvalNamespace}.`
    : say`Whoever may approve has a line in ${signers}: NAME and the public key.`;
  return refused(
    "approval/stranger",
    say`${from}: the key ${fingerprint} is not among those that may approve.`,
    hint,
  );
}

async function tooled<T>(work: () => Promise<Checked<T>>): Promise<Checked<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NoSshKeygen)) throw error;
    return refused(
      "approval/no-ssh-keygen",
      say`\`ssh-keygen\`, which signs and checks approvals, cannot be started.`,
      say`Install OpenSSH's client, version 8.7 or later.`,
    );
  }
}

function reason(said: SshKeygenOutput): string {
  return lastLine(said.stderr) || say`\`ssh-keygen\` gave no reason.`;
}

/** The error on a line of the signers file, if present, explains more than the last line. */
function lastLine(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .filter(
      (line) =>
        line !== "" && !/^(No principal matched|Could not verify|sig_\w+:|Signing data)/.test(line),
    );
  return (
    lines.findLast((line) => /expired|not yet valid|not permitted/i.test(line)) ??
    lines.at(-1) ??
    ""
  );
}

function refused(code: Diagnostic["code"], message: Wording, hint: Wording): Checked<never> {
  return { ok: false, diagnostics: [diagnostic({ severity: "error", code, message, hint })] };
}
