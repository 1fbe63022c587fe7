import { AdapterError, type Query, type Support, type WriteContext } from "../../model/adapter.ts";
import type { Cost, ApplyStep } from "../../model/plan/apply-step.ts";
import { equal, isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { type Pointer, withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import type { Clock } from "../../model/clock.ts";
import type { Options } from "./options.ts";
import type { Wire } from "./http/client.ts";

/** What the code of each kind uses. */
export interface Service {
  readonly wire: Wire;
  readonly options: Options;
  readonly supports: Readonly<Record<string, Support>>;
  /** The clock for waiting. */
  readonly clock: Clock;
  /**
   * The directory paths of the agent groups, by name, each looked up once. Writes have their own
   * cache, so that an apply makes the same requests right after a plan and from a saved one.
   */
  readonly groups: Readonly<Record<"read" | "write", Map<string, Promise<string | undefined>>>>;
  /**
   * The first assignment of each directory role. Later ones wait for it, so that the role is
   * activated only once.
   */
  readonly given: Map<string, Promise<void>>;
  /** Template ids of directory roles known to be active. A role cannot be deactivated. */
  readonly activated: Set<string>;
  /** The account id: the id of the partner's tenant. */
  account(signal: AbortSignal): Promise<string>;
}

/** A change with one action. */
export type ChangeTo<A extends Change["action"]> = Extract<Change, { readonly action: A }>;

type Write<A extends Change["action"]> = (
  change: ChangeTo<A>,
  context: WriteContext,
) => Promise<Observed | undefined>;

/** The reads and writes of one kind, and the requests they take. */
export interface KindAdapter {
  readonly kind: string;
  read(query: Query, signal: AbortSignal): AsyncIterable<Observed>;
  /** The number of requests of a step without errors. */
  cost(step: ApplyStep): Cost;
  readonly create?: Write<"create">;
  readonly update?: Write<"update">;
  readonly upgrade?: Write<"upgrade">;
  readonly remove?: Write<"remove">;
}

/** The spec with an update's patch applied. */
export function patchFields(spec: Spec, { patch }: ChangeTo<"update">): Spec {
  return patch.reduce((sofar: Spec, { path, value }) => withValue(sofar, path, value), spec);
}

/** Whether an update changes a field or anything below it. */
export function asksFor({ patch }: ChangeTo<"update">, field: Pointer): boolean {
  return patch.some(({ path }) => path === field || path.startsWith(`${field}/`));
}

/** The object in one field of a spec. Empty if there is none. */
export function part(spec: Json | undefined, field: string): Spec {
  const value = isSpec(spec) ? spec[field] : undefined;
  return isSpec(value) ? value : {};
}

/** Throws AdapterError `conflict` if the current spec differs from the one read before. */
export function demandSame(now: Spec, before: Spec, { address }: Change): void {
  if (!equal(now, before))
    throw new AdapterError("conflict", say`${address} has changed since it was read.`);
}

/** Throws AdapterError `missing`. */
export function throwMissing({ address }: Change): never {
  throw new AdapterError("missing", say`${address} is not in the account any more.`);
}
