import type { Exchange } from "../pipeline/route.ts";

/** A link as Partner Center writes it. */
export interface Link {
  readonly uri: string;
  readonly method: "GET";
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

/** A link to a path below /v1; this answer's links have that prefix or not. */
export function link({ prefixed }: Exchange, uri: string, headers: Link["headers"] = []): Link {
  return { uri: `${prefixed ? "/v1" : ""}${uri}`, method: "GET", headers };
}

/** The envelope of a list; `next` is there while there is more. */
export function collection(
  items: readonly unknown[],
  links?: { readonly self: Link; readonly next?: Link },
  continuationToken?: string,
): object {
  return {
    totalCount: items.length,
    items,
    ...(continuationToken !== undefined && { continuationToken }),
    ...(links !== undefined && { links }),
    attributes: { objectType: "Collection" },
  };
}

/** A GUID in the letter case this answer uses, where the service is unsteady about it. */
export function guid({ quirks, flipped }: Exchange, id: string): string {
  if (!quirks.casing || !flipped) return id;
  return id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
}
