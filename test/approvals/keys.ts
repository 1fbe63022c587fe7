import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SignedStatement, statementOf } from "../../src/model/plan/approval.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { signWith } from "../../src/store/approvals/ssh-signature.ts";

/** Real SSH keys in a folder of their own, and files of those who may sign. */
export interface Keys {
  readonly folder: string;
  /** The private key's file; made when it is first asked for. */
  key(name: string, type?: "ed25519" | "ecdsa" | "rsa"): string;
  /** The public key as an allowed signer's line ends with it. */
  shared(name: string): string;
  fingerprint(name: string): string;
  /** Writes a file of allowed signers. */
  signers(...lines: readonly string[]): string;
  end(): void;
}

/** New ones. */
export function keys(): Keys {
  const folder = mkdtempSync(join(tmpdir(), "partnerctl-keys-"));
  const made = new Set<string>();
  let files = 0;
  const path = (name: string) => join(folder, name);
  const key: Keys["key"] = (name, type = "ed25519") => {
    if (!made.has(name)) run("-q", "-t", type, "-N", "", "-C", name, "-f", path(name));
    made.add(name);
    return path(name);
  };
  return {
    folder,
    key,
    shared: (name) =>
      readFileSync(`${key(name)}.pub`, "utf8")
        .split(" ")
        .slice(0, 2)
        .join(" "),
    fingerprint: (name) => run("-l", "-f", `${key(name)}.pub`).split(" ")[1] ?? "",
    signers: (...lines) => {
      files += 1;
      writeFileSync(path(`signers-${files}`), lines.map((line) => `${line}\n`).join(""));
      return path(`signers-${files}`);
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs ssh-keygen and returns what it prints; throws where it refuses. */
export function run(...args: readonly string[]): string {
  return execFileSync("ssh-keygen", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** Somebody's approval of a plan, dated as they like. */
export async function signed(
  plan: Plan,
  key: string,
  said: { readonly at: string; readonly note?: string },
): Promise<SignedStatement> {
  const statement = statementOf(plan, said);
  const signature = await signWith(key, statement);
  if (!signature.ok) throw new Error(JSON.stringify(signature.diagnostics));
  return { from: `${key}.approval`, statement, signature: signature.value };
}

/**
 * A plan that somebody would have to approve; it changes nothing, and is as good as another to be
 * signed.
 */
export function somePlan(more: Partial<Plan> = {}): Plan {
  const head = "0".repeat(64);
  return {
    version: 1,
    account: { id: "4719d490-9b20-5e5e-b42d-099785562940", adapter: "local" },
    asOf: "2026-11-22",
    basis: {
      ledger: { id: "l-1", head },
      manifests: `sha256:${head}`,
      settings: `sha256:${head}`,
      authors: ["author@contoso.example"],
    },
    changes: [],
    unchanged: 0,
    unmanaged: [],
    coverage: null,
    problems: [],
    tripped: [],
    totals: {
      create: 0,
      update: 0,
      upgrade: 0,
      remove: 0,
      forget: 0,
      rename: 0,
      protect: 0,
      unprotect: 0,
      manual: 0,
      seats: 0,
    },
    forecast: { reads: 0, writes: 0 },
    refers: {},
    names: {},
    digest: `sha256:${"5f".repeat(32)}`,
    ...more,
  };
}
