import type { Address } from "../../model/address.ts";
import type { Spec } from "../../model/values/json.ts";
import { type Change, type ChangeId, isForLedger } from "../../model/plan/plan.ts";
import { covers } from "../../model/values/pointer.ts";
import { append } from "../multimap.ts";
import type { Draft } from "../diff/draft.ts";
import { referencedAddresses } from "../match/names.ts";

/** The dependencies between changes. */
export interface Edges {
  /** By change: the changes that it waits for. */
  readonly graph: ReadonlyMap<ChangeId, ReadonlySet<ChangeId>>;
  /** By address: the changes that need the object to exist. */
  readonly needs: ReadonlyMap<Address, readonly Draft[]>;
}

/**
 * Finds the dependencies between changes: a change waits for the create or upgrade of what it newly
 * refers to; a removal waits for changes that stop referring to the object; an object's later
 * changes wait for its first one if that is a create, upgrade or rename. Kinds add more in `after`.
 */
export function edges(drafts: readonly Draft[]): Edges {
  const graph = new Map<ChangeId, Set<ChangeId>>(
    drafts.map(({ change }) => [change.id, new Set()]),
  );
  const needs = new Map<Address, Draft[]>();
  const first = new Map<Address, Change>();
  for (const { change } of drafts)
    if (!first.has(change.address)) first.set(change.address, change);
  const changes = drafts.map(({ change }) => change);
  const wait = (id: ChangeId, required: ChangeId) => {
    if (graph.has(required)) graph.get(id)?.add(required);
  };
  for (const draft of drafts) {
    const { change, kind } = draft;
    const start = first.get(change.address);
    if (start !== change && start && starts.includes(start.action)) wait(change.id, start.id);
    for (const target of wanted(draft)) {
      append(needs, target, draft);
      const made = first.get(target);
      if (made?.action === "create" || made?.action === "upgrade") wait(change.id, made.id);
    }
    for (const target of left(draft)) {
      const gone = first.get(target);
      if (gone?.action === "remove" && gone !== change) wait(gone.id, change.id);
    }
    for (const required of kind.after?.(change, changes) ?? [])
      if (required !== change.id) wait(change.id, required);
  }
  return { graph, needs };
}

/** Actions that the object's later changes wait for. */
const starts: readonly Change["action"][] = ["create", "upgrade", "rename"];

/**
 * What a change newly refers to: all references of a create, the changed ones of an update or
 * upgrade.
 */
function wanted({ change, kind }: Draft): readonly Address[] {
  if (!("desired" in change)) return [];
  const references =
    change.action === "create" ? kind.references : touched(change, kind.references);
  return references.flatMap((reference) =>
    referencedAddresses(change.desired, reference, change.parent),
  );
}

/**
 * What a change may stop referring to: all references of a removal, the changed ones of an update
 * or upgrade.
 */
function left({ change, kind }: Draft): readonly Address[] {
  if (change.action === "create" || isForLedger(change)) return [];
  const references =
    change.action === "remove" ? kind.references : touched(change, kind.references);
  const spec: Spec = change.observed.spec;
  return references.flatMap((reference) => referencedAddresses(spec, reference, change.parent));
}

function touched(
  change: Change,
  references: Draft["kind"]["references"],
): Draft["kind"]["references"] {
  return references.filter(({ pointer }) => change.basedOn.some((one) => covers([pointer], one)));
}
