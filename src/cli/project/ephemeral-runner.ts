import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Settings } from "../../model/generated/settings.ts";
import { say } from "../../model/text/phrase.ts";
import { ledgerTraits } from "../../store/ledger/index.ts";

const ledgerForgotten: Diagnostic = {
  severity: "error",
  code: "ledger/forgotten",
  message: say`This machine is a pipeline's (CI is set) and the ledger is a file on it: a later run would not know what this one did.`,
  hint: say`Keep the ledger on a git branch (ledger: type: git), or set PARTNERCTL_MACHINE_LASTS=1 where the runner keeps its files.`,
};
const credentialsForgotten: Diagnostic = {
  severity: "error",
  code: "credentials/forgotten",
  message: say`This machine is a pipeline's (CI is set) and the credentials' folder is on it: a new user's password would be gone with it.`,
  hint: say`Keep them encrypted on a git branch (credentials: type: git), or set PARTNERCTL_CREDENTIALS_LAST=1 where credentials.folder is on a disk that stays.`,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether this machine is a pipeline's, which loses its files after the run. */
export function isEphemeral(environment: Environment): boolean {
  const { CI = "", PARTNERCTL_MACHINE_LASTS = "" } = environment;
  return !["", "0", "false"].includes(CI) && PARTNERCTL_MACHINE_LASTS === "";
}

/**
 * Why an apply from this machine is refused: an ephemeral runner would lose the ledger and repeat
 * orders, or lose passwords. Empty on other machines and for the simulated account.
 */
export function forgetful(settings: Settings, environment: Environment): readonly Diagnostic[] {
  const { adapter, ledger, credentials } = settings;
  const { PARTNERCTL_CREDENTIALS_LAST = "" } = environment;
  if (!isEphemeral(environment) || adapter === "local") return [];
  const credentialsGo = credentials.type === "folder" && PARTNERCTL_CREDENTIALS_LAST === "";
  return [
    ...(ledgerTraits(ledger).lasts ? [] : [ledgerForgotten]),
    ...(credentialsGo ? [credentialsForgotten] : []),
  ];
}
