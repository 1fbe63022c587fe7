import type { Address } from "./address.ts";
import type { Location } from "./diagnostic.ts";
import type { Digest } from "./values/digest.ts";
import type { Spec } from "./values/json.ts";
import type { Pointer } from "./values/pointer.ts";

/**
 * A declared object: only the fields that the manifest contains, normalized; references are checked
 * and spelled as names.
 */
export interface Resource<S extends Spec = Spec> {
  readonly address: Address;
  readonly kind: string;
  readonly name: string;
  /** The parent's address (a subscription's customer). */
  readonly parent?: Address;
  readonly spec: Partial<S>;
  readonly state: "present" | "absent";
  /** The manifest's reason for `state: absent`. */
  readonly reason?: string;
  readonly pinnedId?: string;
  readonly previously: readonly string[];
  readonly protect: boolean;
  /**
   * A similar object may exist: create this one anyway. Has no effect once the ledger knows an id
   * for it.
   */
  readonly allowDuplicate: boolean;
  /** Ids of similar objects that a reviewed plan has seen. None of them is this object. */
  readonly beside?: readonly string[];
  /** The file that declares it, then the overlays that changed it. */
  readonly files: readonly string[];
  /**
   * Returns the location of a field ("/spec/quantity", "/metadata/name"; "" is the document), or of
   * its nearest parent if the manifest does not contain it.
   */
  locate(pointer: Pointer): Location;
}

/** A compiled manifest set: every reference is resolved, resources are sorted by address. */
export interface Desired {
  readonly resources: readonly Resource[];
  /** Digest of all resources, independent of the order of files and documents. */
  readonly digest: Digest;
  /** More objects may be declared: not all manifests were requested or read. */
  readonly partial?: true;
  /**
   * Loads source positions if `locate` was called before they were available. Returns true if the
   * caller must call `locate` again.
   */
  findPlaces?(): Promise<boolean>;
}
