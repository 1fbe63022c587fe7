import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { AppliedFields, ObjectId } from "../../model/ledger/ledger.ts";
import { keyedDigest } from "../../model/ledger/ledger-state.ts";
import { isPersonal, type Keyed } from "../../model/ledger/marks.ts";
import { covers, leaves, type Pointer } from "../../model/values/pointer.ts";

export type { Keyed } from "../../model/ledger/marks.ts";

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
