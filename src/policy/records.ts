import type { ProjectedObject } from "../model/kind.ts";
import type { Change, FieldChange, Impact, Plan } from "../model/plan/plan.ts";
import type { Resource } from "../model/resource.ts";
import { isSpec, type Json, type Spec } from "../model/values/json.ts";
import { constructors, recordFields, type RecordName } from "./record-types.ts";

const names: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(recordFields).map(([name, fields]) => [name, Object.keys(fields)]),
);

/** A value of a CEL type. Its fields come from `own`, otherwise from `from`. */
function record(name: RecordName, own: Fields, from: Fields = {}): object {
  const made = new constructors[name]() as Record<string, unknown>;
  for (const field of names[name] ?? []) {
    const found = field in own ? own[field] : from[field];
    if (found !== undefined) made[field] = found;
  }
  return made;
}

type Fields = Readonly<Record<string, unknown>>;

/** Converts JSON to CEL values: safe integers become int, other numbers double. */
export function value(json: Json): unknown {
  if (typeof json === "number") return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (Array.isArray(json)) return json.map(value);
  return isSpec(json) ? spec(json) : json;
}

function spec(fields: Spec): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) made[name] = value(fields[name] ?? null);
  return made;
}

function whole(count: number | undefined): bigint | undefined {
  return count === undefined ? undefined : BigInt(count);
}

type Loose<T> = { readonly [Field in keyof T]?: T[Field] | undefined };

/** A change in a plan or in a policy's test. */
export type ChangeLike = Omit<Loose<Change>, "fields" | "impact"> & {
  readonly fields?: readonly Loose<FieldChange>[];
  readonly impact?: Loose<Impact>;
  readonly desired?: Spec;
  readonly observed?: { readonly spec: Spec };
  readonly before?: Spec;
};

/** A change as expressions see it. */
export function changeRecord(change: ChangeLike): object {
  const {
    address,
    fields = [],
    impact = {},
    protect = false,
    desired,
    before = change.observed?.spec,
  } = change;
  const own = {
    name: address === undefined ? undefined : lastOf(address),
    protect,
    fields: fields.map(fieldRecord),
    impact: impactRecord(impact),
    before: before && spec(before),
    desired: desired && spec(desired),
  };
  return record("Change", own, change);
}

function fieldRecord({ pointer, cause, before, after }: Loose<FieldChange>): object {
  return record("Field", {
    pointer,
    cause,
    before: before === undefined ? undefined : value(before),
    after: after === undefined ? undefined : value(after),
  });
}

function impactRecord({
  reversible,
  until,
  money,
  seats = 0,
  access,
  destructive,
}: Loose<Impact>): object {
  const { gains = [], loses = [] } = access ?? {};
  return record("Impact", {
    reversible,
    until,
    destructive: destructive === true,
    seats: BigInt(seats),
    money: money && moneyRecord(money),
    access: record("Access", { gains, loses }),
  });
}

/** As doubles, amounts of up to 15 digits equal the same number in an expression. */
function moneyRecord({ perMonth, committed, currency }: NonNullable<Impact["money"]>): object {
  return record("Money", { perMonth: Number(perMonth), committed: Number(committed), currency });
}

/** A plan, or the part of one in a policy's test. */
export type PlanLike = Loose<Omit<Plan, "totals" | "changes">> & {
  readonly totals?: Loose<Plan["totals"]>;
};

/** A plan as expressions see it. `changes` are results of `changeRecord`. */
export function planRecord(
  { account, scope, partial, unchanged, unmanaged, totals = {} }: PlanLike,
  changes: readonly object[],
): object {
  const { money, ...counts } = totals;
  const counted = Object.fromEntries(totalNames.map((name) => [name, BigInt(counts[name] ?? 0)]));
  return record("Plan", {
    account: account?.id,
    adapter: account?.adapter,
    narrowed: scope !== undefined || partial === true,
    changes,
    unchanged: whole(unchanged),
    unmanaged: whole(unmanaged?.length),
    totals: record("Totals", { ...counted, money: money && moneyRecord(money) }),
  });
}

const totalNames = [
  "create",
  "update",
  "upgrade",
  "remove",
  "forget",
  "rename",
  "protect",
  "unprotect",
  "manual",
  "seats",
] as const;

/** A manifest as expressions see it. */
export function resourceRecord(resource: Loose<Resource>): object {
  const { state = "present", protect = false, files = [], spec: written = {} } = resource;
  return record("Resource", { state, protect, files, spec: spec(written as Spec) }, resource);
}

/** An object of the account as expressions see it. */
export function liveRecord(item: Loose<ProjectedObject>): object {
  return record("Live", { spec: spec(item.spec ?? {}) }, item);
}

function lastOf(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}
