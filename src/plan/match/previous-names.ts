import { type Address, address, nameOf } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import type { Applied } from "../../model/ledger/ledger.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import { parentName } from "./names.ts";

/** A declared object and its live object. */
interface Matched {
  readonly resource: Resource;
  readonly observed: Observed;
}

/**
 * The parent's resource, with the ledger's name for the parent added to `previously`. Undefined if
 * there is no matched parent.
 */
export function homeOf(
  { parent }: Resource,
  pairs: ReadonlyMap<Address, Matched>,
  applied: Pick<Applied, "nameOf">,
): Resource | undefined {
  const pair = parent === undefined ? undefined : pairs.get(parent);
  if (pair === undefined) return undefined;
  const { resource, observed } = pair;
  const known = applied.nameOf(observed.id, observed.kind);
  if (known === undefined || known === resource.address) return resource;
  return { ...resource, previously: [...new Set([...resource.previously, nameOf(known)])] };
}

/**
 * Every former address of a resource: each current or former name under each current or former name
 * of its parent, without the current address.
 */
export function formerAddresses(
  resource: Resource,
  parent: Resource | undefined,
): readonly Address[] {
  const names = [...resource.previously, resource.name];
  return names
    .flatMap((name) => addressesAs(resource, name, parent))
    .filter((one) => one !== resource.address);
}

/** The addresses of a resource under one name, for each current or former name of its parent. */
export function addressesAs(
  { kind, parent: lives }: Resource,
  name: string,
  parent: Resource | undefined,
): readonly Address[] {
  return [parentName(lives), ...(parent?.previously ?? [])].map((one) => address(kind, name, one));
}

/**
 * The keys that an entry of `previously` can mean: the key of an old name, or an old key itself.
 */
export function formerKeys(resource: Resource, old: string, kind: Kind): readonly string[] {
  return [...new Set([kind.key(resource.spec, old), old, old.toLowerCase()])];
}
