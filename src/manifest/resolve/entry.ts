import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Digest } from "../../model/values/digest.ts";
import type { Spec } from "../../model/values/json.ts";
import { segments, valueAt } from "../../model/values/pointer.ts";
import type { FieldProblem } from "../schema/problem.ts";
import type { Identity } from "./identify.ts";
import { isSecretName, maskLocation } from "../read/text.ts";
import { locate, type Written } from "./layers.ts";
import { record } from "../../model/text/recorded.ts";

/** A document whose kind, name and parent are known. */
export interface IdentifiedDocument extends Identity {
  readonly written: Written;
  readonly document: Spec;
  readonly absent: boolean;
  /** Its syntax and schema are valid. An invalid document can still be the target of references. */
  readonly valid: boolean;
  /** Digest of the document after overlays; empty if it is invalid. */
  readonly digest: Digest | "";
}

/** Converts a field problem to an error located in its file. Secrets in the excerpt are masked. */
export function placeProblem(
  written: Written,
  complaint: FieldProblem,
  address?: IdentifiedDocument["address"],
): Diagnostic {
  const { code, message, hint, pointer, part } = complaint;
  const at = locate(written, pointer, part);
  const names = segments(pointer);
  const named = isSecretName(names.at(-1) ?? "") && valueAt(written.value, pointer) !== undefined;
  const secret = part === "value" && (complaint.secret || named);
  const besideSecret = part === "key" && names.slice(0, -1).some(isSecretName);
  return record({
    severity: "error",
    code,
    message,
    at: secret ? maskLocation(at) : besideSecret ? maskLocation(at, at.endColumn) : at,
    ...(address && { address }),
    ...(hint !== undefined && { hint }),
  });
}
