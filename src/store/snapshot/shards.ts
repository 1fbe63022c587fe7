// How a snapshot is divided: everything of one customer is in one part, so that a change rewrites
// little.
import { createHash } from "node:crypto";
import {
  type AccountSnapshot,
  emptySnapshot,
  listKey,
  type ReadList,
  objectKey,
  type ObjectReading,
} from "../../model/snapshot/account-snapshot.ts";
import type { Address } from "../../model/address.ts";
import type { Digest } from "../../model/values/digest.ts";

/** The content of a part. */
export interface Shard {
  readonly lists: readonly ReadList[];
  readonly objects: readonly ObjectReading[];
  readonly manifests: readonly (readonly [Address, Digest])[];
}

/** The number of parts. */
const shardCount = 256;

/** Divides a snapshot. What an adapter needs to write an object is left out. */
export function divide(snapshot: AccountSnapshot): readonly Shard[] {
  const shards = Array.from({ length: shardCount }, () => ({
    lists: [] as ReadList[],
    objects: [] as ObjectReading[],
    manifests: [] as [Address, Digest][],
  }));
  const shardOf = (name: string) => shards[placeOf(name)];
  const inLists = new Set<string>();
  for (const list of snapshot.lists.values()) {
    shardOf(list.parentId ?? list.kind)?.lists.push(list);
    for (const id of list.ids) inLists.add(objectKey(list.kind, id));
  }
  for (const [key, { observed, whole, at }] of snapshot.objects) {
    if (!inLists.has(key)) continue;
    const { handle: _, ...kept } = observed;
    shardOf(kept.parentId ?? kept.id)?.objects.push({ observed: kept, whole, at });
  }
  for (const [address, digest] of snapshot.manifests) {
    const [, name = address] = address.split("/");
    shardOf(name)?.manifests.push([address, digest]);
  }
  return shards;
}

/** Puts the parts of a snapshot together. */
export function combine(account: string, shards: Iterable<Shard>): AccountSnapshot {
  const snapshot = emptySnapshot(account);
  for (const { lists, objects, manifests } of shards) {
    for (const list of lists) snapshot.lists.set(listKey(list.kind, list.parentId), list);
    for (const one of objects)
      snapshot.objects.set(objectKey(one.observed.kind, one.observed.id), one);
    for (const [address, digest] of manifests) snapshot.manifests.set(address, digest);
  }
  return snapshot;
}

function placeOf(name: string): number {
  return createHash("sha256").update(name.toLowerCase()).digest()[0] ?? 0;
}
