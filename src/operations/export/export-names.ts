import { type Address, address, kindOf, nameOf } from "../../model/address.ts";
import { compare } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Observed } from "../../model/observed.ts";

/**
 * The address that an exported object gets, by kind and id. Undefined if the account has no such
 * object.
 */
export type ExportNames = (kind: string, id: string) => Address | undefined;

/**
 * Assigns each object a name, unique case-insensitively within its parent, because files are named
 * after objects: the ledger's name if known, else one derived from its key, numbered on collision.
 * `kinds` must list parents before their children.
 */
export function giveNames(
  kinds: readonly Kind[],
  observed: readonly Observed[],
  state: LedgerState,
): ExportNames {
  const known = namesInLedger(state);
  const given = new Map<string, Address>();
  const taken = new Set<string>();
  for (const kind of kinds) {
    const own = observed.filter((one) => one.kind === kind.name).sort(byKey);
    const knownAs = ({ id }: Observed) => known.get(`${kind.name}/${id}`);
    for (const one of [...own.filter(knownAs), ...own.filter((other) => !knownAs(other))]) {
      const parent =
        one.parentId === undefined ? undefined : given.get(`${ownerOf(kind)}/${one.parentId}`);
      const called = (name: string) =>
        address(kind.name, kind.singleton ? undefined : name, parent && nameOf(parent));
      const at = called(
        free(knownAs(one) ?? suggested(one.key, kind), (name) =>
          taken.has(called(name).toLowerCase()),
        ),
      );
      taken.add(at.toLowerCase());
      given.set(`${kind.name}/${one.id}`, at);
    }
  }
  return (kind, id) => given.get(`${kind}/${id}`);
}

/** The kind of the parent of a kind's objects. */
export function ownerOf({ references, parent }: Kind): string | undefined {
  return references.find(({ pointer }) => pointer === parent)?.kind;
}

/** The wanted name if free, otherwise the first free one of NAME-2, NAME-3, …. */
function free(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  let number = 2;
  while (taken(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** Names by kind and id. */
function namesInLedger({ ids }: LedgerState): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(ids).map(([at, id]) => [
      `${kindOf(at as Address)}/${id}`,
      nameOf(at as Address),
    ]),
  );
}

function byKey(left: Observed, right: Observed): number {
  return compare(left.key, right.key) || compare(left.id, right.id);
}

const domain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\.[a-z]{2,}$/;

/**
 * Derives a name from a key: lower-case letters, digits and single hyphens of an e-mail address's
 * local part or a domain's first label, at most 80 characters. The kind's name if nothing remains.
 */
function suggested(key: string, kind: Kind): string {
  const [local = ""] = key.split("@", 1);
  const [label = ""] = domain.test(local) ? local.split(".", 1) : [local];
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, 80).replace(/^-+|-+$/g, "") || kind.name.toLowerCase();
}
