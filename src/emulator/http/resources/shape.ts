import type { Schema } from "../pipeline/route.ts";
import { count, object, text } from "../pipeline/schemas.ts";

/** Any text. */
export const word = text();

/** An object with exactly these properties; all but the optional ones are required. */
export function shape(
  properties: Readonly<Record<string, Schema>>,
  ...optional: readonly string[]
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { ...object(properties, ...required), additionalProperties: false };
}

/** An array of these items. */
export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** `attributes`, with an etag if the resource is versioned. */
export function typedResource(
  objectType: string,
  versioned = false,
): { readonly attributes: Schema } {
  const properties = { objectType: { const: objectType }, etag: text(1) };
  return {
    attributes: versioned ? shape(properties) : shape({ objectType: properties.objectType }),
  };
}

/** A link. An external link may lack its URI. */
export const link: Schema = shape(
  { uri: word, method: { const: "GET" }, headers: list(shape({ key: word, value: word })) },
  "uri",
);

/** The link to the resource itself. */
export const self = { links: shape({ self: link }) };

/** The envelope of a Partner Center list. */
export function collection(items: Schema): Schema {
  const links = shape({ self: link, next: link }, "next");
  const envelope = {
    totalCount: count,
    items: list(items),
    continuationToken: text(1),
    links,
    ...typedResource("Collection"),
  };
  return shape(envelope, "continuationToken", "links");
}
