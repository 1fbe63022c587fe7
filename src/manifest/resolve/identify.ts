import { type Address, address } from "../../model/address.ts";
import { isSpec, type Json } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { valueAt } from "../../model/values/pointer.ts";
import { kindOf } from "../schema/kind-of.ts";

/** The identity that a document declares. */
export interface Identity {
  readonly kind: Kind;
  /** Empty for a singleton. */
  readonly name: string;
  readonly parentName?: string;
  readonly address: Address;
  readonly parent?: Address;
}

/**
 * The identity of a manifest document. Undefined if its kind is unknown or cannot be declared, or
 * if its name or parent is missing.
 */
export function identify(document: Json, kinds: ReadonlyMap<string, Kind>): Identity | undefined {
  if (!isSpec(document)) return undefined;
  const kind = kindOf(document, kinds);
  if (!kind?.declared) return undefined;
  const name = kind.singleton ? "" : text(valueAt(document, "/metadata/name"));
  if (kind.singleton) return { kind, name: "", address: address(kind.name) };
  if (name === undefined) return undefined;
  if (kind.parent === undefined) return { kind, name, address: address(kind.name, name) };
  const parentName = text(isSpec(document.spec) ? valueAt(document.spec, kind.parent) : undefined);
  const parentKind = kind.references.find(({ pointer }) => pointer === kind.parent)?.kind;
  if (parentName === undefined || parentKind === undefined) return undefined;
  return {
    kind,
    name,
    parentName,
    address: address(kind.name, name, parentName),
    parent: address(parentKind, parentName),
  };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
