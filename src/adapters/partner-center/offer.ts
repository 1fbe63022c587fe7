import type { Json, Spec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import { valueAt } from "../../model/values/pointer.ts";
import { codeOf, isAbsent, type Reply } from "./http/errors.ts";
import type { KindAdapter, Service } from "./kind-adapter.ts";
import { collection } from "./http/paging.ts";
import { omitUndefined, idIn, pathSegment, textAt } from "./reading.ts";
import { acceptReply, type Call } from "./http/client.ts";

const kind = "Offer";

/** The offers of the configured market, including add-ons. */
export function offer({ wire, options }: Service): KindAdapter {
  const query = `?country=${encodeURIComponent(options.country)}`;
  return {
    kind,
    cost: () => ({ reads: 1, writes: 0 }),
    async *read({ id, parentId }, signal) {
      signal.throwIfAborted();
      if (parentId !== undefined) return;
      if (id === undefined) {
        for await (const body of collection(wire, { path: `/v1/offers${query}`, signal }))
          yield observed(body);
        return;
      }
      const call: Call = { method: "GET", path: `/v1/offers/${pathSegment(id)}${query}`, signal };
      const reply = await wire.api(call);
      if (!isUnknown(reply)) yield observed(acceptReply(call, reply));
    },
  };
}

/** Error 400/800004 means an invalid offer id. */
function isUnknown(reply: Reply): boolean {
  return isAbsent(reply) || (reply.status === 400 && codeOf(reply) === "800004");
}

function observed(body: Json | undefined): Observed {
  const id = idIn(body).toUpperCase();
  return { kind, id, key: id, spec: toSpec(body, id) };
}

const cycles = ["monthly", "annual", "none"];

function toSpec(body: Json | undefined, id: string): Spec {
  const term = textAt(body, "/termUnitOfMeasure")?.toLowerCase();
  const converts = ids(body, "/conversionTargetOffers");
  return omitUndefined({
    name: textAt(body, "/name") ?? id,
    description: textAt(body, "/description"),
    category: textAt(body, "/category/name"),
    quantity: {
      minimum: numberAt(body, "/minimumQuantity", 1),
      maximum: numberAt(body, "/maximumQuantity", 10_000_000),
    },
    limit: {
      unit: limitUnit(textAt(body, "/limitUnitOfMeasure")),
      count: numberAt(body, "/limit", 0),
    },
    ...(term !== undefined &&
      ["year", "month", "day"].includes(term) && {
        term: { unit: term, count: numberAt(body, "/term", 1) },
      }),
    billingCycles: texts(body, "/supportedBillingCycles")
      .map((one) => one.toLowerCase())
      .filter((one) => cycles.includes(one)),
    addOn: valueAt(body, "/isAddOn") === true,
    trial: valueAt(body, "/isTrial") === true,
    purchasable: valueAt(body, "/isAvailableForPurchase") === true,
    prerequisites: ids(body, "/prerequisiteOffers"),
    upgradesTo: ids(body, "/upgradeTargetOffers"),
    ...(converts.length > 0 && { convertsTo: converts }),
  });
}

function limitUnit(unit: string | undefined): string {
  const small = unit?.toLowerCase() ?? "none";
  return small === "concurrent" || small === "lifetime" ? small : "none";
}

function ids(body: Json | undefined, pointer: string): readonly string[] {
  return texts(body, pointer).map((id) => id.toUpperCase());
}

function texts(body: Json | undefined, pointer: string): readonly string[] {
  const list = valueAt(body, pointer);
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];
}

function numberAt(body: Json | undefined, pointer: string, otherwise: number): number {
  const value = valueAt(body, pointer);
  return typeof value === "number" ? value : otherwise;
}
