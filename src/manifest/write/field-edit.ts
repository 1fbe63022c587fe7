import type { Address } from "../../model/address.ts";
import { compare } from "../../model/diagnostic.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { type Pointer, valueAt, withValue } from "../../model/values/pointer.ts";
import type { CompileContext } from "../context.ts";
import type { IdentifiedDocument } from "../resolve/entry.ts";

/** A field of a resource's spec and its new value; references are names. */
export interface Wish {
  readonly address: Address;
  readonly pointer: Pointer;
  readonly value: Json;
}

type Names = CompileContext["names"];

/** Replaces the id of an undeclared object by its name from the settings, if it has one. */
export function nameValue(
  value: Json,
  pointer: Pointer,
  { kind, names }: { readonly kind: Kind; readonly names: Names },
): Json {
  const reference = kind.references.find((one) => one.pointer === pointer);
  const own = Object.entries((reference && names[reference.kind]) ?? {});
  const name = own
    .sort(([left], [right]) => compare(left, right))
    .find(([, id]) => sameId(id, value));
  return name ? name[0] : value;
}

function sameId(id: string, value: Json): boolean {
  return typeof value === "string" && id.toUpperCase() === value.toUpperCase();
}

/**
 * The items of a wanted list in manifest form, each with the index of the existing item that has
 * the same meaning.
 */
export function itemsOf(
  wish: Wish,
  { kind, document }: IdentifiedDocument,
  names: Names,
): readonly { readonly value: Json; readonly old?: number }[] {
  const reference = kind.references.find((one) => one.pointer === wish.pointer);
  const ids = (reference && names[reference.kind]) ?? {};
  const meaning = (item: Json): string => {
    const id = typeof item === "string" && Object.hasOwn(ids, item) ? ids[item] : item;
    return JSON.stringify(
      valueAt(kind.normalize(withValue({}, wish.pointer, [id ?? item])) as Spec, wish.pointer) ??
        null,
    );
  };
  const before = valueAt(document, `/spec${wish.pointer}`);
  const left = new Map<string, number[]>();
  for (const [index, item] of (Array.isArray(before) ? before : []).entries()) {
    const own = left.get(meaning(item)) ?? [];
    left.set(meaning(item), [...own, index]);
  }
  return (Array.isArray(wish.value) ? wish.value : []).map((item: Json) => {
    const old = left.get(meaning(item))?.shift();
    return {
      value: nameValue(item, wish.pointer, { kind, names }),
      ...(old !== undefined && { old }),
    };
  });
}
