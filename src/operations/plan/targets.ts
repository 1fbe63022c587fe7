import { record } from "../../model/text/recorded.ts";
import { type Address, kindOf } from "../../model/address.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { Desired, Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { referencedAddresses, whole } from "../../plan/match/names.ts";

/**
 * How a plan is narrowed. Each pattern is an address or a kind, with `*` and `?` matching within
 * one segment.
 */
export interface Narrowing {
  readonly only?: readonly string[];
  /** Leaves out these addresses, even if others need them. */
  readonly except?: readonly string[];
  /** Selects the addresses written in files for which it returns true. */
  readonly isChanged?: (file: string) => boolean;
}

/**
 * The addresses that a plan is narrowed to: the selected ones and all that they need, without the
 * excepted ones. Undefined for all addresses. Fails if a pattern matches no declared address.
 */
export function widenTargets(
  { resources }: Desired,
  kinds: readonly Pick<Kind, "name" | "references">[],
  options: Narrowing,
): Checked<readonly Address[] | undefined> {
  const { only, except = [], isChanged } = options;
  if (!only && !isChanged && except.length === 0)
    return { ok: true, value: undefined, diagnostics: [] };
  const addresses = resources.map((one) => one.address);
  const matches = [...new Set([...(only ?? []), ...except])].map((one) => ({
    one,
    found: addresses.filter(resolveTargets([one])),
  }));
  const unknown = matches.filter(({ found }) => found.length === 0);
  if (unknown.length > 0)
    return { ok: false, diagnostics: unknown.map(({ one }) => notDeclared(one, addresses)) };
  const named = (patterns: readonly string[]) =>
    matches.flatMap(({ one, found }) => (patterns.includes(one) ? found : []));
  const touched = isChanged
    ? resources.filter(({ files }) => files.some(isChanged)).map((one) => one.address)
    : [];
  const wanted =
    only || isChanged
      ? needed([...named(only ?? []), ...touched], resources, kinds)
      : new Set(addresses);
  for (const one of named(except)) wanted.delete(one);
  return { ok: true, value: [...wanted].sort(), diagnostics: [] };
}

/**
 * The addresses with their parents and references, recursively, as far as declared. An absent
 * resource needs only its parent.
 */
function needed(
  from: readonly Address[],
  resources: readonly Resource[],
  kinds: readonly Pick<Kind, "name" | "references">[],
): Set<Address> {
  const declared = new Map(resources.map((one) => [one.address, one]));
  const references = new Map(kinds.map((kind) => [kind.name, kind.references]));
  const found = new Set<Address>(from);
  // Iterating over a set includes the elements added meanwhile.
  for (const address of found) {
    const one = declared.get(address);
    if (!one) continue;
    const targets =
      one.state === "absent"
        ? []
        : (references.get(one.kind) ?? []).flatMap((reference) =>
            referencedAddresses(whole(one.spec), reference, one.parent),
          );
    for (const target of [...(one.parent ? [one.parent] : []), ...targets])
      if (declared.has(target)) found.add(target);
  }
  return found;
}

/** Returns a function that tests whether an address matches one of the patterns. */
export function resolveTargets(patterns: readonly string[]): (address: Address) => boolean {
  const all = patterns.map(meantBy);
  return (address) => all.some((one) => one(address));
}

/** A pattern without a slash matches a kind. */
function meantBy(pattern: string): (address: Address) => boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const form = new RegExp(`^${literal.replaceAll(/\*+/g, "[^/]*").replaceAll("?", "[^/]")}$`, "u");
  return pattern.includes("/")
    ? (address) => form.test(address)
    : (address) => form.test(kindOf(address));
}

function notDeclared(one: string, declared: readonly Address[]): Diagnostic {
  const names = [...new Set([...declared, ...declared.map(kindOf)])];
  const usual = say`Name an address (Customer/fabrikam), a kind (User) or a pattern (Subscription/*/office).`;
  return record({
    severity: "error",
    code: "scope/unknown",
    message: say`No manifest that was read declares ${one}.`,
    hint: didYouMean(one, names) ?? usual,
  });
}
