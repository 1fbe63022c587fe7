import { AdapterUnusable } from "../../adapters/factory.ts";
import { AdapterError } from "../../model/adapter.ts";
import { SinkUnavailable } from "../../model/credential.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import {
  LedgerBroken,
  LedgerMoved,
  LedgerRefused,
  LedgerUnavailable,
} from "../../model/ledger/ledger.ts";
import { systemReason } from "../../model/system-error.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";
import { backendTrouble } from "../../operations/project/backend-diagnostic.ts";
import { exitStatus, statusOf } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs a command and returns its exit status. Shows known errors as diagnostics; rethrows all
 * others.
 */
export async function tellTrouble(
  terminal: Terminal,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const trouble = errorDiagnostic(error);
    if (trouble === undefined) throw error;
    terminal.diagnostics([trouble]);
    return statusAfter(error, trouble);
  }
}

/**
 * The diagnostic for a known error of settings, ledger, credential sink, backend or system.
 * Undefined for a bug.
 */
export function errorDiagnostic(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AdapterUnusable || error instanceof LedgerRefused) return error.diagnostic;
  if (error instanceof AdapterError) return backendTrouble(error);
  if (error instanceof SinkUnavailable)
    return record({
      severity: "error",
      code: "credentials/unavailable",
      message: wordingOf(error),
    });
  return ledgerDiagnostic(error) ?? systemDiagnostic(error);
}

function ledgerDiagnostic(error: Error): Diagnostic | undefined {
  const message = wordingOf(error);
  const told = { severity: "error", message } as const;
  if (error instanceof LedgerUnavailable)
    return record({
      ...told,
      code: "ledger/unavailable",
      hint: say`Nothing that was not recorded was done.`,
    });
  if (error instanceof LedgerMoved)
    return record({
      ...told,
      code: "ledger/moved",
      hint: say`Another run wrote to the ledger at the same moment; run this again.`,
    });
  if (!(error instanceof LedgerBroken)) return undefined;
  return record({
    ...told,
    code: "ledger/broken",
    message: say`The ledger failed its integrity check at entry ${error.seq}: ${message}.`,
    hint: say`\`partnerctl ledger verify\` shows what is wrong with it, and \`partnerctl ledger repair\` brings back what is signed.`,
  });
}

function systemDiagnostic(error: NodeJS.ErrnoException): Diagnostic | undefined {
  const reason = systemReason(error);
  if (reason === undefined) return undefined;
  const message =
    error.path === undefined
      ? say`The system refused it: ${reason} (${error.message}).`
      : say`${error.path} cannot be used: ${reason}.`;
  return record({ severity: "error", code: "file/refused", message });
}

/** The exit status for an error. Losing the lease counts as locked by another run. */
function statusAfter(error: unknown, trouble: Diagnostic): number {
  return error instanceof LedgerMoved ? exitStatus.locked : statusOf([trouble]);
}

/** The message for a bug: the stack trace and a request to report it. */
export function describeBug(error: unknown, version: string): readonly Wording[] {
  return [
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    "",
    say`This is a bug in partnerctl ${version}, not in your manifests. Please report it, with the lines above.`,
    "",
  ];
}
