import fastJsonPatch from "fast-json-patch";
import { type Address, nameOf } from "../../src/model/address.ts";
import type { Json, Spec } from "../../src/model/values/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Change, Plan } from "../../src/model/plan/plan.ts";
import { valueAt, withValue } from "../../src/model/values/pointer.ts";
import { referencedAddresses } from "../../src/plan/match/names.ts";

/**
 * An account of toys that does what a plan says and nothing else, and remembers ids as a ledger
 * would.
 */
export interface Account {
  readonly objects: Map<string, Observed>;
  readonly ids: Map<string, string>;
  next: number;
}

/**
 * Does every change of a plan in an order its requirements allow. Throws where there is none, or
 * where a reference leads nowhere.
 */
export function applyPlan(account: Account, plan: Plan, kinds: readonly Kind[]): void {
  const done = new Set<string>();
  let waiting = [...plan.changes];
  const known = new Map<string, string>(Object.entries(plan.refers));
  while (waiting.length > 0) {
    const ready = waiting.filter(({ requires }) => requires.every((id) => done.has(id)));
    if (ready.length === 0)
      throw new Error(`nothing can begin: ${waiting.map(({ id }) => id).join(" ")}`);
    for (const change of ready) {
      const kind = kinds.find(({ name }) => name === change.kind);
      if (kind === undefined) throw new Error(change.kind);
      write(account, change, { kind, known });
      done.add(change.id);
    }
    waiting = waiting.filter(({ id }) => !done.has(id));
  }
}

interface Context {
  readonly kind: Kind;
  readonly known: Map<string, string>;
}

function write(account: Account, change: Change, { kind, known }: Context): void {
  const bind = (object: Observed) => {
    account.objects.set(`${kind.name} ${object.id}`, object);
    account.ids.set(change.address, object.id);
    known.set(change.address, object.id);
  };
  if (change.action === "create") {
    const spec = inIds(change.desired, change, { kind, known });
    const parent =
      kind.parent === undefined ? {} : { parentId: String(valueAt(spec, kind.parent)) };
    account.next += 1;
    bind({ kind: kind.name, id: `new${account.next}`, key: change.key, spec, ...parent });
    return;
  }
  const id = known.get(change.address) ?? change.observed.id;
  const old = account.objects.get(`${kind.name} ${id}`) ?? {
    kind: kind.name,
    id: "only",
    key: "",
    spec: {},
  };
  if (change.action === "remove") account.objects.delete(`${kind.name} ${id}`);
  if (change.action === "remove" || change.action === "forget") {
    account.ids.delete(change.address);
    return;
  }
  if (change.action === "protect" || change.action === "unprotect") return;
  if (change.action === "rename") {
    account.ids.delete(change.from);
    account.ids.set(change.address, id);
    return;
  }
  const name = nameOf(change.address);
  if (change.action === "upgrade") {
    account.objects.delete(`${kind.name} ${id}`);
    account.next += 1;
    const spec = change.fields.reduce(
      (result: Spec, { pointer, after }) => withValue(result, pointer, after),
      old.spec,
    );
    for (const [at, other] of account.objects) {
      if (other.spec.base === id)
        account.objects.set(at, { ...other, spec: { ...other.spec, base: `up${account.next}` } });
    }
    bind({ ...old, id: `up${account.next}`, spec, key: kind.key(spec, name) });
    return;
  }
  const patched = fastJsonPatch.applyPatch(
    structuredClone(old.spec),
    structuredClone(change.patch) as fastJsonPatch.Operation[],
    true,
  ).newDocument as Spec;
  const spec = withReferences(patched, change, { kind, known });
  bind({ ...old, spec, key: kind.key(spec, name) });
}

/** The references a change touched, as ids. */
function withReferences(
  spec: Spec,
  change: Change & { readonly desired: Spec },
  context: Context,
): Spec {
  const ids = inIds(change.desired, change, context);
  const own = context.kind.references.filter(({ pointer }) => change.basedOn.includes(pointer));
  return own.reduce(
    (result, { pointer }) => withValue(result, pointer, valueAt(ids, pointer)),
    spec,
  );
}

function inIds(spec: Spec, change: Change, { kind, known }: Context): Spec {
  return kind.references.reduce((result, reference) => {
    const value = valueAt(spec, reference.pointer);
    const ids = referencedAddresses(spec, reference, change.parent).map(
      (target) => known.get(target) ?? unknown(target, reference.kind, String(value)),
    );
    return value === undefined
      ? result
      : withValue(result, reference.pointer, (Array.isArray(value) ? ids : ids[0]) as Json);
  }, spec);
}

function unknown(target: Address, kind: string, value: string): string {
  if (kind === "Product") return value;
  throw new Error(`${target} is not bound`);
}
