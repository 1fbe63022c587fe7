import type { Address } from "../../model/address.ts";
import type { Spec } from "../../model/values/json.ts";
import { type Change, type ChangeId, isForLedger } from "../../model/plan/plan.ts";
import { covers } from "../../model/values/pointer.ts";
import { append } from "../multimap.ts";
import type { Draft } from "../diff/draft.ts";
import { referencedAddresses } from "../match/names.ts";

/** What waits for what. */
export interface Edges {
  /** By change: the changes it has to wait for. */
  readonly graph: ReadonlyMap<ChangeId, ReadonlySet<ChangeId>>;
  /** Addresses that must be there when a change is made, and the changes that need them. */
  readonly needs: ReadonlyMap<Address, readonly Draft[]>;
}

/** A dependant is created after what it refers to has an id that lasts, and goes before it; a second change of an object waits for its creation or upgrade; kinds add their own. */
export function edges(drafts: readonly Draft[]): Edges {
  const graph = new Map<ChangeId, Set<ChangeId>>(drafts.map(({ change }) => [change.id, new Set()]));
  const needs = new Map<Address, Draft[]>();
  const first = new Map<Address, Change>();
  for (const { change } of drafts) if (!first.has(change.address)) first.set(change.address, change);
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
    for (const required of kind.after?.(change, changes) ?? []) if (required !== change.id) wait(change.id, required);
  }
  return { graph, needs };
}

/** What comes first of several changes of an object. */
const starts: readonly Change["action"][] = ["create", "upgrade", "rename"];

/** What a change newly refers to. */
function wanted({ change, kind }: Draft): readonly Address[] {
  if (!("desired" in change)) return [];
  const references = change.action === "create" ? kind.references : touched(change, kind.references);
  return references.flatMap((reference) => referencedAddresses(change.desired, reference, change.parent));
}

/** What will not be referred to any more after a change. */
function left({ change, kind }: Draft): readonly Address[] {
  if (change.action === "create" || isForLedger(change)) return [];
  const references = change.action === "remove" ? kind.references : touched(change, kind.references);
  const spec: Spec = change.observed.spec;
  return references.flatMap((reference) => referencedAddresses(spec, reference, change.parent));
}

function touched(change: Change, references: Draft["kind"]["references"]): Draft["kind"]["references"] {
  return references.filter(({ pointer }) => change.basedOn.some((one) => covers([pointer], one)));
}
