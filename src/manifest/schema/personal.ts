import { isSpec, type Json } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { valueAt } from "../../model/values/pointer.ts";
import { formerKeysIn, personalTexts } from "../../model/text/quotes.ts";
import { kindOf } from "./kind-of.ts";

/**
 * Personal data in a manifest document, valid or not: values of fields its kind marks personal,
 * former names that are e-mail addresses, and field names that no schema can define (not `\w+`).
 */
export function* personalIn(document: Json, kinds: ReadonlyMap<string, Kind>): Generator<string> {
  if (!isSpec(document)) return;
  const kind = kindOf(document, kinds);
  if (kind && isSpec(document.spec)) yield* personalTexts(document.spec, kind.personal);
  yield* formerKeysIn(valueAt(document, "/metadata/previously"));
  yield* strangeNames(document);
}

function* strangeNames(value: Json): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!/^\w+$/.test(name)) yield name;
    yield* strangeNames(inner);
  }
}
