// Converts specs and changes into the form that the ledger stores.
import { createHmac } from "node:crypto";
import type { Kind } from "../kind.ts";
import type { Change } from "../plan/plan.ts";
import { canonical, digest } from "../values/digest.ts";
import { equal, type Json, type Spec } from "../values/json.ts";
import { covers, leaves, type Pointer } from "../values/pointer.ts";
import type { AppliedFields, AppliedValue, ObjectId } from "./ledger.ts";
import type { OpenIntent } from "./ledger-objects.ts";
import { isPersonal, type Keyed } from "./marks.ts";

/**
 * Returns a personal value as the ledger stores it: HMAC-SHA-256 (base64url) of object, pointer and
 * value.
 */
export function keyedDigest(
  secret: Uint8Array,
  object: string,
  pointer: Pointer,
  value: Json,
): string {
  return createHmac("sha256", secret)
    .update(canonical([object, pointer, value]))
    .digest("base64url");
}

/** Returns the digest function for a ledger's key. It returns null without a key. */
export function keyedBy(key: Uint8Array | undefined): Keyed {
  return (object, pointer, value) => (key ? keyedDigest(key, object, pointer, value) : null);
}

/**
 * Returns an object's natural key as the ledger stores it: a keyed digest if it contains personal
 * data, or undefined if that would need a missing key.
 */
export function appliedKey(
  kind: Kind,
  object: ObjectId,
  { spec, key }: { readonly spec: Spec; readonly key: string },
  keyed: Keyed,
): string | undefined {
  return isPersonal(kind, spec) ? (keyed(object, "", key) ?? undefined) : key;
}

/** Returns a spec as the ledger stores it: values, but only keyed digests of personal data. */
export function appliedFields(
  kind: Kind,
  object: ObjectId,
  spec: Spec,
  keyed: Keyed,
): AppliedFields {
  const fields: Record<Pointer, AppliedFields[Pointer]> = {};
  for (const [pointer, value] of leaves(spec)) {
    fields[pointer] = covers(kind.personal, pointer)
      ? { keyed: keyed(object, pointer, value) }
      : { value };
  }
  return fields;
}

/** Everything that a change sets, as the ledger stores it. */
export interface SentValues {
  readonly action: Change["action"];
  readonly id?: string;
  readonly fields?: AppliedFields;
}

/** Returns everything that a change sets, with keyed digests of personal data. */
export function sentBy(
  change: Change,
  kind: Kind | undefined,
  { object, keyed }: { readonly object: ObjectId; readonly keyed: Keyed },
): SentValues {
  return {
    action: change.action,
    ...("observed" in change && { id: change.observed.id }),
    ...("desired" in change &&
      kind && { fields: appliedFields(kind, object, change.desired, keyed) }),
  };
}

/**
 * Returns true if an earlier write sent the same values. Without the ledger's key, personal data is
 * not compared.
 */
export function isSentAs(earlier: OpenIntent, sent: SentValues): boolean {
  if (earlier.digest === digest(sent)) return true;
  const { fields = {} } = sent;
  const unknown = Object.values(fields).some(isUnknown);
  return (
    unknown &&
    earlier.action === sent.action &&
    earlier.id === sent.id &&
    areAlike(earlier.fields ?? {}, fields)
  );
}

function areAlike(earlier: AppliedFields, fields: AppliedFields): boolean {
  const pointers = Object.keys(fields);
  if (pointers.length !== Object.keys(earlier).length) return false;
  return pointers.every((pointer) => {
    const [was, now] = [earlier[pointer], fields[pointer]];
    return (
      was !== undefined && now !== undefined && (isUnknown(now) || equal({ ...was }, { ...now }))
    );
  });
}

function isUnknown(one: AppliedValue): boolean {
  return "keyed" in one && one.keyed === null;
}
