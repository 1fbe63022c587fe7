import { type Address, kindOf } from "../../model/address.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { Desired, Resource } from "../../model/resource.ts";
import { say } from "../../model/text/say.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { referencedAddresses, whole } from "../../plan/match/names.ts";

/** What a plan is narrowed to. Each pattern is an address, a kind, or either with `*` and `?` for what stands between two slashes. */
export interface Narrowing {
  readonly only?: readonly string[];
  /** Left out, also where something else needs it. */
  readonly except?: readonly string[];
  /** The addresses written in a file of which it says so. */
  readonly isChanged?: (file: string) => boolean;
}

/** The addresses a plan is narrowed to, or undefined for all: what was named or changed and all that it needs, without what is excepted. */
export function widenTargets(
  { resources }: Desired,
  kinds: readonly Pick<Kind, "name" | "references">[],
  options: Narrowing,
): Checked<readonly Address[] | undefined> {
  const { only, except = [], isChanged } = options;
  if (!only && !isChanged && except.length === 0) return { ok: true, value: undefined, diagnostics: [] };
  const addresses = resources.map((one) => one.address);
  const matches = [...new Set([...(only ?? []), ...except])].map((one) => ({ one, found: addresses.filter(resolveTargets([one])) }));
  const unknown = matches.filter(({ found }) => found.length === 0);
  if (unknown.length > 0) return { ok: false, diagnostics: unknown.map(({ one }) => notDeclared(one, addresses)) };
  const named = (patterns: readonly string[]) => matches.flatMap(({ one, found }) => (patterns.includes(one) ? found : []));
  const touched = isChanged ? resources.filter(({ files }) => files.some(isChanged)).map((one) => one.address) : [];
  const wanted = only || isChanged ? needed([...named(only ?? []), ...touched], resources, kinds) : new Set(addresses);
  for (const one of named(except)) wanted.delete(one);
  return { ok: true, value: [...wanted].sort(), diagnostics: [] };
}

/** These addresses, what they live in and refer to, and what that needs in turn, as far as it is declared; what is to go needs nothing of what it refers to. */
function needed(
  from: readonly Address[],
  resources: readonly Resource[],
  kinds: readonly Pick<Kind, "name" | "references">[],
): Set<Address> {
  const declared = new Map(resources.map((one) => [one.address, one]));
  const references = new Map(kinds.map((kind) => [kind.name, kind.references]));
  const found = new Set<Address>(from);
  // A set that grows while it is walked is walked to its end.
  for (const address of found) {
    const one = declared.get(address);
    if (!one) continue;
    const targets =
      one.state === "absent"
        ? []
        : (references.get(one.kind) ?? []).flatMap((reference) => referencedAddresses(whole(one.spec), reference, one.parent));
    for (const target of [...(one.parent ? [one.parent] : []), ...targets]) if (declared.has(target)) found.add(target);
  }
  return found;
}

/** Whether an address is meant by one of these patterns. */
export function resolveTargets(patterns: readonly string[]): (address: Address) => boolean {
  const all = patterns.map(meantBy);
  return (address) => all.some((one) => one(address));
}

/** A pattern without a slash means a kind. */
function meantBy(pattern: string): (address: Address) => boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const form = new RegExp(`^${literal.replaceAll(/\*+/g, "[^/]*").replaceAll("?", "[^/]")}$`, "u");
  return pattern.includes("/") ? (address) => form.test(address) : (address) => form.test(kindOf(address));
}

function notDeclared(one: string, declared: readonly Address[]): Diagnostic {
  const names = [...new Set([...declared, ...declared.map(kindOf)])];
  const usual = say`Name an address (Customer/fabrikam), a kind (User) or a pattern (Subscription/*/office).`;
  return {
    severity: "error",
    code: "scope/unknown",
    message: say`No manifest that was read declares ${one}.`,
    hint: didYouMean(one, names) ?? usual,
  };
}
