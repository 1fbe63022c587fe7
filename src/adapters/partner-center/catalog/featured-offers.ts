import { AdapterError } from "../../../model/adapter.ts";
import type { Observed } from "../../../model/observed.ts";
import { say } from "../../../model/text/phrase.ts";
import { equal, type Json, type Spec } from "../../../model/values/json.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { demandSame, type KindAdapter, patchFields, type Service } from "../kind-adapter.ts";

/** Where featured offers are: Microsoft's Swagger has it, no page of 21Vianet does. */
export const featuredOffersPath = "/v1/preferences/catalog/offers";

const kind = "CatalogCustomization";

/**
 * The offers at the top of the catalogue (offers-and-pricing.md, section 4): a list of ids that is
 * replaced whole. It is read before it is written, and read back after.
 */
export function featuredOffers({ wire, account }: Service): KindAdapter {
  const read = async (signal: AbortSignal): Promise<Observed> => {
    const call: Call = { method: "GET", path: featuredOffersPath, list: true, signal };
    const ids = idsIn(acceptReply(call, await wire.api(call)));
    return { kind, id: await account(signal), key: kind, spec: { featuredOffers: ids } };
  };
  return {
    kind,
    cost: (step) => ("reading" in step ? { reads: 1, writes: 0 } : { reads: 2, writes: 1 }),
    async *read({ id, parentId }, signal) {
      signal.throwIfAborted();
      if (parentId !== undefined || (id !== undefined && id !== (await account(signal)))) return;
      yield await read(signal);
    },
    async update(change, { requestId, signal, current }) {
      const before = await read(signal);
      if (current) demandSame(before.spec, current.spec, change);
      const wanted = patchFields(before.spec, change);
      const body = idsIn(wanted.featuredOffers);
      const path = featuredOffersPath;
      const call: Call = { method: "PUT", path, list: true, body, requestId, signal };
      acceptReply(call, await wire.api(call));
      const after = await read(signal);
      if (!isSame(after.spec, wanted)) throw notKept();
      return after;
    },
  };
}

function isSame(left: Spec, right: Spec): boolean {
  const lower = ({ featuredOffers: ids }: Spec) => idsIn(ids).map((one) => one.toLowerCase());
  return equal(lower(left), lower(right));
}

/** Throws AdapterError `rejected` for anything but a list of ids. */
function idsIn(body: Json | undefined): string[] {
  if (Array.isArray(body) && body.every((one) => typeof one === "string")) return [...body];
  throw new AdapterError("rejected", say`The service's featured offers are not a list of ids.`);
}

function notKept(): AdapterError {
  return new AdapterError(
    "unknown-outcome",
    say`The service accepted the featured offers, but still shows others.`,
  );
}
