import { compile } from "../../manifest/compile.ts";
import { type Address, address } from "../../model/address.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { type Applied, noHash } from "../../model/ledger/ledger.ts";
import type { Observed } from "../../model/observed.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { valueAt, withValue } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import type { Source } from "../../model/source.ts";
import { plan } from "../../plan/plan.ts";
import type { Policing } from "../project/policy.ts";
import type { Project } from "../project/project.ts";
import { compileContext } from "../project/validate.ts";

/**
 * Options of a comparison. `asOf` is its date (YYYY-MM-DD), `name` stands for the account, and
 * `prices` is used for prices only.
 */
export interface DiffOptions {
  readonly asOf: string;
  readonly name?: string;
  readonly prices?: Catalogue;
  /** The project's policies, which also check the changes. */
  readonly policies?: Policing;
  /** At least one of the two sets was not read completely. */
  readonly partial?: true;
}

/**
 * Plans the changes from one set of manifests to another without a backend: the first set stands in
 * for the account.
 */
export function diff(
  project: Project,
  from: readonly Source[],
  to: readonly Source[],
  options: DiffOptions,
): Checked<Plan> {
  const { policies } = options;
  const before = compile(from, compileContext(project));
  const after = compile(to, compileContext(project));
  if (!before.ok || !after.ok)
    return { ok: false, diagnostics: [...before.diagnostics, ...after.diagnostics] };
  const kinds = new Map(project.kinds.map((kind) => [kind.name, kind]));
  const present = before.value.resources.filter(({ state }) => state === "present");
  const declared = new Map(after.value.resources.map((one) => [one.address, one]));
  const value = plan({
    kinds: project.kinds.map((kind) => priced(kind, options.prices)),
    desired: { ...after.value, resources: pinnedTo(present, after.value.resources) },
    observed: present.map((one) =>
      asObserved(withFixed(one, declared.get(one.address), kinds.get(one.kind)), kinds),
    ),
    applied: appliedFrom(present),
    supports: Object.fromEntries(
      project.kinds.map((kind) => [
        kind.name,
        { verbs: kind.verbs, readable: [""], writable: [""], repeatable: [] },
      ]),
    ),
    account: { id: options.name ?? before.value.digest, adapter: "manifests" },
    guards: project.settings.guards,
    exclusive: [],
    ...(options.partial && { partial: true }),
    asOf: options.asOf,
    basis: {
      ledger: { id: "", head: noHash },
      manifests: after.value.digest,
      settings: project.settingsDigest,
      ...(policies && { policies: policies.digest }),
    },
    ...(policies && { judge: (made, world) => policies.plan(made, after.value.resources, world) }),
  });
  return { ok: true, value, diagnostics: after.diagnostics };
}

/**
 * Translates the second set's pins. Ids in the first set are addresses, so a pin leads to the
 * resource there with the same pinned id, or is dropped.
 */
function pinnedTo(
  present: readonly Resource[],
  resources: readonly Resource[],
): readonly Resource[] {
  const pinned = new Map(
    present.flatMap(({ pinnedId, address: id }) =>
      pinnedId === undefined ? [] : [[pinnedId, id]],
    ),
  );
  return resources.map(({ pinnedId = "", ...resource }) => {
    const found = pinned.get(pinnedId);
    return found === undefined ? resource : { ...resource, pinnedId: found };
  });
}

/** Treats the first set as applied, each resource under its address. */
function appliedFrom(present: readonly Resource[]): Applied {
  const declared = new Set(present.map(({ address: id }) => id));
  const kept = new Set(present.filter(({ protect }) => protect).map(({ address: id }) => id));
  return {
    id: (id) => (declared.has(id) ? id : undefined),
    nameOf: (id) => (declared.has(id as Address) ? (id as Address) : undefined),
    protects: (id) => kept.has(id),
    removed: () => false,
    unsettled: () => [],
    doubts: () => [],
    sentOtherwise: () => undefined,
    alike: () => [],
    successor: (id) => id,
    matches: () => undefined,
    attested: () => false,
    open: () => undefined,
  };
}

/** `prices` must not enable checks that look up offers: only a backend knows all offers. */
function priced(kind: Kind, prices: Catalogue | undefined): Kind {
  return {
    ...kind,
    impact: (change, outlook) =>
      kind.impact(change, { ...outlook, ...(prices && { catalogue: prices }) }),
  };
}

/**
 * Copies fixed fields that only the second set mentions: they cannot have been different before.
 * References are not copied, because they have no defaults.
 */
function withFixed(
  before: Resource,
  after: Resource | undefined,
  kind: Kind | undefined,
): Resource {
  const references = new Set(kind?.references.map(({ pointer }) => pointer));
  const spec = (kind?.fixed ?? []).reduce<Spec>((sum, pointer) => {
    const value = after && valueAt(after.spec as Spec, pointer);
    return value === undefined || references.has(pointer) || valueAt(sum, pointer) !== undefined
      ? sum
      : withValue(sum, pointer, value);
  }, before.spec as Spec);
  return { ...before, spec };
}

/** A declared object as an account would return it, with addresses as ids. */
function asObserved(resource: Resource, kinds: ReadonlyMap<string, Kind>): Observed {
  const { kind: kindName, name, address: id, parent } = resource;
  const kind = kinds.get(kindName);
  if (!kind) throw new TypeError(`no kind ${kindName}`);
  const written = resource.spec as Spec;
  const spec = kind.references.reduce<Spec>((sum, reference) => {
    const value = valueAt(sum, reference.pointer);
    if (value === undefined || !kinds.get(reference.kind)?.declared) return sum;
    const parentName = reference.scope ? parent?.slice(parent.lastIndexOf("/") + 1) : undefined;
    const toId = (one: Json): Address => address(reference.kind, String(one), parentName);
    return withValue(sum, reference.pointer, Array.isArray(value) ? value.map(toId) : toId(value));
  }, written);
  return {
    kind: kindName,
    id,
    key: kind.key(written, name),
    spec,
    ...(parent !== undefined && { parentId: parent }),
  };
}
