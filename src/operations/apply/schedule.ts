import type { Change, ChangeId } from "../../model/plan/plan.ts";

/** Does work on every item, so many at once, in their order. The first failure is thrown when what had begun has ended. */
export async function eachOf<T>(items: readonly T[], parallelism: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next;
      next += 1;
      try {
        await work(items[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(parallelism, items.length) }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** The changes of one lane are done one after another: an object and all that lives in it. */
export function laneOf(change: Change): string {
  return change.parent ?? change.address;
}

/** Does every change once all it requires have been worked on, so many at once, one at a time in a lane. Throws the first failure when what had begun has ended. */
export async function inOrder(changes: readonly Change[], parallelism: number, work: (change: Change) => Promise<void>): Promise<void> {
  const queue = lanes(changes);
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  for (;;) {
    while (!failure && running.size < parallelism) {
      const change = queue.take();
      if (!change) break;
      const task: Promise<void> = work(change)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          queue.finish(change);
          running.delete(task);
        });
      running.add(task);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure) throw failure.error;
}

interface Queue {
  take(): Change | undefined;
  finish(change: Change): void;
}

/** Ready changes by lane. Every change enters and leaves a list once, so the whole costs time in proportion to changes and requirements. */
function lanes(changes: readonly Change[]): Queue {
  const waiting = new Map<ChangeId, number>();
  const dependants = new Map<ChangeId, Change[]>();
  const parked = new Map<string, Line>();
  const busy = new Set<string>();
  const known = new Set(changes.map(({ id }) => id));
  const ready: Change[] = [];
  let head = 0;
  for (const change of changes) {
    const requires = change.requires.filter((id) => known.has(id));
    waiting.set(change.id, requires.length);
    for (const id of requires) append(dependants, id, change);
    if (requires.length === 0) ready.push(change);
  }
  const take = (): Change | undefined => {
    while (head < ready.length) {
      const change = ready[head] as Change;
      head += 1;
      const lane = laneOf(change);
      if (!busy.has(lane)) {
        busy.add(lane);
        return change;
      }
      const line = parked.get(lane) ?? lineUp();
      parked.set(lane, line);
      line.push(change);
    }
    return undefined;
  };
  const finish = (change: Change): void => {
    const lane = laneOf(change);
    busy.delete(lane);
    const next = parked.get(lane)?.next();
    if (next) ready.push(next);
    for (const dependant of dependants.get(change.id) ?? []) {
      const left = (waiting.get(dependant.id) ?? 0) - 1;
      waiting.set(dependant.id, left);
      if (left === 0) ready.push(dependant);
    }
  };
  return { take, finish };
}

interface Line {
  push(change: Change): void;
  next(): Change | undefined;
}

/** First in, first out, in constant time. */
function lineUp(): Line {
  const items: Change[] = [];
  let head = 0;
  return {
    push: (change) => {
      items.push(change);
    },
    next: () => items[head] && items[head++],
  };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
