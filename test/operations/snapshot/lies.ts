import type { AccountSnapshot } from "../../../src/model/snapshot/account-snapshot.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";

/** Falsifies what a snapshot holds of an object, by its key there. */
export type Lie = (snapshot: AccountSnapshot, key: string) => void;

/** How a snapshot may lie about one of its objects. */
export const lies: Readonly<Record<string, Lie>> = {
  missing: ({ lists }, key) => {
    for (const [name, list] of lists)
      lists.set(name, { ...list, ids: list.ids.filter((id) => !isNamed(key, list.kind, id)) });
  },
  doubled: ({ lists, objects }, key) => {
    const one = objects.get(key);
    if (!one) return;
    const copy = { ...one.observed, id: `${one.observed.id.slice(0, -1)}x` };
    objects.set(`${copy.kind} ${copy.id.toLowerCase()}`, { ...one, observed: copy });
    for (const [name, list] of lists)
      if (list.ids.some((id) => isNamed(key, list.kind, id)))
        lists.set(name, { ...list, ids: [...list.ids, copy.id] });
  },
  old: ({ objects }, key) => {
    const one = objects.get(key);
    if (one)
      objects.set(key, { ...one, observed: { ...one.observed, spec: older(one.observed.spec) } });
  },
  partial: ({ objects }, key) => {
    const one = objects.get(key);
    if (one) objects.set(key, { ...one, whole: false });
  },
};

function isNamed(key: string, kind: string, id: string): boolean {
  return key === `${kind} ${id.toLowerCase()}`;
}

/** A spec with other numbers, texts and flags. */
function older(spec: Spec): Spec {
  const other = (value: Json): Json => {
    if (typeof value === "number") return value + 1;
    if (typeof value === "boolean") return !value;
    if (Array.isArray(value)) return [];
    return value !== null && typeof value === "object" ? older(value as Spec) : value;
  };
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, other(value)]));
}
