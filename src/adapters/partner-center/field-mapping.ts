import { isSpec, type Json, type Spec } from "../../model/values/json.ts";
import { plain } from "./reading.ts";

/**
 * Maps a manifest field to an API field. Empty strings are kept for `blank` fields and omitted for
 * others.
 */
export interface FieldMapping {
  readonly name: string;
  readonly wire: string;
  readonly blank?: true;
  readonly within?: readonly FieldMapping[];
  /** Converts the API's spelling of a text to the manifest's. */
  readonly spell?: (value: string) => string;
}

/** A field with the same name in manifests and in the API. */
export function same(name: string, more: Omit<FieldMapping, "name" | "wire"> = {}): FieldMapping {
  return { name, wire: name, ...more };
}

/** Address fields, the same in every profile. */
export const addressFields: readonly FieldMapping[] = [
  same("country"),
  same("region", { blank: true }),
  same("city"),
  same("state", { blank: true }),
  same("addressLine1"),
  same("addressLine2", { blank: true }),
  same("postalCode", { blank: true }),
  same("firstName"),
  same("middleName"),
  same("lastName"),
  same("phoneNumber", { blank: true }),
];

/** The fields of a contact. */
export const contactFields: readonly FieldMapping[] = ["firstName", "lastName", "email"]
  .map((name) => same(name))
  .concat(same("phoneNumber", { blank: true }));

/** Converts a response body to manifest fields. Leaves out fields that are not mapped. */
export function fromWire(body: Json | undefined, fields: readonly FieldMapping[]): Spec {
  if (!isSpec(body)) return {};
  const entries = fields.flatMap((field): readonly (readonly [string, Json])[] => {
    const value = read(body[field.wire], field);
    return value === undefined ? [] : [[field.name, value]];
  });
  return Object.fromEntries(entries);
}

function read(
  value: Json | undefined,
  { wire, within, blank, spell }: FieldMapping,
): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (within) {
    const inner = fromWire(value, within);
    return Object.keys(inner).length === 0 ? undefined : inner;
  }
  const own = plain(value, wire);
  if (own === "" && !blank) return undefined;
  return typeof own === "string" && spell ? spell(own) : own;
}

/**
 * Returns the body with the spec's values. A field whose value is already equal keeps the body's
 * spelling.
 */
export function toWire(body: Json | undefined, spec: Spec, fields: readonly FieldMapping[]): Spec {
  const old = isSpec(body) ? body : {};
  const entries = fields.flatMap((field): readonly (readonly [string, Json])[] => {
    const wanted = spec[field.name];
    if (wanted === undefined) return [];
    if (field.within)
      return [[field.wire, toWire(old[field.wire], isSpec(wanted) ? wanted : {}, field.within)]];
    return read(old[field.wire], field) === wanted ? [] : [[field.wire, wanted]];
  });
  return { ...old, ...Object.fromEntries(entries) };
}
