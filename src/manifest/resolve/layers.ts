import type { Location } from "../../model/diagnostic.ts";
import type { Digest } from "../../model/values/digest.ts";
import { isSpec, type Json } from "../../model/values/json.ts";
import { below, type Pointer, segments, valueAt } from "../../model/values/pointer.ts";
import type { ParsedFile } from "../read/parse.ts";
import type { FieldPart } from "../read/position.ts";

/** One source document of a manifest document. */
export interface Layer {
  readonly file: ParsedFile;
  readonly index: number;
  readonly value: Json;
}

/** A manifest document after overlays. Layers are ordered from the base manifest to the overlay. */
export interface Written {
  readonly value: Json;
  readonly layers: readonly [Layer, ...Layer[]];
  /** Its syntax is valid. */
  readonly sound: boolean;
  /** It comes from the cache, so it passed its schema. */
  readonly checked: boolean;
  readonly digest?: Digest;
}

/**
 * The location of a field: in the overlay if that sets it, else in the manifest. The nearest
 * written parent if the field is not written.
 */
export function locate(written: Written, pointer: Pointer, part: FieldPart = "value"): Location {
  const [lowest, ...others] = written.layers;
  if (others.length === 0) return lowest.file.locate(lowest.index, pointer, part);
  let owners: readonly Layer[] = written.layers;
  let at = "";
  for (const segment of segments(pointer)) {
    const next = ownersOf(owners, below(at, segment));
    if (next.length === 0) break;
    owners = next;
    at = below(at, segment);
  }
  const owner = owners[0] ?? lowest;
  return owner.file.locate(owner.index, at, at === pointer ? part : "value");
}

/** The highest layer that sets a field. Undefined if none does. */
export function ownerOf({ layers }: Written, pointer: Pointer): Layer | undefined {
  let owners: readonly Layer[] = layers;
  let at = "";
  for (const segment of segments(pointer)) {
    at = below(at, segment);
    owners = ownersOf(owners, at);
  }
  return owners.at(-1);
}

/** The layers that contribute to a value: a value that is not a mapping hides lower layers. */
function ownersOf(layers: readonly Layer[], pointer: Pointer): readonly Layer[] {
  let owners: Layer[] = [];
  for (const layer of layers) {
    const value = valueAt(layer.value, pointer);
    if (value === undefined) continue;
    const before = owners[0] && valueAt(owners[0].value, pointer);
    if (!isSpec(value) || !isSpec(before)) owners = [];
    if (value !== null) owners.push(layer);
  }
  return owners;
}
