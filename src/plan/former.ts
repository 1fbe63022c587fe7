import { type Address, address } from "../model/address.ts";
import type { Kind } from "../model/kind.ts";
import type { Resource } from "../model/resource.ts";
import { parentName } from "./names.ts";

/** The address a resource had under an old name. */
export function formerAddress(resource: Resource, old: string): Address {
  return address(resource.kind, old, parentName(resource.parent));
}

/** The keys that an entry of `previously` may mean: the key under an old name, or an old key itself. */
export function formerKeys(resource: Resource, old: string, kind: Kind): readonly string[] {
  return [...new Set([kind.key(resource.spec, old), old, old.toLowerCase()])];
}
