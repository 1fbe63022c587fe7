import type { Address } from "./address.ts";
import type { Location } from "./diagnostic.ts";
import type { Digest } from "./values/digest.ts";
import type { Spec } from "./values/json.ts";
import type { Pointer } from "./values/pointer.ts";

/** What a manifest asks for: only what was written, normalized, its references checked and spelled as names. */
export interface Resource<S extends Spec = Spec> {
  readonly address: Address;
  readonly kind: string;
  readonly name: string;
  /** The address of the object it lives in (a subscription's customer). */
  readonly parent?: Address;
  readonly spec: Partial<S>;
  readonly state: "present" | "absent";
  /** Why it is to be absent. */
  readonly reason?: string;
  readonly pinnedId?: string;
  readonly previously: readonly string[];
  readonly protect: boolean;
  /** Another one like it may exist: order it all the same. Counts only until the ledger knows an id. */
  readonly allowDuplicate: boolean;
  /** Ids that a reviewed plan has seen beside it: none of them is this one. */
  readonly beside?: readonly string[];
  /** The files it was written in: its own, then the overlays that changed it. */
  readonly files: readonly string[];
  /** Where a field of the manifest document was written ("" is the document; "/spec/quantity", "/metadata/name"); the nearest parent where it was not. */
  locate(pointer: Pointer): Location;
}

/** A manifest set that compiled: every reference resolved, sorted by address. */
export interface Desired {
  readonly resources: readonly Resource[];
  /** Of all resources; the order of files and documents does not change it. */
  readonly digest: Digest;
  /** More may be declared: not all manifests were asked for or read. */
  readonly partial?: true;
  /** Where `locate` does not know places until they are looked for: looks for them, if one was asked for in vain. Whoever asked has to ask again where it says so. */
  findPlaces?(): Promise<boolean>;
}
