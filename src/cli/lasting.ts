import type { Diagnostic } from "../model/diagnostic.ts";
import type { Settings } from "../model/generated/settings.ts";

/** Why nothing may be written from here: a machine that forgets its files would order again what it ordered before. A rehearsal account is forgotten with them. */
export function forgetful({ adapter = "local", ledger }: Settings, environment: Readonly<Record<string, string | undefined>>): readonly Diagnostic[] {
  const { CI = "", PARTNERCTL_MACHINE_LASTS = "" } = environment;
  const forgets = !["", "0", "false"].includes(CI) && PARTNERCTL_MACHINE_LASTS === "";
  if (!forgets || adapter === "local" || ledger?.type === "git") return [];
  return [
    {
      severity: "error",
      code: "ledger/forgotten",
      message: "this machine is a pipeline's (CI is set) and the ledger is a file on it: a later run would not know what this one did",
      hint: "keep the ledger on a git branch (ledger: type: git), or set PARTNERCTL_MACHINE_LASTS=1 where the runner keeps its files",
    },
  ];
}
