import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { equal, type Spec } from "../../../model/values/json.ts";
import type { Verb } from "../../../model/kind.ts";
import type { Change } from "../../../model/plan/plan.ts";
import { type Pointer, valueAt, withValue } from "../../../model/values/pointer.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import type { LocalAccount } from "../account.ts";
import type { Stored } from "../contents.ts";

/** A write request as the simulated service receives it. */
export interface WriteRequest<C extends Change = Change> {
  readonly change: C;
  readonly context: WriteContext;
  readonly account: LocalAccount;
  /** The current time in RFC 3339. */
  readonly at: string;
  /** Seconds for which a new subscription is pending. */
  readonly pending: number;
  /** Returns an id that is not in use. */
  newId(kind: string, ...about: readonly string[]): string;
}

/**
 * The result of a write: the changed objects, the object to return, and a credential that is handed
 * out once.
 */
export interface Effect {
  readonly objects: readonly Stored[];
  readonly reply: Stored;
  readonly credential?: { readonly userName: string; readonly secret: string };
}

/** A write request with one action. */
export type RequestTo<A extends Change["action"]> = WriteRequest<Extract<Change, { action: A }>>;

/**
 * The service's rules for a kind. Each function returns the effect of a write and throws
 * AdapterError if the service refuses it. A missing function means the action is not supported.
 */
export interface Rules {
  readonly kind: string;
  /** All fields, at the depth at which a backend may lack one. */
  readonly fields: readonly Pointer[];
  readonly repeatable: readonly Verb[];
  /** A creation is an order, which may go through a cart. */
  readonly ordered?: true;
  readonly create?: (request: RequestTo<"create">) => Effect;
  readonly update?: (request: RequestTo<"update">, old: Stored) => Effect;
  readonly upgrade?: (request: RequestTo<"upgrade">, old: Stored) => Effect;
  readonly remove?: (request: RequestTo<"remove">, old: Stored) => Effect;
}

/** An AdapterError `rejected` with this message. */
export function rejection(message: Wording): AdapterError {
  return new AdapterError("rejected", message);
}

/** The effect of changing one object. Increments its version. */
export function changeEffect(old: Stored, how: Partial<Stored>): Effect {
  const reply: Stored = { ...old, ...how, version: old.version + 1 };
  return { objects: [reply], reply };
}

/**
 * The old spec with the update's patch applied. Throws AdapterError `rejected` if the patch changes
 * a fixed field that has a value.
 */
export function patchSpec(
  request: RequestTo<"update">,
  old: Stored,
  fixed: readonly Pointer[],
): Spec {
  const { change } = request;
  const spec = change.patch.reduce(
    (sofar, { path, value }) => withValue(sofar, path, value),
    old.spec,
  );
  const moved = fixed.find(
    (pointer) =>
      valueAt(old.spec, pointer) !== undefined &&
      !equal(valueAt(old.spec, pointer), valueAt(spec, pointer)),
  );
  if (moved !== undefined)
    throw rejection(say`${moved} of ${change.address} cannot change once it is created.`);
  return spec;
}

/** A text field of a spec. Empty if it is missing or not a string. */
export function textAt(spec: Spec, pointer: Pointer): string {
  const value = valueAt(spec, pointer);
  return typeof value === "string" ? value : "";
}
