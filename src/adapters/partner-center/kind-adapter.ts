import { AdapterError, type Cost, type Query, type ApplyStep, type Support, type WriteContext } from "../../model/adapter.ts";
import { equal, isSpec, type Json, type Spec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { type Pointer, withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/say.ts";
import type { Clock } from "../../model/clock.ts";
import type { Options } from "./options.ts";
import type { Wire } from "./http/client.ts";

/** What every kind works with. */
export interface Service {
  readonly wire: Wire;
  readonly options: Options;
  readonly supports: Readonly<Record<string, Support>>;
  /** What it waits by. */
  readonly clock: Clock;
  /** Where the agents' groups are in the directory, found once: a group keeps its id. Writing finds them for itself, so that it costs the same after a plan as from one that was saved. */
  readonly groups: Readonly<Record<"read" | "write", Map<string, Promise<string | undefined>>>>;
  /** The first time each directory role is given to somebody: the others wait, so that it is activated once. */
  readonly given: Map<string, Promise<void>>;
  /** The directory roles that are known to be activated, by template id: none is ever deactivated. */
  readonly activated: Set<string>;
  /** The partner's tenant, as the account's id. */
  account(signal: AbortSignal): Promise<string>;
}

/** A change of one action. */
export type ChangeTo<A extends Change["action"]> = Extract<Change, { readonly action: A }>;

type Write<A extends Change["action"]> = (change: ChangeTo<A>, context: WriteContext) => Promise<Observed | undefined>;

/** A kind on the wire: how it is read, the writes there are, and what each takes. */
export interface KindAdapter {
  readonly kind: string;
  read(query: Query, signal: AbortSignal): AsyncIterable<Observed>;
  /** The requests a step takes when nothing disturbs it. */
  cost(step: ApplyStep): Cost;
  readonly create?: Write<"create">;
  readonly update?: Write<"update">;
  readonly upgrade?: Write<"upgrade">;
  readonly remove?: Write<"remove">;
}

/** A spec with the fields an update asks for, all others as they are. */
export function patchFields(spec: Spec, { patch }: ChangeTo<"update">): Spec {
  return patch.reduce((sofar: Spec, { path, value }) => withValue(sofar, path, value), spec);
}

/** Whether an update asks for anything at or below a field. */
export function asksFor({ patch }: ChangeTo<"update">, field: Pointer): boolean {
  return patch.some(({ path }) => path === field || path.startsWith(`${field}/`));
}

/** The part of a spec below one field; empty where there is none. */
export function part(spec: Json | undefined, field: string): Spec {
  const value = isSpec(spec) ? spec[field] : undefined;
  return isSpec(value) ? value : {};
}

/** Throws `conflict` where what is there now is not what was read before. */
export function demandSame(now: Spec, before: Spec, { address }: Change): void {
  if (!equal(now, before)) throw new AdapterError("conflict", say`${address} has changed since it was read`);
}

/** Throws `missing`. */
export function throwMissing({ address }: Change): never {
  throw new AdapterError("missing", say`${address} is not in the account any more`);
}
