import { render } from "../manifest/render.ts";
import type { Checked } from "../model/diagnostic.ts";
import { compare } from "../model/diagnostic.ts";
import { address, nameOf, type Address } from "../model/address.ts";
import type { Json, Spec } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { LedgerState } from "../model/ledger-state.ts";
import type { Observed } from "../model/observed.ts";
import { valueAt, withValue } from "../model/pointer.ts";
import { observe } from "./observe.ts";
import type { Project, View } from "./project.ts";
import { backendTrouble } from "./trouble.ts";

/** The live account as manifest files, by path: planning them changes nothing, and the same account gives the same bytes. */
export async function exportAccount(project: Project, view: View): Promise<Checked<ReadonlyMap<string, string>>> {
  try {
    const { observed } = await observe(project.kinds, view, { parallelism: project.settings.parallelism ?? 16 });
    const named = giveNames(project.kinds, observed, await view.state());
    return { ok: true, value: files(project.kinds, observed, named), diagnostics: [] };
  } catch (error) {
    return { ok: false, diagnostics: [backendTrouble(error, "the account could not be read, so nothing was exported")] };
  }
}

interface Named {
  readonly name: string;
  readonly address: Address;
}

/** Names by id: what the ledger calls an object, else its key as a name; numbered where it would not be unique. */
function giveNames(kinds: readonly Kind[], observed: readonly Observed[], state: LedgerState): ReadonlyMap<string, Named> {
  const bound = new Map(Object.entries(state.bindings).map(([one, { id }]) => [id, one as Address]));
  const named = new Map<string, Named>();
  const taken = new Set<string>();
  for (const kind of kinds) {
    const own = observed.filter((one) => one.kind === kind.name).sort((left, right) => compare(left.key, right.key) || compare(left.id, right.id));
    const known = (one: Observed) => bound.get(one.id)?.startsWith(`${kind.name}/`) ?? false;
    for (const one of [...own.filter(known), ...own.filter((other) => !known(other))]) {
      const wanted = known(one) ? nameOf(bound.get(one.id) as Address) : asName(one.key);
      const parentName = one.parentId === undefined ? undefined : named.get(one.parentId)?.name;
      const name = kind.singleton ? "" : free(wanted, (tried) => taken.has(address(kind.name, tried, parentName)));
      const at = kind.singleton ? address(kind.name) : address(kind.name, name, parentName);
      taken.add(at);
      named.set(one.id, { name, address: at });
    }
  }
  return named;
}

/** Letters, digits and single hyphens of a text, as a manifest name; `unnamed` where none is left. */
function asName(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "unnamed";
}

function free(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  let number = 2;
  while (taken(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** One file for a kind, or one for each object that others live in, together with those. */
function files(kinds: readonly Kind[], observed: readonly Observed[], named: ReadonlyMap<string, Named>): ReadonlyMap<string, string> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const owners = new Set(kinds.flatMap((kind) => kind.references.filter(({ pointer }) => pointer === kind.parent).map((reference) => reference.kind)));
  const contents = new Map<string, { readonly at: Address; readonly kind: Kind; readonly document: Spec }[]>();
  for (const one of observed) {
    const kind = byName.get(one.kind);
    if (!kind) continue;
    const owner = one.parentId === undefined ? (owners.has(one.kind) ? one.id : undefined) : one.parentId;
    const ownerKind = one.parentId === undefined ? one.kind : kind.references.find(({ pointer }) => pointer === kind.parent)?.kind;
    const folder = (ownerKind ?? one.kind).toLowerCase();
    const path = owner === undefined ? `${folder}.yaml` : `${folder}/${named.get(owner)?.name ?? owner}.yaml`;
    const list = contents.get(path) ?? [];
    contents.set(path, list);
    list.push({ at: named.get(one.id)?.address ?? address(one.kind), kind, document: asManifest(kind, one, { named, byName }) });
  }
  const order = new Map(kinds.map((kind, index) => [kind.name, index]));
  const place = (kind: Kind) => order.get(kind.name) ?? 0;
  return new Map(
    [...contents]
      .sort(([left], [right]) => compare(left, right))
      .map(([path, list]) => [path, render(list.sort((left, right) => place(left.kind) - place(right.kind) || compare(left.at, right.at)).map(({ document, kind }) => ({ document, kind })))]),
  );
}

interface Names {
  readonly named: ReadonlyMap<string, Named>;
  readonly byName: ReadonlyMap<string, Kind>;
}

function asManifest(kind: Kind, one: Observed, { named, byName }: Names): Spec {
  const spec = kind.references.reduce<Spec>((sum, { pointer, kind: target }) => {
    const value = valueAt(sum, pointer);
    if (value === undefined || !byName.get(target)?.declared) return sum;
    const toName = (id: Json): Json => named.get(String(id))?.name ?? id;
    return withValue(sum, pointer, Array.isArray(value) ? value.map(toName) : toName(value));
  }, kind.normalize(one.spec) as Spec);
  const head = { apiVersion: "partnercenter/v1", kind: kind.name };
  return kind.singleton ? { ...head, spec } : { ...head, metadata: { name: named.get(one.id)?.name ?? one.key, id: one.id }, spec };
}
