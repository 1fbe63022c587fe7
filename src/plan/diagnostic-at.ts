import type { Code } from "../model/codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { Resource } from "../model/resource.ts";
import type { Wording } from "../model/text/phrase.ts";
import { record } from "../model/text/recorded.ts";

/** A problem of a resource. Severity is `error` by default. */
export interface ResourceProblem {
  readonly code: Code;
  readonly message: Wording;
  readonly hint?: Wording;
  readonly severity?: Diagnostic["severity"];
}

/** Makes a problem a diagnostic at a field of the resource's manifest. */
export function problem(
  resource: Resource,
  pointer: Pointer,
  complaint: ResourceProblem,
): Diagnostic {
  const { code, message, hint, severity = "error" } = complaint;
  const at = resource.locate(pointer);
  return record({
    severity,
    code,
    message,
    at,
    address: resource.address,
    ...(hint !== undefined && { hint }),
  });
}
