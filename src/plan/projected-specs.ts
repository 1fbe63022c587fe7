import type { Address } from "../model/address.ts";
import type { Spec } from "../model/values/json.ts";
import type { Resource } from "../model/resource.ts";
import type { PlanInput } from "./input.ts";
import type { Matching } from "./match/matching.ts";
import { mergeSpecs, whole } from "./match/names.ts";

/**
 * Looks up the fields of a declared object: the observed ones, with those that the manifest
 * sets replacing them, object by object. For an object that is not matched, the manifest's
 * fields with defaults. Undefined for an undeclared address.
 */
export function prospects(
  { desired, kinds }: PlanInput,
  { pairs }: Matching,
): (address: Address) => Spec | undefined {
  let declared: ReadonlyMap<Address, Resource> | undefined;
  return (address) => {
    const pair = pairs.get(address);
    if (pair !== undefined) return mergeSpecs(pair.observed.spec, whole(pair.resource.spec));
    declared ??= new Map(desired.resources.map((resource) => [resource.address, resource]));
    const resource = declared.get(address);
    const kind = kinds.find(({ name }) => name === resource?.kind);
    return resource && kind && whole(kind.complete(resource.spec, resource.name));
  };
}
