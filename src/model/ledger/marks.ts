import { canonical, sha256 } from "../values/digest.ts";
import type { Json, Spec } from "../values/json.ts";
import type { Kind } from "../kind.ts";
import { type Pointer, valueAt, withValue } from "../values/pointer.ts";

/** Digests a personal value the way the ledger keeps it, apart for each object; null without a key. */
export type Keyed = (object: string, pointer: Pointer, value: Json) => string | null;

/** What is to be made, and where. */
export interface Making {
  readonly parentId?: string;
  readonly key: string;
  readonly spec: Spec;
}

/** So many characters tell the objects of an account apart. */
const length = 16;

/** What an object could be taken for: whatever has the same key under the same parent, or is the same in all that makes a duplicate. A key that is somebody's data leaves no mark without the ledger's key. */
export function marksOf(kind: Kind, { parentId = "", key, spec }: Making, keyed: Keyed): readonly string[] {
  const byKey = isPersonal(kind, spec) ? keyed(kind.name, "/", [parentId, key]) : sha256(canonical([kind.name, parentId, "key", key]));
  const values = kind.duplicateKey?.map((pointer) => valueAt(spec, pointer)) ?? [undefined];
  const alike = values.includes(undefined) ? [] : [sha256(canonical([kind.name, parentId, "like", values as readonly Json[]]))];
  return [byKey ?? [], ...alike].flat().map((mark) => mark.slice(0, length));
}

/** Whether a kind's key is made of somebody's data. */
export function isPersonal(kind: Kind, spec: Spec): boolean {
  const impersonal = kind.personal.reduce<Spec>((sum, pointer) => withValue(sum, pointer, undefined), spec);
  return kind.key(impersonal, "") !== kind.key(spec, "");
}
