/** The names and types in JSON: a set of types for each path, with `[]` for the items of a list. */
export function shapeOf(
  value: unknown,
  path = "$",
  found = new Map<string, Set<string>>(),
): ReadonlyMap<string, ReadonlySet<string>> {
  const types = found.get(path) ?? new Set();
  found.set(
    path,
    types.add(Array.isArray(value) ? "array" : value === null ? "null" : typeof value),
  );
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${path}[]`, found);
  else if (typeof value === "object" && value !== null)
    for (const [name, item] of Object.entries(value)) shapeOf(item, `${path}.${name}`, found);
  return found;
}

/**
 * How the shape of `answered` differs from the `documented` one, both ways; the items of a list
 * that is documented empty are not documented.
 */
export function differences(documented: unknown, answered: unknown): readonly string[] {
  const [left, right] = [shapeOf(documented), shapeOf(answered)];
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((path) => {
    const [was, is] = [left.get(path), right.get(path)];
    if (was === undefined && withinEmptyList(left, path)) return [];
    if (was === undefined) return [`${path} is answered and not documented`];
    if (is === undefined) return [`${path} is documented and not answered`];
    const same = [...is].every((type) => was.has(type));
    return same ? [] : [`${path} is documented as ${[...was]} and answered as ${[...is]}`];
  });
}

function withinEmptyList(documented: ReadonlyMap<string, unknown>, path: string): boolean {
  const lists = [...path.matchAll(/\[\]/g)].map(({ index }) => path.slice(0, index));
  return lists.some((list) => documented.has(list) && !documented.has(`${list}[]`));
}
