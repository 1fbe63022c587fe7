import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { equal, type Spec } from "../../../model/values/json.ts";
import type { Verb } from "../../../model/kind.ts";
import type { Change } from "../../../model/plan/plan.ts";
import { type Pointer, valueAt, withValue } from "../../../model/values/pointer.ts";
import { say } from "../../../model/text/say.ts";
import type { LocalAccount, Stored } from "../account.ts";

/** One write as the service gets it. */
export interface WriteRequest<C extends Change = Change> {
  readonly change: C;
  readonly context: WriteContext;
  readonly account: LocalAccount;
  /** The catalogue, by offer id in capitals. */
  readonly offers: ReadonlyMap<string, Spec>;
  /** Now, in RFC 3339. */
  readonly at: string;
  /** Seconds for which a new subscription is pending. */
  readonly pending: number;
  /** An id that nothing has yet. */
  newId(kind: string, ...about: readonly string[]): string;
}

/** What a write does: the objects as they are afterwards, the one that is answered with, and what is handed out once. */
export interface Effect {
  readonly objects: readonly Stored[];
  readonly reply: Stored;
  readonly credential?: { readonly userName: string; readonly secret: string };
}

/** A write of one action. */
export type RequestTo<A extends Change["action"]> = WriteRequest<Extract<Change, { action: A }>>;

/** What the service allows of a kind and what it does then; every function throws an AdapterError where it refuses. */
export interface Rules {
  readonly kind: string;
  /** Every field down to where a backend may lack one. */
  readonly fields: readonly Pointer[];
  readonly repeatable: readonly Verb[];
  readonly create?: (request: RequestTo<"create">) => Effect;
  readonly update?: (request: RequestTo<"update">, old: Stored) => Effect;
  readonly upgrade?: (request: RequestTo<"upgrade">, old: Stored) => Effect;
  readonly remove?: (request: RequestTo<"remove">, old: Stored) => Effect;
}

/** What the service says no to. */
export function rejection(message: string): AdapterError {
  return new AdapterError("rejected", message);
}

/** The effect of changing one object. */
export function changeEffect(old: Stored, how: Partial<Stored>): Effect {
  const reply: Stored = { ...old, ...how, version: old.version + 1 };
  return { objects: [reply], reply };
}

/** The spec with the fields an update asks for, all others as they were; refuses to touch a fixed field. */
export function patchSpec(request: RequestTo<"update">, old: Stored, fixed: readonly Pointer[]): Spec {
  const { change } = request;
  const spec = change.patch.reduce((sofar, { path, value }) => withValue(sofar, path, value), old.spec);
  const moved = fixed.find(
    (pointer) => valueAt(old.spec, pointer) !== undefined && !equal(valueAt(old.spec, pointer), valueAt(spec, pointer)),
  );
  if (moved !== undefined) throw rejection(say`${moved} of ${change.address} cannot change once it is created`);
  return spec;
}

/** A text field of a spec, empty where there is none. */
export function textAt(spec: Spec, pointer: Pointer): string {
  const value = valueAt(spec, pointer);
  return typeof value === "string" ? value : "";
}
