import type { Exchange } from "../pipeline/route.ts";

/** A link as Partner Center returns it. */
export interface Link {
  readonly uri: string;
  readonly method: "GET";
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

/** A link to a path below /v1. Whether it has that prefix depends on the response. */
export function link({ prefixed }: Exchange, uri: string, headers: Link["headers"] = []): Link {
  return { uri: `${prefixed ? "/v1" : ""}${uri}`, method: "GET", headers };
}

/** The envelope of a list. `links.next` is present if there are more pages. */
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

/**
 * A GUID as this response spells it: with the quirk `casing`, some responses swap its letter case.
 */
export function guid({ quirks, flipped }: Exchange, id: string): string {
  if (!quirks.casing || !flipped) return id;
  return id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
}
