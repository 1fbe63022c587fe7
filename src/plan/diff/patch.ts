import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { FieldChange } from "../../model/plan/plan.ts";
import type { Operation } from "../../model/values/json-patch.ts";
import { below, type Pointer, segments, withValue } from "../../model/values/pointer.ts";

/**
 * An RFC 6902 patch that sets these fields. If an object on the path is missing, one operation adds
 * it with all of its new fields.
 */
export function patch(spec: Spec, fields: readonly FieldChange[]): readonly Operation[] {
  const operations = new Map<Pointer, Operation>();
  for (const { pointer, after } of fields) {
    const place = split(spec, segments(pointer));
    const earlier = operations.get(place.path)?.value;
    const value =
      place.rest.length === 0
        ? after
        : withValue(isSpec(earlier) ? earlier : {}, pointerOf(place.rest), after);
    operations.set(place.path, { op: place.exists ? "replace" : "add", path: place.path, value });
  }
  return [...operations.values()];
}

interface Place {
  /** The field itself, or the first step on the way that is missing or not an object. */
  readonly path: Pointer;
  readonly exists: boolean;
  readonly rest: readonly string[];
}

function split(spec: Spec, way: readonly string[]): Place {
  let found: Spec = spec;
  for (const [index, name] of way.entries()) {
    const next: Json | undefined = Object.hasOwn(found, name) ? found[name] : undefined;
    const rest = way.slice(index + 1);
    if (rest.length === 0 || !isSpec(next))
      return { path: pointerOf(way.slice(0, index + 1)), exists: next !== undefined, rest };
    found = next;
  }
  return { path: "", exists: true, rest: [] };
}

function pointerOf(way: readonly string[]): Pointer {
  return way.reduce(below, "");
}
