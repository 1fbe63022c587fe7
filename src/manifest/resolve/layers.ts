import type { Location } from "../../model/diagnostic.ts";
import type { Digest } from "../../model/values/digest.ts";
import { isSpec, type Json } from "../../model/values/json.ts";
import { below, type Pointer, segments, valueAt } from "../../model/values/pointer.ts";
import type { ParsedFile } from "../read/parse.ts";
import type { FieldPart } from "../read/position.ts";

/** One document of a file that a manifest document was made from. */
export interface Layer {
  readonly file: ParsedFile;
  readonly index: number;
  readonly value: Json;
}

/** A manifest document as it amounts to: a file's document with its overlay laid over it. The first layer is the lowest. */
export interface Written {
  readonly value: Json;
  readonly layers: readonly [Layer, ...Layer[]];
  /** Its syntax is right. */
  readonly sound: boolean;
  /** It passed its schema when it was stored. */
  readonly checked: boolean;
  readonly digest?: Digest;
}

/** Where a field of a document was written: in the overlay where that set it; the nearest parent where it was not written. */
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

/** The layer a field's value comes from: the highest that writes it; undefined where none does. */
export function ownerOf({ layers }: Written, pointer: Pointer): Layer | undefined {
  let owners: readonly Layer[] = layers;
  let at = "";
  for (const segment of segments(pointer)) {
    at = below(at, segment);
    owners = ownersOf(owners, at);
  }
  return owners.at(-1);
}

/** The layers that make up what is at a pointer: whatever is no mapping hides all below it. */
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
