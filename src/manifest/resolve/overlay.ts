import type { Address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import { say } from "../../model/text/phrase.ts";
import { identify } from "./identify.ts";
import { mergePatch } from "./merge-patch.ts";
import type { ParsedFile } from "../read/parse.ts";
import { type Layer, locate, type Written } from "./layers.ts";
import { record } from "../../model/text/recorded.ts";

/**
 * Applies overlays: each document of the base is patched by the overlay document with its address.
 * Overlay documents without a base document are added as new ones.
 */
export function layOver(
  files: readonly ParsedFile[],
  kinds: ReadonlyMap<string, Kind>,
): { readonly documents: readonly Written[]; readonly diagnostics: readonly Diagnostic[] } {
  const base = files.filter(({ overlay }) => !overlay).flatMap(documentsOf);
  const overlays = files.filter(({ overlay }) => overlay).flatMap(documentsOf);
  if (overlays.length === 0) return { documents: base, diagnostics: [] };
  const { patches, rest, diagnostics } = byAddress(overlays, kinds);
  const documents = base.map((written) => {
    const at = identify(written.value, kinds)?.address;
    const patch = at && patches.get(at);
    if (!at || !patch) return written;
    patches.delete(at);
    return patched(written, patch);
  });
  return { documents: [...documents, ...[...patches.values(), ...rest].map(asNew)], diagnostics };
}

function documentsOf(file: ParsedFile): readonly Written[] {
  return file.documents.map(({ value, sound, digest }, index) => ({
    value,
    sound,
    layers: [{ file, index, value }],
    checked: file.checked,
    digest,
  }));
}

function byAddress(overlays: readonly Written[], kinds: ReadonlyMap<string, Kind>) {
  const patches = new Map<Address, Written>();
  const rest: Written[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const overlay of overlays) {
    const at = identify(overlay.value, kinds)?.address;
    const before = at && patches.get(at);
    if (before) diagnostics.push(twice(at, before, overlay));
    else if (at) patches.set(at, overlay);
    else rest.push(overlay);
  }
  return { patches, rest, diagnostics };
}

function twice(at: Address, before: Written, overlay: Written): Diagnostic {
  const [first, second] = [locate(before, "/metadata/name"), locate(overlay, "/metadata/name")];
  const message = say`Two overlay documents change ${at}; the other is at ${first.file}:${first.line}.`;
  return record({
    severity: "error",
    code: "overlay/duplicate",
    message,
    at: second,
    address: at,
    hint: say`Make them one.`,
  });
}

function patched(base: Written, patch: Written): Written {
  const [lowest, ...others] = base.layers;
  const layers: readonly [Layer, ...Layer[]] = [lowest, ...others, ...patch.layers];
  return {
    value: mergePatch(base.value, patch.value),
    layers,
    sound: base.sound && patch.sound,
    checked: false,
  };
}

/** A new document from an overlay; null means omitted here, too. */
function asNew(overlay: Written): Written {
  return { ...overlay, value: mergePatch(undefined, overlay.value) };
}
