import type { Code } from "../../src/model/codes.ts";
import type { Document } from "../properties/accounts.ts";
import {
  type Bought,
  chance,
  type Declaration,
  type Draw,
  documentsOf,
  fresh,
  pick,
} from "./draw-account.ts";
import type { Incident } from "./drift.ts";

/** Manifests that are to be refused, with these codes. */
export interface Slip {
  readonly documents: readonly Document[];
  readonly codes: readonly Code[];
  /** What is not so afterwards. */
  readonly meanwhile: readonly Incident[];
}

/**
 * A mistake with one subscription, after which the tool must not order another: a new name that
 * does not say what the old one was, or one that is gone, under its name or a new one.
 */
export function aSlip(draw: Draw, all: Declaration): Slip | undefined {
  const live = all.buyers.flatMap((buyer) =>
    buyer.absent ? [] : buyer.subscriptions.map((one) => ({ one, of: buyer.domain })),
  );
  const active = live.filter(
    ({ one: { absent, base, spec, adopted } }) =>
      !absent && !base && !adopted && spec.status === "active",
  );
  if (active.length === 0) return undefined;
  const { one, of } = pick(draw, active);
  const nameless = one.spec.friendlyName === undefined && !one.pinned;
  if (nameless && chance(draw, 0.6))
    return {
      documents: renamed(all, one, (document) => unsaid(document)),
      codes: ["identity/possible-duplicate"],
      meanwhile: [],
    };
  const gone = {
    changed: "subscription",
    key: "",
    of,
    aliases: [...one.aliases],
    fields: { status: "deleted" },
  } as const;
  const documents = chance(draw, 0.5)
    ? documentsOf(all)
    : renamed(all, one, (document) => document);
  return {
    documents,
    codes: one.pinned ? ["identity/pin-gone", "identity/lost"] : ["identity/lost"],
    meanwhile: [gone],
  };
}

/** The manifests with another name for it. */
function renamed(
  all: Declaration,
  one: Bought,
  as: (document: Document) => Document,
): readonly Document[] {
  const { name } = one;
  const known = one.former.has(name);
  one.former.add(name);
  one.name = fresh(all, "slip");
  const documents = documentsOf(all).map((document) =>
    document.metadata.name === one.name ? as(document) : document,
  );
  one.name = name;
  if (!known) one.former.delete(name);
  return documents;
}

function unsaid(document: Document): Document {
  const { previously: _, ...metadata } = document.metadata;
  return { ...document, metadata };
}
