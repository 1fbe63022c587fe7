import { type Address, kindOf } from "../address.ts";
import { equal, type Json, type Spec } from "../values/json.ts";
import type { Applied, AppliedFields, AppliedValue, Doubt, Unsettled } from "./ledger.ts";
import { type Binding, isCreation, type LedgerState, objectOf } from "./ledger-objects.ts";
import { isSentAs, sentBy } from "./applied-fields.ts";
import { type Keyed, marksOf } from "./marks.ts";
import { type Pointer, withValue } from "../values/pointer.ts";

/**
 * Returns what the planner needs from a ledger's state. `keyed` digests a personal value (null
 * without a key). `open`: addresses whose last write is not settled or not visible yet.
 */
export function appliedView(state: LedgerState, keyed: Keyed, open: ReadonlySet<Address>): Applied {
  const unsettled = new Map(
    Object.values(state.open).map((intent) => [intent.address, intent.change]),
  );
  const same = (
    known: AppliedValue | undefined,
    { address, pointer }: Place,
    value: Json | undefined,
  ) => {
    if (known === undefined) return undefined;
    if ("value" in known) return equal(known.value, value);
    if (value === undefined) return false;
    const now = keyed(objectOf(state, address), pointer, value);
    return known.keyed === null || now === null ? undefined : known.keyed === now;
  };
  let names: ReadonlyMap<string, Address> | undefined;
  let late: readonly Unsettled[] | undefined;
  let inDoubt: readonly InDoubt[] | undefined;
  let marked: ReadonlyMap<string, readonly Address[]> | undefined;
  return {
    id: (address) => state.ids[address],
    nameOf: (id, kind) => {
      names ??= namesIn(state);
      return names.get(`${kind}\n${id.toLowerCase()}`);
    },
    protects: (address) => state.protected[address] === true,
    removed: (address) =>
      state.ids[address] !== undefined && state.bindings[address]?.action === "remove",
    successor: (id) => lastOf(state.successors, id),
    matches: (address, pointer, value) =>
      same(state.applied[address]?.[pointer], { address, pointer }, value),
    attested: (address, pointer, value) =>
      same(state.attested[address]?.[pointer], { address, pointer }, value) === true,
    open: (address) =>
      open.has(address) ? (unsettled.get(address) ?? state.bindings[address]?.change) : undefined,
    unsettled: (kind) => {
      late ??= unsettledIn(state, open);
      return late.filter(({ address }) => kindOf(address) === kind);
    },
    doubts: (kind, made) => {
      inDoubt ??= doubtsIn(state, open);
      if (inDoubt.length === 0) return [];
      const marks = marksOf(kind, made, keyed);
      return inDoubt.filter((one) => one.marks.some((mark) => marks.includes(mark)));
    },
    sentOtherwise: (change, kind) => {
      const pending =
        isCreation(change.action) && change.by === "adapter"
          ? state.attempts[change.address]?.pending
          : undefined;
      const isSame =
        pending &&
        isSentAs(pending, sentBy(change, kind, { object: objectOf(state, change.address), keyed }));
      return isSame === false ? pending?.change : undefined;
    },
    alike: (kind, made) => {
      marked ??= byMark(state);
      return [...new Set(marksOf(kind, made, keyed).flatMap((mark) => marked?.get(mark) ?? []))];
    },
  };
}

interface Place {
  readonly address: Address;
  readonly pointer: Pointer;
}

interface InDoubt extends Doubt {
  readonly marks: readonly string[];
}

function namesIn({ ids }: LedgerState): ReadonlyMap<string, Address> {
  const named = Object.entries(ids) as [Address, string][];
  return new Map(
    named.map(([address, id]) => [`${kindOf(address)}\n${id.toLowerCase()}`, address]),
  );
}

/** Indexes known objects, except removed ones, by the marks from their creation. */
function byMark({ bindings }: LedgerState): ReadonlyMap<string, readonly Address[]> {
  const found = new Map<string, Address[]>();
  for (const [address, { action, marks = [] }] of Object.entries(bindings) as [
    Address,
    Binding,
  ][]) {
    if (action === "remove") continue;
    for (const mark of marks) found.set(mark, [...(found.get(mark) ?? []), address]);
  }
  return found;
}

/** Returns open creations, and objects whose last write is not settled or not visible yet. */
function doubtsIn(state: LedgerState, open: ReadonlySet<Address>): readonly InDoubt[] {
  const intents = Object.values(state.open).filter(({ action }) => isCreation(action));
  const bound = [...open].flatMap((address): readonly InDoubt[] => {
    const binding = state.bindings[address];
    return binding
      ? [{ address, change: binding.change, known: true, marks: binding.marks ?? [] }]
      : [];
  });
  return [
    ...intents.map(({ address, change, marks = [] }) => ({ address, change, known: false, marks })),
    ...bound,
  ];
}

/** Returns open writes, and completed ones that are not visible yet. */
function unsettledIn(state: LedgerState, open: ReadonlySet<Address>): readonly Unsettled[] {
  const intents = Object.values(state.open);
  const begun = new Set(intents.map(({ address }) => address));
  const sent = (address: Address, fields: AppliedFields = {}) =>
    specOf({ ...state.applied[address], ...fields });
  const late = [...open].flatMap((address): readonly Unsettled[] => {
    const binding = begun.has(address) ? undefined : state.bindings[address];
    const left = binding?.action === "remove" ? "removed" : "there";
    return binding ? [{ address, change: binding.change, left, spec: sent(address) }] : [];
  });
  return [
    ...intents.map(({ address, change, fields }) => ({
      address,
      change,
      spec: sent(address, fields),
    })),
    ...late,
  ];
}

function specOf(fields: AppliedFields): Spec {
  const known = Object.entries(fields).flatMap(([pointer, one]) =>
    "value" in one ? [[pointer, one.value] as const] : [],
  );
  return known.reduce((spec: Spec, [pointer, value]) => withValue(spec, pointer, value), {});
}

function lastOf(successors: Readonly<Record<string, string>>, id: string): string {
  const next = successors[id];
  return next === undefined ? id : lastOf(successors, next);
}
