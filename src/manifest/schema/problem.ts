import type { Code } from "../../model/codes.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import type { FieldPart } from "../read/position.ts";

/** Something wrong with a field of a document, before it is known where that was written. */
export interface FieldProblem {
  readonly code: Code;
  readonly pointer: Pointer;
  readonly part: FieldPart;
  readonly message: string;
  readonly hint?: string;
  /** What is written there is not to be shown. */
  readonly secret?: true;
}
