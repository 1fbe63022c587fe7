import type { ChangeId } from "../../model/plan/plan.ts";
import { append } from "../multimap.ts";

/** By change: the changes that it waits for. */
export type Graph = ReadonlyMap<ChangeId, ReadonlySet<ChangeId>>;

/**
 * Finds dependency cycles. Finds at least one if any change can never start, but not always all.
 */
export function findCycles(graph: Graph): readonly (readonly ChangeId[])[] {
  const stuck = stuckIn(graph);
  const found: ChangeId[][] = [];
  const walked = new Set<ChangeId>();
  for (const start of stuck) {
    const path: ChangeId[] = [];
    const onPath = new Set<ChangeId>();
    for (
      let at: ChangeId | undefined = start;
      at !== undefined && !walked.has(at);
      at = nextStuck(graph, at, stuck)
    ) {
      walked.add(at);
      onPath.add(at);
      path.push(at);
    }
    const end = nextStuck(graph, path.at(-1) ?? start, stuck);
    if (end !== undefined && onPath.has(end)) found.push(path.slice(path.indexOf(end)));
  }
  return found;
}

function nextStuck(graph: Graph, id: ChangeId, stuck: ReadonlySet<ChangeId>): ChangeId | undefined {
  for (const required of graph.get(id) ?? []) if (stuck.has(required)) return required;
  return undefined;
}

/** The changes that can never start: those in a cycle and those that wait for one. */
function stuckIn(graph: Graph): ReadonlySet<ChangeId> {
  const waiting = new Map<ChangeId, number>();
  const dependants = new Map<ChangeId, ChangeId[]>();
  for (const [id, required] of graph) {
    waiting.set(id, required.size);
    for (const one of required) append(dependants, one, id);
  }
  const free = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  for (const id of free) {
    for (const dependant of dependants.get(id) ?? []) {
      const left = (waiting.get(dependant) ?? 0) - 1;
      waiting.set(dependant, left);
      if (left === 0) free.push(dependant);
    }
  }
  for (const id of free) waiting.delete(id);
  return new Set(waiting.keys());
}
