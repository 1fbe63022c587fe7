import { byPlace, type Checked, limitDiagnostics, hasErrors } from "../model/diagnostic.ts";
import { digest } from "../model/values/digest.ts";
import { quoter } from "../model/text/quotes.ts";
import type { Desired } from "../model/resource.ts";
import type { Source } from "../model/source.ts";
import { assemble } from "./resolve/assemble.ts";
import type { CompileContext } from "./context.ts";
import type { Resolved } from "./resolve/name-conflicts.ts";
import { withLookAlikes } from "./read/look-alikes.ts";
import { personalIn } from "./schema/personal.ts";
import { type Places, recall, setKey } from "./compile-cache.ts";
import { resolve } from "./resolve/resolve.ts";

export type { CompileContext } from "./context.ts";

/** What a manifest set asks for, or every problem it has, in the order of places. All or nothing. */
export function compile(sources: readonly Source[], context: CompileContext): Checked<Desired> {
  const key = setKey(sources, context);
  let found: Places | undefined;
  const known = recall(key, context, () => {
    found ??= places(sources, context);
    return found;
  });
  return known ? { ok: true, value: known, diagnostics: [] } : compileAnew(sources, context, key);
}

/** The same of a set that is not known; it is kept under its key, if it has one. */
export function compileAnew(sources: readonly Source[], context: CompileContext, key: string | undefined): Checked<Desired> {
  const compiled = compileDocuments(sources, context);
  if (!compiled.ok) return compiled;
  const resources = compiled.value.map(({ resource }) => resource);
  const identity = digest(compiled.value.map(({ entry }) => [entry.address, entry.digest || "sha256:"]));
  // A remark has a place, and is made anew each time.
  if (key !== undefined && compiled.diagnostics.length === 0) context.cache?.compiled?.set(key, { digest: identity, resources });
  return { ok: true, value: { resources, digest: identity }, diagnostics: compiled.diagnostics };
}

/** The resources of a set that compiles, by address: they know where their fields were written. */
export function places(sources: readonly Source[], context: CompileContext): Places {
  const compiled = compileDocuments(sources, context);
  return new Map(compiled.ok ? compiled.value.map(({ resource }) => [resource.address, resource]) : []);
}

/** The same, each resource with the document it was made from. @internal */
export function compileDocuments(sources: readonly Source[], context: CompileContext): Checked<readonly Resolved[]> {
  const assembled = assemble(sources, context);
  const { resolved, diagnostics } = resolve(assembled, context);
  const kinds = new Map(context.kinds.map((kind) => [kind.name, kind]));
  const quotes = quoter(() => assembled.documents.flatMap(({ value }) => [...personalIn(value, kinds)]));
  const found = limitDiagnostics([...assembled.diagnostics, ...diagnostics].sort(byPlace));
  const all = withLookAlikes(found, sources).map((one) => ({ ...one, ...quotes(one.message, one.hint) }));
  return hasErrors(all) ? { ok: false, diagnostics: all } : { ok: true, value: resolved, diagnostics: all };
}
