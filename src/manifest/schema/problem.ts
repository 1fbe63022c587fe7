import type { Code } from "../../model/codes.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import type { FieldPart } from "../read/position.ts";
import type { Wording } from "../../model/text/phrase.ts";

/** A problem with a field of a document; its location in the file is not yet known. */
export interface FieldProblem {
  readonly code: Code;
  readonly pointer: Pointer;
  readonly part: FieldPart;
  readonly message: Wording;
  readonly hint?: Wording;
  /** The value is a secret and must not be shown. */
  readonly secret?: true;
}
