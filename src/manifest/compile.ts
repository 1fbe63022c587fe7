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
import { textOf } from "../model/text/recorded.ts";

export type { CompileContext } from "./context.ts";

/**
 * Compiles manifests to the desired state. Returns either every resource or, on any error, only
 * diagnostics; diagnostics are sorted by location.
 */
export function compile(sources: readonly Source[], context: CompileContext): Checked<Desired> {
  const key = setKey(sources, context);
  let found: Places | undefined;
  const known = recall(key, context, () => {
    found ??= places(sources, context);
    return found;
  });
  return known ? { ok: true, value: known, diagnostics: [] } : compileAnew(sources, context, key);
}

/** Compiles without reading the cache. Stores the result under `key` unless it has diagnostics. */
export function compileAnew(
  sources: readonly Source[],
  context: CompileContext,
  key: string | undefined,
): Checked<Desired> {
  const compiled = compileDocuments(sources, context);
  if (!compiled.ok) return compiled;
  const resources = compiled.value.map(({ resource }) => resource);
  const identity = digest(
    compiled.value.map(({ entry }) => [entry.address, entry.digest || "sha256:"]),
  );
  // A cached set has no diagnostics, so a set with warnings is compiled every time.
  if (key !== undefined && compiled.diagnostics.length === 0)
    context.cache?.compiled?.set(key, { digest: identity, resources });
  return { ok: true, value: { resources, digest: identity }, diagnostics: compiled.diagnostics };
}

/** The compiled resources by address; they can locate their fields. Empty if the set has errors. */
export function places(sources: readonly Source[], context: CompileContext): Places {
  const compiled = compileDocuments(sources, context);
  return new Map(
    compiled.ok ? compiled.value.map(({ resource }) => [resource.address, resource]) : [],
  );
}

/**
 * Like `compile`, but returns each resource with its source document and uses no cache of sets.
 * @internal
 */
export function compileDocuments(
  sources: readonly Source[],
  context: CompileContext,
): Checked<readonly Resolved[]> {
  const assembled = assemble(sources, context);
  const { resolved, diagnostics } = resolve(assembled, context);
  const kinds = new Map(context.kinds.map((kind) => [kind.name, kind]));
  const quotes = quoter(() =>
    assembled.documents.flatMap(({ value }) => [...personalIn(value, kinds)]),
  );
  const found = limitDiagnostics([...assembled.diagnostics, ...diagnostics].sort(byPlace));
  const all = withLookAlikes(found, sources).map((one) => ({
    ...one,
    ...quotes(textOf(one, "message"), textOf(one, "hint")),
  }));
  return hasErrors(all)
    ? { ok: false, diagnostics: all }
    : { ok: true, value: resolved, diagnostics: all };
}
