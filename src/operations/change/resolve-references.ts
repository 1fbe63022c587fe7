import { AdapterError } from "../../model/adapter.ts";
import { type Address, address, nameOf } from "../../model/address.ts";
import type { Json } from "../../model/values/json.ts";
import type { Reference } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { covers, valueAt } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import { collect } from "../plan/observe.ts";
import { once, type ApplyRun } from "../apply/apply-run.ts";
import type { WriteReading } from "./step-results.ts";

/**
 * The backend's id of the change's parent. Undefined without a parent. Throws an AdapterError if
 * the parent has no known id.
 */
export function parentIdOf(run: ApplyRun, change: Change): string | undefined {
  return (
    knownParentId(run, change) ?? (change.parent === undefined ? undefined : missing(change.parent))
  );
}

/**
 * Like `parentIdOf`, but undefined if unknown. The id comes from this run, the plan or the ledger.
 */
export function knownParentId(run: ApplyRun, { parent }: Change): string | undefined {
  if (parent === undefined) return undefined;
  const known = run.made.get(parent as Address)?.id ?? idOf(run, parent as Address);
  return known ?? (parent.includes("/") ? undefined : parent);
}

function idOf(run: ApplyRun, target: Address): string | undefined {
  return run.plan.refers[target] ?? run.ledger.ids[target];
}

/**
 * Binds the objects that a change newly refers to, for the adapter. Each is read once per run,
 * unless it was just listed or this run created it. The parent is bound by its id alone.
 */
export async function resolveReferences(
  run: ApplyRun,
  change: Change,
  { parentId, beside }: WriteReading,
): Promise<void> {
  const own = run.kinds.get(change.kind);
  const near = change.action === "create" ? beside : [];
  for (const reference of own?.references ?? []) {
    if (!run.kinds.get(reference.kind)?.declared) continue;
    const within = reference.scope && parentId !== undefined ? { parentId } : {};
    for (const target of newTargets(reference, change)) {
      if (reference.pointer !== own?.parent)
        await bind(run, { kind: reference.kind, target, near, ...within });
      else if (!run.made.has(target))
        run.bound.set(target, {
          kind: reference.kind,
          id: parentId ?? missing(target),
          key: "",
          spec: {},
        });
    }
  }
}

/** The live object bound to an address. Throws an AdapterError if there is none. */
export function boundTo(run: ApplyRun, target: Address): Observed {
  return run.bound.get(target) ?? run.made.get(target) ?? missing(target);
}

/** The address of the object that a reference calls by this name. */
export function addressOf({ kind, scope }: Reference, { parent }: Change, name: Json): Address {
  const within = scope && parent !== undefined ? nameOf(parent as Address) || parent : undefined;
  return address(kind, String(name), within);
}

function newTargets(reference: Reference, change: Change): readonly Address[] {
  if (!("desired" in change)) return [];
  const touched =
    change.action === "create" || change.basedOn.some((one) => covers([reference.pointer], one));
  const value = touched ? valueAt(change.desired, reference.pointer) : undefined;
  const names: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return names.map((name) => addressOf(reference, change, name));
}

interface Target {
  readonly kind: string;
  readonly target: Address;
  readonly parentId?: string;
  readonly near: readonly Observed[];
}

async function bind(run: ApplyRun, { kind, target, parentId, near }: Target): Promise<void> {
  const id = idOf(run, target);
  const made = run.made.get(target);
  const seen = near.find((one) => one.kind === kind && one.id === id);
  // An object that this run has only updated is read like any other one, to keep the number of
  // requests independent of the order of work.
  if (made && made.id !== run.plan.refers[target]) run.bound.set(target, made);
  else if (seen) run.bound.set(target, seen);
  else
    await once(run.bindings, target, async () => {
      const query = {
        kind,
        id: id ?? missing(target),
        ...(parentId !== undefined && { parentId }),
      };
      const [found] = await collect(run.adapter, query, run.view.signal);
      run.bound.set(target, found ?? missing(target));
    });
}

function missing(target: string): never {
  throw new AdapterError("missing", say`${target} is not in the account.`);
}
