// Objects that an event of the service names. Its addresses are only parsed, and never called.
import { dropDetails, dropList, objectKey } from "../../model/snapshot/account-snapshot.ts";
import { type Reading, readableKinds } from "./read-account.ts";

/** An object that an event names: the ids in the path of its address, outermost first. */
export interface NamedObject {
  readonly ids: readonly string[];
}

const id = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * The objects that an event is about (`ResourceUri` in partner-center/audit-and-events.md).
 * Undefined if it is no event, or names no object.
 */
export function objectsInEvent(event: unknown): readonly NamedObject[] | undefined {
  const events = Array.isArray(event) ? event : [event];
  const named = events.flatMap((one: unknown): readonly NamedObject[] => {
    const address = one !== null && typeof one === "object" ? addressIn(one) : undefined;
    const ids = address?.split(/[/?#]/).filter((part) => id.test(part)) ?? [];
    return ids.length > 0 ? [{ ids }] : [];
  });
  return named.length > 0 ? named : undefined;
}

function addressIn(event: object): string | undefined {
  const found = Object.entries(event).find(([name]) => name.toLowerCase() === "resourceuri");
  return typeof found?.[1] === "string" ? found[1] : undefined;
}

/** Drops the readings of objects, and of the lists inside them, so that they are read first. */
export function forgetObjects(reading: Reading, named: readonly NamedObject[]): void {
  const { snapshot } = reading;
  for (const { ids } of named)
    for (const one of ids)
      for (const kind of readableKinds(reading)) {
        if (kind.parent !== undefined) dropList(snapshot, kind.name, one);
        const found = snapshot.objects.get(objectKey(kind.name, one));
        dropDetails(snapshot, kind.name, one);
        if (found?.observed.parentId !== undefined)
          dropList(snapshot, kind.name, found.observed.parentId);
      }
}
