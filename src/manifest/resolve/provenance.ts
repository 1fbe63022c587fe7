import type { Checked, Location } from "../../model/diagnostic.ts";
import type { Spec } from "../../model/values/json.ts";
import { leaves, type Pointer } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import type { Source } from "../../model/source.ts";
import { compileDocuments } from "../compile.ts";
import type { CompileContext } from "../context.ts";

/** A resource, the document it was made from with overlays laid over it, and where each of its fields was written. */
export interface Provenance {
  readonly resource: Resource;
  readonly document: Spec;
  /** The fields of the document that are somebody's data. */
  readonly personal: readonly Pointer[];
  readonly fields: readonly { readonly pointer: Pointer; readonly at: Location }[];
}

/** What a manifest set amounts to, field by field; or every problem it has. */
export function provenance(sources: readonly Source[], context: CompileContext): Checked<readonly Provenance[]> {
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
