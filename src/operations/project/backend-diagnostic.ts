import { AdapterError } from "../../model/adapter.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { backendAdvice } from "../../model/text/backend-advice.ts";

/** Makes an AdapterError a diagnostic about what was being done. Throws any other error again. */
export function backendTrouble(error: unknown, doing?: string): Diagnostic {
  if (!(error instanceof AdapterError)) throw error;
  return {
    severity: "error",
    code: `backend/${error.problem}`,
    message: doing === undefined ? error.message : `${doing}: ${error.message}`,
    hint: error.hint ?? backendAdvice[error.problem],
  };
}
