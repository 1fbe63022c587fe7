import { type Address, address, nameOf } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import type { Applied } from "../../model/ledger/ledger.ts";
import type { Observed } from "../../model/observed.ts";
import type { Resource } from "../../model/resource.ts";
import { parentName } from "./names.ts";

/** A declared object and the live one it is. */
interface Matched {
  readonly resource: Resource;
  readonly observed: Observed;
}

/** What a resource lives in, with every name it had: those its manifest gives, and the one the ledger knows. */
export function homeOf({ parent }: Resource, pairs: ReadonlyMap<Address, Matched>, applied: Pick<Applied, "nameOf">): Resource | undefined {
  const pair = parent === undefined ? undefined : pairs.get(parent);
  if (pair === undefined) return undefined;
  const { resource, observed } = pair;
  const known = applied.nameOf(observed.id, observed.kind);
  if (known === undefined || known === resource.address) return resource;
  return { ...resource, previously: [...new Set([...resource.previously, nameOf(known)])] };
}

/** The addresses a resource had under any name of its own, old or new, while what it lives in had its name of now or an old one. */
export function formerAddresses(resource: Resource, parent: Resource | undefined): readonly Address[] {
  const names = [...resource.previously, resource.name];
  return names.flatMap((name) => addressesAs(resource, name, parent)).filter((one) => one !== resource.address);
}

/** The addresses a resource had under one name. */
export function addressesAs({ kind, parent: lives }: Resource, name: string, parent: Resource | undefined): readonly Address[] {
  return [parentName(lives), ...(parent?.previously ?? [])].map((one) => address(kind, name, one));
}

/** The keys that an entry of `previously` may mean: the key under an old name, or an old key itself. */
export function formerKeys(resource: Resource, old: string, kind: Kind): readonly string[] {
  return [...new Set([kind.key(resource.spec, old), old, old.toLowerCase()])];
}
