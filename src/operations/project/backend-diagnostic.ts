import { AdapterError } from "../../model/adapter.ts";
import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { backendAdvice } from "../../model/text/backend-advice.ts";
import { labelText, type Wording } from "../../model/text/phrase.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/** Makes an AdapterError a diagnostic about what was being done. Throws any other error again. */
export function backendTrouble(error: unknown, doing?: Wording): Diagnostic {
  if (!(error instanceof AdapterError)) throw error;
  const why = wordingOf(error);
  return diagnostic({
    severity: "error",
    code: `backend/${error.problem}`,
    message: doing === undefined ? why : labelText(doing, why),
    hint: error.hint ?? backendAdvice[error.problem],
  });
}
