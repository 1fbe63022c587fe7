import type { Json } from "../../model/values/json.ts";
import { below, type Pointer } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import type { FieldProblem } from "./problem.ts";

/** Reports every null in a value. Null is valid only in a merge patch, where it removes a field. */
export function nulls(value: Json, at: Pointer = ""): readonly FieldProblem[] {
  if (value === null) return [nullAt(at)];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([field, inner]) => nulls(inner, below(at, field)));
}

function nullAt(pointer: Pointer): FieldProblem {
  const message = say`There is no value here, and null is not allowed.`;
  return { code: "syntax/null", pointer, part: "value", message, hint: say`Omit it.` };
}
