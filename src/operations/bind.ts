import { AdapterError } from "../model/adapter.ts";
import { address, type Address } from "../model/address.ts";
import type { Reference } from "../model/kind.ts";
import type { Observed } from "../model/observed.ts";
import type { Change } from "../model/plan.ts";
import { valueAt } from "../model/pointer.ts";
import type { Run } from "./attempt.ts";
import { collect } from "./observe.ts";

/** The backend's id of the object a change's own lives in. */
export async function parentOf(run: Run, change: Change): Promise<string | undefined> {
  const { parent } = change;
  if (parent === undefined) return undefined;
  const known = run.bound.get(parent as Address)?.id ?? run.plan.refers[parent];
  return known ?? (parent.includes("/") ? missing(parent) : parent);
}

/** Reads what a change refers to, so that the adapter finds it bound: each object once in a run. */
export async function bindReferences(run: Run, change: Change, parentId: string | undefined): Promise<void> {
  const kind = run.kinds.get(change.kind);
  if (!kind || !("desired" in change)) return;
  for (const reference of kind.references) {
    if (!run.kinds.get(reference.kind)?.declared) continue;
    for (const target of targets(reference, change)) await bind(run, { kind: reference.kind, target, ...(reference.scope && parentId !== undefined && { parentId }) });
  }
}

function targets({ pointer, kind, scope }: Reference, change: Change & { readonly desired: Parameters<typeof valueAt>[0] }): readonly Address[] {
  const value = valueAt(change.desired, pointer);
  const names = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const parentName = scope ? change.parent?.slice(change.parent.lastIndexOf("/") + 1) : undefined;
  return names.map((name) => address(kind, String(name), parentName));
}

async function bind(run: Run, { kind, target, parentId }: { readonly kind: string; readonly target: Address; readonly parentId?: string }): Promise<void> {
  if (run.bound.has(target)) return;
  const id = run.plan.refers[target] ?? missing(target);
  const [found]: readonly Observed[] = await collect(run.adapter, { kind, id, ...(parentId !== undefined && { parentId }) }, run.view.signal);
  run.bound.set(target, found ?? missing(target));
}

function missing(target: string): never {
  throw new AdapterError("missing", `${target} is not in the account`);
}
