import type { Checked, Location } from "../../model/diagnostic.ts";
import type { Spec } from "../../model/values/json.ts";
import { leaves, type Pointer } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import type { Source } from "../../model/source.ts";
import { compileDocuments } from "../compile.ts";
import type { CompileContext } from "../context.ts";

/** A resource, its document after overlays, and the location of each of the document's fields. */
export interface Provenance {
  readonly resource: Resource;
  readonly document: Spec;
  /** Pointers to the document's fields that hold personal data. */
  readonly personal: readonly Pointer[];
  readonly fields: readonly { readonly pointer: Pointer; readonly at: Location }[];
}

/** Compiles a manifest set and locates every field. Returns all diagnostics if it has errors. */
export function provenance(
  sources: readonly Source[],
  context: CompileContext,
): Checked<readonly Provenance[]> {
  const compiled = compileDocuments(sources, context);
  if (!compiled.ok) return compiled;
  const value = compiled.value.map(({ entry: { document, kind }, resource }) => ({
    resource,
    document,
    personal: kind.personal.map((pointer) => `/spec${pointer}`),
    fields: [...leaves(document)].map(([pointer]) => ({ pointer, at: resource.locate(pointer) })),
  }));
  return { ok: true, value, diagnostics: compiled.diagnostics };
}
