import type { Diagnostic } from "../model/diagnostic.ts";
import { canonical } from "../model/digest.ts";
import type { Spec } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Observed } from "../model/observed.ts";
import { valueAt } from "../model/pointer.ts";
import type { Resource } from "../model/resource.ts";
import { say } from "../model/say.ts";
import type { Desk } from "./draft.ts";
import { whole } from "./names.ts";
import { problem } from "./problem.ts";
import { seen } from "./seen.ts";

/** Why a resource may not be created: a live object that no manifest claims may be the very one. */
export type FindTwin = (resource: Resource, kind: Kind) => Diagnostic | undefined;

/** Looks for twins among the unmanaged objects of the same parent; each kind is indexed once, when it is first asked for. */
export function findTwin(desk: Desk): FindTwin {
  const indices = new Map<string, ReadonlyMap<string, Observed>>();
  return (resource, kind) => {
    const parentId = resource.parent === undefined ? "" : desk.matching.pairs.get(resource.parent)?.observed.id;
    const likeness = kind.twin && like(whole(resource.spec), kind.twin);
    if (resource.additional || parentId === undefined || likeness === undefined) return undefined;
    const index = indices.get(kind.name) ?? indexOf(kind, desk);
    indices.set(kind.name, index);
    const twin = index.get(`${parentId}\n${likeness}`);
    return twin && complain(resource, kind, twin);
  };
}

function indexOf(kind: Kind, desk: Desk): ReadonlyMap<string, Observed> {
  const index = new Map<string, Observed>();
  for (const observed of desk.matching.unmanaged) {
    if (observed.kind !== kind.name) continue;
    const spec = seen(observed, kind, desk.matching);
    const place = `${observed.parentId ?? ""}\n${like(spec, kind.twin ?? [])}`;
    const other = index.get(place);
    if (!kind.gone(spec) && (other === undefined || observed.id < other.id)) index.set(place, observed);
  }
  return index;
}

function like(spec: Spec, pointers: readonly string[]): string | undefined {
  const values = pointers.map((pointer) => valueAt(spec, pointer));
  return values.includes(undefined) ? undefined : canonical(values);
}

function complain(resource: Resource, kind: Kind, twin: Observed): Diagnostic {
  const fields = (kind.twin ?? []).map((pointer) => pointer.slice(1)).join(", ");
  return problem(resource, "/metadata/name", {
    code: "identity/twin",
    message: say`${resource.address} is not in the account, but ${twin.key} (${twin.id}) is live there with the same ${fields}, and no manifest claims it.`,
    hint: say`If it is that one, pin its id (metadata.id: ${twin.id}) or name it in metadata.previously; to have another one, say metadata.additional: true.`,
  });
}
