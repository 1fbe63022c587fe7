import { type Adapter, AdapterError } from "../../src/model/adapter.ts";
import type { Asleep, Story } from "./draw-story.ts";

/** Where a holder stops, and what lets it go on. */
export interface Gate {
  readonly at: Asleep["at"];
  /** Resolves when the holder stands before it. */
  readonly reached: Promise<void>;
  open(): void;
  pass(): Promise<void>;
}

/** A gate that is closed. */
export function gate(at: Asleep["at"]): Gate {
  const [arrival, opening] = [signal(), signal()];
  return {
    at,
    reached: arrival.promise,
    open: opening.resolve,
    pass: () => {
      arrival.resolve();
      return opening.promise;
    },
  };
}

function signal(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

/** What happens to the first order of an adapter. */
export interface Mishap {
  readonly gate?: Gate;
  readonly lost?: Story["lost"];
  onLost?(): void;
}

/** An adapter to whose first order something happens. */
export function beset(adapter: Adapter, { gate, lost, onLost }: Mishap): Adapter {
  let orders = 0;
  const lose = () => {
    onLost?.();
    return new AdapterError("unknown-outcome", "the reply was lost");
  };
  const write: Adapter["write"] = async (change, context) => {
    if (change.kind !== "Subscription" || change.action !== "create")
      return adapter.write(change, context);
    orders += 1;
    if (orders > 1) return adapter.write(change, context);
    if (gate?.at === "before the check") await gate.pass();
    const permit = async () => {
      const left = await context.permit();
      if (gate?.at === "after the check") await gate.pass();
      if (lost === "before the effect") throw lose();
      return left;
    };
    const made = await adapter.write(change, { ...context, permit });
    if (lost === "after the effect") throw lose();
    return made;
  };
  return { ...adapter, write };
}
