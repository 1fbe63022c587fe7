import type { Address } from "../model/address.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Desired } from "../model/resource.ts";
import { say } from "../model/say.ts";

/** The addresses a plan is narrowed to, or undefined for all: those that were named, and those written in files that changed. */
export function widen(
  desired: Desired,
  options: { readonly only?: readonly string[]; readonly changedFiles?: readonly string[] },
): Checked<readonly Address[] | undefined> {
  if (!options.only && !options.changedFiles) return { ok: true, value: undefined, diagnostics: [] };
  const known = new Map(desired.resources.map((one) => [one.address as string, one]));
  const unknown = (options.only ?? []).filter((one) => !known.has(one));
  if (unknown.length > 0) return { ok: false, diagnostics: unknown.map(notDeclared) };
  const files = new Set(options.changedFiles);
  const touched = desired.resources.filter((one) => one.files.some((file) => files.has(file)));
  const named = (options.only ?? []).flatMap((one) => known.get(one) ?? []);
  return { ok: true, value: [...new Set([...named, ...touched].map((one) => one.address))].sort(), diagnostics: [] };
}

function notDeclared(one: string) {
  return {
    severity: "error",
    code: "scope/unknown",
    message: say`no manifest declares ${one}`,
    hint: say`an address looks like Customer/fabrikam or Subscription/fabrikam/office-e3`,
  } as const;
}
