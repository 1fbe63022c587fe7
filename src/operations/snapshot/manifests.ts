// Which manifests changed since the readings of their objects.
import { dropDetails, objectsOf } from "../../model/snapshot/account-snapshot.ts";
import type { Address } from "../../model/address.ts";
import type { Resource } from "../../model/resource.ts";
import { type Digest, digest } from "../../model/values/digest.ts";
import { type Reading, readableKinds } from "./read-account.ts";
import { dropWritten } from "./touched.ts";

/**
 * The resources whose manifest says something else than when their object was read for it: the
 * account may have changed in between, so that a comparison with that reading proves nothing.
 */
export function changedManifests({ desired, snapshot }: Reading): readonly Address[] {
  return desired.resources
    .filter((one) => snapshot.manifests.get(one.address) !== manifestDigest(one))
    .map((one) => one.address);
}

/** Records that the readings are good for the manifests as they are now. */
export function recordManifests({ desired, snapshot: { manifests } }: Reading): void {
  manifests.clear();
  for (const one of desired.resources) manifests.set(one.address, manifestDigest(one));
}

/** Removes the readings of resources whose manifest has changed, so that they are read anew. */
export function dropChanged(reading: Reading): void {
  const { project, desired, snapshot, state } = reading;
  const changed = new Set(changedManifests(reading));
  dropWritten(project, snapshot, { written: changed, ids: state.ids });
  const kinds = readableKinds(reading).filter(({ parent }) => parent === undefined);
  for (const kind of kinds) {
    const own = desired.resources.filter(
      (one) => one.kind === kind.name && changed.has(one.address),
    );
    const keys = new Set(own.map((one) => kind.key(one.spec, one.name)));
    for (const { observed } of objectsOf(snapshot, kind.name))
      if (keys.has(observed.key)) dropDetails(snapshot, kind.name, observed.id);
  }
}

/** The digest of everything that a manifest says of its object. */
function manifestDigest(one: Resource): Digest {
  const { spec, state, pinnedId, previously, protect, allowDuplicate } = one;
  return digest([spec, state, pinnedId ?? null, previously, protect, allowDuplicate]);
}
