import type { Change, ChangeId } from "../../model/plan/plan.ts";

/**
 * Runs `work` for every item in order, at most `parallelism` at a time. After a failure, starts
 * nothing new, waits for running work and throws the error.
 */
export async function eachOf<T>(
  items: readonly T[],
  parallelism: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
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
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(parallelism, items.length) }, worker),
  );
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Changes of the same lane run one after another: an object and everything inside it. */
export function laneOf(change: Change): string {
  return change.parent ?? change.address;
}

/**
 * Runs `work` for every change after all changes that it requires, at most `parallelism` at a time
 * and one per lane. After a failure, starts nothing new, waits for running work and throws the
 * first error.
 */
export async function inOrder(
  changes: readonly Change[],
  parallelism: number,
  work: (change: Change) => Promise<void>,
): Promise<void> {
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

/** Queues ready changes by lane, in time proportional to the number of changes and requirements. */
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

/** A first-in, first-out queue with constant-time operations. */
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
