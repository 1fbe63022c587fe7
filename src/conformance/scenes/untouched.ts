import assert from "node:assert/strict";
import type { Observed } from "../../model/observed.ts";
import { type Pointer, withValue } from "../../model/values/pointer.ts";

/** Asserts that two reads of an object differ in these fields only (promise 3). */
export function demandUntouched(before: Observed, after: Observed, but: readonly Pointer[]): void {
  const rest = (one: Observed) =>
    but.reduce((spec, pointer) => withValue(spec, pointer, undefined), one.spec);
  assert.equal(after.id, before.id, "an update gave it another id");
  assert.deepEqual(rest(after), rest(before), `an update of ${but.join(", ")} moved other fields`);
}
