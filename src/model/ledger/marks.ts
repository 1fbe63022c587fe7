import { canonical, sha256 } from "../values/digest.ts";
import type { Json, Spec } from "../values/json.ts";
import type { Kind } from "../kind.ts";
import { type Pointer, valueAt, withValue } from "../values/pointer.ts";

/**
 * Returns the digest of a personal value as the ledger stores it, different for each object; null
 * without a key.
 */
export type Keyed = (object: string, pointer: Pointer, value: Json) => string | null;

/** The description of an object to create. */
export interface Making {
  readonly parentId?: string;
  readonly key: string;
  readonly spec: Spec;
}

/** Length of a mark, enough to distinguish the objects of an account. */
const length = 16;

/**
 * Returns the marks of an object: truncated hashes of its key within its parent, and of its
 * `duplicateKey` fields if all are set. Objects that share a mark could be mistaken for each other.
 * A key with personal data gives no mark without the ledger's key.
 */
export function marksOf(
  kind: Kind,
  { parentId = "", key, spec }: Making,
  keyed: Keyed,
): readonly string[] {
  const byKey = isPersonal(kind, spec)
    ? keyed(kind.name, "/", [parentId, key])
    : sha256(canonical([kind.name, parentId, "key", key]));
  const values = kind.duplicateKey?.map((pointer) => valueAt(spec, pointer)) ?? [undefined];
  const alike = values.includes(undefined)
    ? []
    : [sha256(canonical([kind.name, parentId, "like", values as readonly Json[]]))];
  return [byKey ?? [], ...alike].flat().map((mark) => mark.slice(0, length));
}

/** Returns true if the object's natural key contains personal data. */
export function isPersonal(kind: Kind, spec: Spec): boolean {
  const impersonal = kind.personal.reduce<Spec>(
    (sum, pointer) => withValue(sum, pointer, undefined),
    spec,
  );
  return kind.key(impersonal, "") !== kind.key(spec, "");
}
