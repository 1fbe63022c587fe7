import type { Support } from "../../model/adapter.ts";
import type { Address } from "../../model/address.ts";
import { equal, isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Applied } from "../../model/ledger/ledger.ts";
import type { FieldChange } from "../../model/plan/plan.ts";
import { below, covers, type Pointer, valueAt } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import { causeOf, causeOfUnread, type FieldHistory } from "./cause.ts";
import { whole } from "../match/names.ts";

/** A field that is not as declared, and whether the adapter can write it. */
export interface Difference {
  readonly field: FieldChange;
  readonly writable: boolean;
}

/** What the backend supports for the kind, and what the ledger has recorded. */
export interface FieldContext {
  readonly support: Support | undefined;
  readonly applied: Applied;
  /** The address by which the ledger knows the object. */
  readonly as: Address;
}

/**
 * Whether the observed spec already has every value that `mention` has. Lists are compared as a
 * whole; an empty object mentions nothing.
 */
export function contains(observed: Spec, mention: Spec): boolean {
  for (const field in mention) {
    const after = mention[field];
    const before = observed[field];
    if (after === before) continue;
    if (isSpec(after) ? !contains(isSpec(before) ? before : {}, after) : !equal(before, after))
      return false;
  }
  return true;
}

/** Every field of a spec, sorted by pointer. A list is one field; an empty object has none. */
export function mentionedFields(spec: Spec): readonly (readonly [Pointer, Json])[] {
  const fields: [Pointer, Json][] = [];
  gather(spec, "", fields);
  return fields.sort(([left], [right]) => (left < right ? -1 : 1));
}

function gather(spec: Spec, at: Pointer, fields: [Pointer, Json][]): void {
  for (const field of Object.keys(spec)) {
    const value = spec[field];
    if (isSpec(value)) gather(value, below(at, field), fields);
    else if (value !== undefined) fields.push([below(at, field), value]);
  }
}

/**
 * The declared fields that differ from the observed ones. A field that the backend cannot read
 * differs unless its value is attested or, for a writable field, was the last one applied.
 */
export function differences(
  resource: Resource,
  observed: Spec,
  sight: FieldContext,
): readonly Difference[] {
  const found: Difference[] = [];
  const { applied, support, as: address } = sight;
  for (const [pointer, after] of mentionedFields(whole(resource.spec))) {
    const place: FieldHistory = { address, pointer, applied };
    const writable = covers(support?.writable ?? [], pointer);
    const readable = covers(support?.readable ?? [], pointer);
    const field = readable
      ? seen(place, valueAt(observed, pointer), after)
      : unseen(place, after, writable);
    if (field !== undefined) found.push({ field, writable });
  }
  return found;
}

function seen(place: FieldHistory, before: Json | undefined, after: Json): FieldChange | undefined {
  if (equal(before, after)) return undefined;
  return {
    pointer: place.pointer,
    ...(before !== undefined && { before }),
    after,
    cause: causeOf(place, before, after),
  };
}

function unseen(place: FieldHistory, after: Json, writable: boolean): FieldChange | undefined {
  if (settled(place, after, writable)) return undefined;
  return { pointer: place.pointer, after, cause: causeOfUnread(place, after) };
}

function settled(
  { address, pointer, applied }: FieldHistory,
  value: Json,
  writable: boolean,
): boolean {
  return (
    applied.attested(address, pointer, value) ||
    (writable && applied.matches(address, pointer, value) === true)
  );
}

/** Whether a person attested every field that the manifest declares. */
export function vouchedFor({ address, spec }: Resource, applied: Applied): boolean {
  return mentionedFields(whole(spec)).every(([pointer, value]) =>
    applied.attested(address, pointer, value),
  );
}
