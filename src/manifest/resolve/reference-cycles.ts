import type { Address } from "../../model/address.ts";
import { compare } from "../../model/diagnostic.ts";

/** Finds reference cycles. Each is the list of its addresses, starting with the first by name. */
export function findReferenceCycles(
  edges: ReadonlyMap<Address, readonly Address[]>,
): readonly (readonly Address[])[] {
  const found: (readonly Address[])[] = [];
  const done = new Set<Address>();
  for (const start of [...edges.keys()].sort(compare)) {
    if (!done.has(start)) walk(start, { edges, done, found });
  }
  return found;
}

interface Search {
  readonly edges: ReadonlyMap<Address, readonly Address[]>;
  readonly done: Set<Address>;
  readonly found: (readonly Address[])[];
}

function walk(start: Address, { edges, done, found }: Search): void {
  // An explicit stack: a chain of references can be longer than the call stack.
  const path: { readonly at: Address; readonly left: Address[] }[] = [];
  const onPath = new Set<Address>();
  const enter = (at: Address): void => {
    path.push({ at, left: [...(edges.get(at) ?? [])] });
    onPath.add(at);
  };
  enter(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      path.pop();
      onPath.delete(top.at);
      done.add(top.at);
    } else if (onPath.has(next))
      found.push(
        from(
          path.map(({ at }) => at),
          next,
        ),
      );
    else if (!done.has(next)) enter(next);
  }
}

function from(path: readonly Address[], first: Address): readonly Address[] {
  const cycle = path.slice(path.indexOf(first));
  const least = cycle.indexOf([...cycle].sort(compare)[0] ?? first);
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
