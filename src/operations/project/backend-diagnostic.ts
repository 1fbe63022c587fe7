import { AdapterError } from "../../model/adapter.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";

/** Makes an AdapterError a diagnostic. Throws any other error again. */
export function backendTrouble(error: unknown, doing: string): Diagnostic {
  if (!(error instanceof AdapterError)) throw error;
  return {
    severity: "error",
    code: `backend/${error.problem}`,
    message: `${doing}: ${error.message}`,
    hint: error.hint ?? hints[error.problem],
  };
}

const hints: Readonly<Record<AdapterError["problem"], string>> = {
  denied: say`sign-in or permissions are not enough; \`partnerctl check\` says what this backend allows`,
  missing: say`it is not there any more; plan again`,
  conflict: say`somebody changed it meanwhile; plan again`,
  throttled: say`the backend asks to slow down; try again later, or lower \`parallelism\``,
  rejected: say`the backend does not accept it as it is`,
  unavailable: say`the backend did not answer; try again`,
  "unknown-outcome": say`it may have happened; the next run finds out by reading`,
};
