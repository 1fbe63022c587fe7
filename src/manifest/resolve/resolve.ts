import type { Address } from "../../model/address.ts";
import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import { isSpec, type Json } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import type { Assembled } from "./assemble.ts";
import { findReferenceCycles } from "./reference-cycles.ts";
import type { CompileContext } from "../context.ts";
import type { FieldProblem } from "../schema/problem.ts";
import { type IdentifiedDocument, placeProblem } from "./entry.ts";
import { identityProblems, type Resolved } from "./name-conflicts.ts";
import { brokenReferences, mentions, specOf, withoutAliases } from "./references.ts";
import { hints, type Mention } from "./reference-hints.ts";
import { locate, type Written } from "./layers.ts";

/**
 * Checks addresses, references, identities and the kinds' rules. Returns the resources of valid
 * documents, sorted by address; of two with the same address, the first.
 */
export function resolve(
  assembled: Assembled,
  context: CompileContext,
): { readonly resolved: readonly Resolved[]; readonly diagnostics: readonly Diagnostic[] } {
  const { entries: all, whole } = assembled;
  const { entries, diagnostics } = byAddress(all);
  const declared = new Set(context.kinds.filter((kind) => kind.declared).map(({ name }) => name));
  const known = {
    entries,
    names: context.names,
    whole,
    hint: hints(entries.values(), context.names),
  };
  const resolved: Resolved[] = [];
  const edges = new Map<Address, readonly Mention[]>();
  for (const entry of all) {
    const found = mentions(entry, declared);
    if (entry.written.sound)
      for (const broken of brokenReferences(entry, found, known)) diagnostics.push(broken);
    if (found.some(isBeside)) edges.set(entry.address, found.filter(isBeside));
    if (entry.valid && entries.get(entry.address) === entry)
      resolved.push({ entry, resource: resource(entry, found, context.names) });
  }
  for (const one of circular(edges, entries)) diagnostics.push(one);
  resolved.sort((left, right) => compare(left.resource.address, right.resource.address));
  for (const one of [...identityProblems(resolved), ...rules(context.kinds, resolved)])
    diagnostics.push(one);
  return { resolved, diagnostics };
}

function byAddress(all: readonly IdentifiedDocument[]) {
  const entries = new Map<Address, IdentifiedDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const entry of all) {
    const first = entries.get(entry.address);
    if (first) diagnostics.push(duplicate(entry, first));
    else entries.set(entry.address, entry);
  }
  return { entries, diagnostics };
}

function duplicate(entry: IdentifiedDocument, first: IdentifiedDocument): Diagnostic {
  const pointer = entry.kind.singleton ? "/kind" : "/metadata/name";
  const { file, line } = locate(first.written, pointer);
  const words: Pick<FieldProblem, "code" | "message" | "hint"> = {
    code: "identity/duplicate-address",
    message: say`${entry.address} is declared twice; the other is at ${file}:${line}.`,
    hint: entry.kind.singleton
      ? say`There is one ${entry.kind.name}: make them one document.`
      : say`Give one of them another name, or take it out.`,
  };
  return placeProblem(entry.written, { ...words, pointer, part: "value" }, entry.address);
}

function isBeside({ reference, address }: Mention): boolean {
  return reference.scope === "parent" && address !== undefined;
}

function circular(
  edges: ReadonlyMap<Address, readonly Mention[]>,
  entries: ReadonlyMap<Address, IdentifiedDocument>,
): readonly Diagnostic[] {
  const targets = new Map(
    [...edges].map(([from, found]) => [from, found.flatMap(({ address }) => address ?? [])]),
  );
  return findReferenceCycles(targets).flatMap((cycle) => {
    const [first, second = first] = cycle;
    const entry = first && entries.get(first);
    const mention = first && edges.get(first)?.find(({ address }) => address === second);
    if (!entry || !mention) return [];
    const message = say`This is a cycle of references: ${[...cycle, first].join(" → ")}.`;
    const words: Omit<FieldProblem, "pointer"> = {
      code: "reference/circular",
      message,
      hint: say`Take one of these references out.`,
      part: "value",
    };
    return [placeProblem(entry.written, { ...words, pointer: `/spec${mention.pointer}` }, first)];
  });
}

function resource(
  entry: IdentifiedDocument,
  found: readonly Mention[],
  names: CompileContext["names"],
): Resource {
  const { written, document, kind } = entry;
  const metadata = isSpec(document.metadata) ? document.metadata : {};
  const { reason } = document;
  return {
    address: entry.address,
    kind: kind.name,
    name: entry.name,
    parent: entry.parent,
    spec: kind.normalize(withoutAliases(specOf(entry), found, names)),
    state: entry.absent ? "absent" : "present",
    reason: typeof reason === "string" ? reason : undefined,
    pinnedId: typeof metadata.id === "string" ? metadata.id : undefined,
    previously: texts(metadata.previously),
    protect: metadata.protect === true,
    allowDuplicate: metadata.allowDuplicate === true,
    files: filesOf(written),
    locate: (pointer) => locate(written, pointer),
  };
}

function filesOf({ layers }: Written): readonly string[] {
  return layers.length === 1
    ? [layers[0].file.path]
    : [...new Set(layers.map(({ file }) => file.path))];
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one: Json) => typeof one === "string") : [];
}

function rules(kinds: readonly Kind[], resolved: readonly Resolved[]): readonly Diagnostic[] {
  const byAddress = new Map(resolved.map(({ resource }) => [resource.address, resource]));
  const byKind = new Map<string, Resource[]>(kinds.map(({ name }) => [name, []]));
  for (const { resource } of resolved) byKind.get(resource.kind)?.push(resource);
  return kinds.flatMap((kind) =>
    kind.rules(byKind.get(kind.name) ?? [], (address) => byAddress.get(address)),
  );
}
