// What the ledger keeps of what was sent.
import { createHmac } from "node:crypto";
import type { Kind } from "../kind.ts";
import type { Change } from "../plan/plan.ts";
import { canonical, digest } from "../values/digest.ts";
import { equal, type Json, type Spec } from "../values/json.ts";
import { covers, leaves, type Pointer } from "../values/pointer.ts";
import type { AppliedFields, AppliedValue, ObjectId } from "./ledger.ts";
import type { OpenIntent } from "./ledger-objects.ts";
import { isPersonal, type Keyed } from "./marks.ts";

/** A personal value as the ledger keeps it: HMAC-SHA-256 (base64url) of where it stands and what it is. */
export function keyedDigest(secret: Uint8Array, object: string, pointer: Pointer, value: Json): string {
  return createHmac("sha256", secret)
    .update(canonical([object, pointer, value]))
    .digest("base64url");
}

/** The digest that belongs to a ledger's key. */
export function keyedBy(key: Uint8Array | undefined): Keyed {
  return (object, pointer, value) => (key ? keyedDigest(key, object, pointer, value) : null);
}

/** An object's natural key as the ledger keeps it: only a keyed digest where somebody's data is part of it; undefined without a key. */
export function appliedKey(
  kind: Kind,
  object: ObjectId,
  { spec, key }: { readonly spec: Spec; readonly key: string },
  keyed: Keyed,
): string | undefined {
  return isPersonal(kind, spec) ? (keyed(object, "", key) ?? undefined) : key;
}

/** What the ledger keeps of a spec: values, but for somebody's data, of which only keyed digests. */
export function appliedFields(kind: Kind, object: ObjectId, spec: Spec, keyed: Keyed): AppliedFields {
  const fields: Record<Pointer, AppliedFields[Pointer]> = {};
  for (const [pointer, value] of leaves(spec)) {
    fields[pointer] = covers(kind.personal, pointer) ? { keyed: keyed(object, pointer, value) } : { value };
  }
  return fields;
}

/** All that a change sets, as the ledger keeps it. */
export interface SentValues {
  readonly action: Change["action"];
  readonly id?: string;
  readonly fields?: AppliedFields;
}

/** The same of a change: of somebody's data keyed digests. */
export function sentBy(
  change: Change,
  kind: Kind | undefined,
  { object, keyed }: { readonly object: ObjectId; readonly keyed: Keyed },
): SentValues {
  return {
    action: change.action,
    ...("observed" in change && { id: change.observed.id }),
    ...("desired" in change && kind && { fields: appliedFields(kind, object, change.desired, keyed) }),
  };
}

/** Whether an earlier write sent these very values; of somebody's data nobody can tell without the ledger's key. */
export function isSentAs(earlier: OpenIntent, sent: SentValues): boolean {
  if (earlier.digest === digest(sent)) return true;
  const { fields = {} } = sent;
  const unknown = Object.values(fields).some(isUnknown);
  return unknown && earlier.action === sent.action && earlier.id === sent.id && areAlike(earlier.fields ?? {}, fields);
}

function areAlike(earlier: AppliedFields, fields: AppliedFields): boolean {
  const pointers = Object.keys(fields);
  if (pointers.length !== Object.keys(earlier).length) return false;
  return pointers.every((pointer) => {
    const [was, now] = [earlier[pointer], fields[pointer]];
    return was !== undefined && now !== undefined && (isUnknown(now) || equal({ ...was }, { ...now }));
  });
}

function isUnknown(one: AppliedValue): boolean {
  return "keyed" in one && one.keyed === null;
}
