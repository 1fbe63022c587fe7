import { byPlace, type Checked, hasErrors } from "../model/diagnostic.ts";
import { digest } from "../model/digest.ts";
import type { Desired } from "../model/resource.ts";
import type { Source } from "../model/source.ts";
import { assemble } from "./assemble.ts";
import type { CompileContext } from "./context.ts";
import type { Resolved } from "./identity.ts";
import { recall, setKey } from "./recall.ts";
import { resolve } from "./resolve.ts";

export type { CompileContext } from "./context.ts";

/** What a manifest set asks for, or every problem it has, in the order of places. All or nothing. */
export function compile(sources: readonly Source[], context: CompileContext): Checked<Desired> {
  const sets = context.cache?.compiled;
  const key = sets && setKey(sources, context);
  const known = key === undefined ? undefined : sets?.get(key);
  if (known) return { ok: true, value: recall(known, () => compileDocuments(sources, context)), diagnostics: [] };
  const compiled = compileDocuments(sources, context);
  if (!compiled.ok) return compiled;
  const resources = compiled.value.map(({ resource }) => resource);
  const identity = digest(resources.map((resource) => [resource.address, resource.digest]));
  // A remark has a place, and is made anew each time.
  if (key !== undefined && compiled.diagnostics.length === 0) sets?.set(key, { digest: identity, resources });
  return { ok: true, value: { resources, digest: identity }, diagnostics: compiled.diagnostics };
}

/** The same, each resource with the document it was made from. @internal */
export function compileDocuments(sources: readonly Source[], context: CompileContext): Checked<readonly Resolved[]> {
  const assembled = assemble(sources, context);
  const { resolved, diagnostics } = resolve(assembled, context);
  const all = [...assembled.diagnostics, ...diagnostics].sort(byPlace);
  return hasErrors(all) ? { ok: false, diagnostics: all } : { ok: true, value: resolved, diagnostics: all };
}
