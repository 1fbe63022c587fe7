import type { Address } from "../model/address.ts";
import type { Json, Spec } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { AppliedFields } from "../model/ledger.ts";
import { keyedDigest } from "../model/ledger-state.ts";
import { covers, leaves, type Pointer, withValue } from "../model/pointer.ts";

/** Digests a personal value the way the ledger keeps it; null without a key. */
export type Keyed = (address: Address, pointer: Pointer, value: Json) => string | null;

/** The digest that belongs to a ledger's key. */
export function keyedBy(key: Uint8Array | undefined): Keyed {
  return (address, pointer, value) => (key ? keyedDigest(key, address, pointer, value) : null);
}

/** An object's natural key as the ledger keeps it: only a keyed digest where somebody's data is part of it; undefined without a key. */
export function appliedKey(
  kind: Kind,
  address: Address,
  { spec, key }: { readonly spec: Spec; readonly key: string },
  keyed: Keyed,
): string | undefined {
  const impersonal = kind.personal.reduce<Spec>((sum, pointer) => withValue(sum, pointer, undefined), spec);
  const personal = kind.key(impersonal, "") !== kind.key(spec, "");
  return personal ? (keyed(address, "", key) ?? undefined) : key;
}

/** What the ledger keeps of a spec: values, but for somebody's data, of which only keyed digests. */
export function appliedFields(kind: Kind, address: Address, spec: Spec, keyed: Keyed): AppliedFields {
  const fields: Record<Pointer, AppliedFields[Pointer]> = {};
  for (const [pointer, value] of leaves(spec)) {
    fields[pointer] = covers(kind.personal, pointer) ? { keyed: keyed(address, pointer, value) } : { value };
  }
  return fields;
}
