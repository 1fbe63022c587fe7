import type { Code } from "../../model/codes.ts";
import { address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { type IdentifiedDocument, placeProblem } from "./entry.ts";

/** A document and the resource made from it. */
export interface Resolved {
  readonly entry: IdentifiedDocument;
  readonly resource: Resource;
}

/**
 * Finds documents that could mean the same object: equal keys without a pinned id, equal pinned
 * ids, or a former name that another document has or claims. Names are compared case-insensitively.
 */
export function identityProblems(all: readonly Resolved[]): readonly Diagnostic[] {
  const keys = claims(all, ({ resource }) => resource.pinnedId === undefined, keyOf);
  const ids = claims(
    all,
    ({ resource }) => resource.pinnedId !== undefined,
    ({ resource }) => resource.pinnedId,
  );
  return [
    ...collisions(keys, "/spec", duplicateKey),
    ...collisions(ids, "/metadata/id", duplicateId),
    ...takenNames(all),
  ];
}

type Claims = ReadonlyMap<string, readonly Resolved[]>;

function claims(
  all: readonly Resolved[],
  wanted: (one: Resolved) => boolean,
  claim: (one: Resolved) => string | undefined,
): Claims {
  const found = new Map<string, Resolved[]>();
  for (const one of all) {
    const value = wanted(one) ? claim(one) : undefined;
    if (value === undefined || value === "") continue;
    const scope = scoped(one, value);
    const own = found.get(scope);
    if (own) own.push(one);
    else found.set(scope, [one]);
  }
  return found;
}

function keyOf({ entry, resource }: Resolved): string | undefined {
  return entry.kind.singleton ? undefined : entry.kind.key(resource.spec, resource.name);
}

function scoped({ entry }: Resolved, value: string): string {
  return `${entry.kind.name}\n${entry.parentName ?? ""}\n${value.toLowerCase()}`;
}

type Words = (
  one: Resolved,
  other: Resolved,
) => { readonly code: Code; readonly message: Wording; readonly hint: string };

const duplicateKey: Words = (one, other) => ({
  code: "identity/duplicate-key",
  message: say`${one.resource.address} and ${other.resource.address} (${placeOf(other)}) would be the same ${one.resource.kind}: both go by \`${keyOf(one) ?? ""}\`.`,
  hint: say`Change one of them, or pin the \`metadata.id\` of one that exists.`,
});

const duplicateId: Words = (one, other) => ({
  code: "identity/duplicate-id",
  message: say`${one.resource.address} pins the same id as ${other.resource.address} (${placeOf(other)}).`,
  hint: say`An id belongs to one document.`,
});

function collisions(found: Claims, pointer: Pointer, words: Words): readonly Diagnostic[] {
  return [...found.values()].flatMap(([first, ...others]) =>
    first ? others.map((one) => complain(one, pointer, words(one, first))) : [],
  );
}

function takenNames(all: readonly Resolved[]): readonly Diagnostic[] {
  if (all.every(({ resource }) => resource.previously.length === 0)) return [];
  const owners = claims(all, () => true, keyOf);
  const byAddress = new Map(all.map((one) => [one.resource.address, one]));
  const before = new Map<string, Resolved>();
  return all.flatMap((one) =>
    one.resource.previously.flatMap((name, index) => {
      const named = byAddress.get(address(one.resource.kind, name, one.entry.parentName));
      const keyed = owners.get(scoped(one, name))?.find((other) => other !== one);
      const taken = (named === one ? undefined : named) ?? keyed ?? before.get(scoped(one, name));
      before.set(scoped(one, name), one);
      return taken && taken !== one
        ? [complain(one, `/metadata/previously/${index}`, nameTaken(name, taken))]
        : [];
    }),
  );
}

function nameTaken(name: string, other: Resolved): ReturnType<Words> {
  return {
    code: "identity/previously-taken",
    message: say`\`${name}\` cannot be an earlier name of this: ${other.resource.address} (${placeOf(other)}) goes by it, or claims it too.`,
    hint: say`Keep the name with the document that is that object.`,
  };
}

function placeOf({ resource }: Resolved): string {
  const { file, line } = resource.locate("/metadata/name");
  return `${file}:${line}`;
}

function complain({ entry }: Resolved, pointer: Pointer, words: ReturnType<Words>): Diagnostic {
  return placeProblem(entry.written, { ...words, pointer, part: "value" }, entry.address);
}
