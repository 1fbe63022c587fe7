import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { isSpec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { isAbsent, nothingSent } from "../http/errors.ts";
import { whenReady } from "../http/not-ready.ts";
import { collectAll, collection } from "../http/paging.ts";
import type { ChangeTo, Service } from "../kind-adapter.ts";
import { omitUndefined, textAt } from "../reading.ts";
import { placeOf } from "./change.ts";
import { putSubscription } from "./put-subscription.ts";
import {
  fetchSubscription,
  type OwnedSubscription,
  type SubscriptionKey,
  subscriptionPath,
} from "./subscription-path.ts";

/**
 * Upgrades a subscription to another offer. The upgrade is not idempotent: a lost reply is
 * `unknown-outcome`. The new subscription keeps the old name.
 */
export async function sendUpgrade(
  service: Service,
  change: ChangeTo<"upgrade">,
  context: WriteContext,
): Promise<OwnedSubscription> {
  const place = placeOf(change, context);
  const path = `${subscriptionPath(place.customer, place.id)}/upgrades`;
  const { requestId, signal } = context;
  const chosen = await choose(service, { change, path, signal }).catch((error: unknown) => {
    throw nothingSent(error);
  });
  const call: Call = {
    method: "POST",
    path,
    as: "user-first",
    body: chosen,
    requestId,
    repeatable: false,
    purchase: true,
    signal,
  };
  const result = acceptReply(call, await whenReady(service, call));
  const id = textAt(result, "/targetSubscriptionId");
  if (id === undefined || errorsIn(result, "/upgradeErrors").length > 0)
    throw notDone(change, result, id);
  const target = { customer: place.customer, id };
  const spec = context.current?.spec ?? change.observed.spec;
  const live = await renamed(service, { target, name: textAt(spec, "/friendlyName"), context });
  return {
    customer: place.customer,
    body: live ?? sketch(id, spec, change),
    whole: live !== undefined,
  };
}

/**
 * The error of a failed upgrade. Only upgrade errors without a new subscription id prove that
 * nothing was created; everything else is `unknown-outcome`.
 */
function notDone(
  change: ChangeTo<"upgrade">,
  result: Json | undefined,
  made: string | undefined,
): AdapterError {
  const failed = errorsIn(result, "/upgradeErrors");
  const errors = [...failed, ...errorsIn(result, "/licenseErrors")];
  if (made !== undefined)
    return new AdapterError(
      "unknown-outcome",
      say`The service names ${made} as what the upgrade of ${change.address} made, and errors beside it: ${{ sentences: errors }}.`,
    );
  return new AdapterError(
    failed.length > 0 ? "rejected" : "unknown-outcome",
    refused(change, errors),
  );
}

/** The new subscription as derived from the old one. */
function sketch(id: string, spec: Spec, { desired }: ChangeTo<"upgrade">): Json {
  const { quantity, friendlyName, billingCycle, status, partnerIdOnRecord: partnerId } = spec;
  return omitUndefined({
    id,
    offerId: desired.offer,
    quantity,
    friendlyName,
    billingCycle,
    status,
    partnerId,
  });
}

interface Renaming {
  readonly target: SubscriptionKey;
  readonly name: string | undefined;
  readonly context: WriteContext;
}

/**
 * Gives the new subscription the old name and returns it. Returns undefined on errors, because the
 * upgrade itself succeeded.
 */
async function renamed(
  service: Service,
  { target, name, context }: Renaming,
): Promise<Json | undefined> {
  try {
    const live = await appeared(service, target, context.signal);
    if (name === undefined) return live;
    return await putSubscription(service, {
      place: target,
      concern: { field: "friendlyName", value: name },
      body: live,
      context,
    });
  } catch (error) {
    if (error instanceof AdapterError) return undefined;
    throw error;
  }
}

interface Choosing {
  readonly change: ChangeTo<"upgrade">;
  readonly path: string;
  readonly signal: AbortSignal;
}

async function choose({ wire }: Service, { change, path, signal }: Choosing): Promise<Json> {
  const offer = textAt(change.desired, "/offer")?.toUpperCase();
  const items = await collectAll(collection(wire, { path, as: "user-first", signal }));
  const chosen = items.find((one) => textAt(one, "/targetOffer/id")?.toUpperCase() === offer);
  if (chosen === undefined)
    throw new AdapterError(
      "rejected",
      say`${change.address}: the service offers no upgrade to ${offer ?? ""}.`,
    );
  if (valueAt(chosen, "/isEligible") === false)
    throw new AdapterError("rejected", refused(change, errorsIn(chosen, "/upgradeErrors")));
  return chosen;
}

function refused({ address }: ChangeTo<"upgrade">, errors: readonly string[]): Wording {
  return say`${address} cannot be upgraded: ${errors.length > 0 ? { sentences: errors } : say`the service does not say why`}.`;
}

/** The meanings of the numeric error codes. */
const codes = [
  ...[
    "other",
    say`delegated admin permissions are disabled`,
    say`the subscription is not active`,
    say`conflicting service types`,
  ],
  ...[
    say`somebody else is changing it`,
    say`a signed-in user is required`,
    say`it has add-ons`,
    say`it has no upgrade paths`,
  ],
  ...[
    say`the target offer was not found`,
    say`it is not provisioned yet`,
    say`the offer does not support the billing cycle`,
  ],
];

/** The errors in a reply, which may have a success status. */
function errorsIn(body: Json | undefined, pointer: string): readonly string[] {
  const list = valueAt(body, pointer);
  return (Array.isArray(list) ? list : []).map((one: Json) => {
    const code = isSpec(one) ? one.code : one;
    const words =
      withoutSecrets(textAt(one, "/description") ?? textAt(one, "/errorDescription") ?? "") ||
      undefined;
    return (
      words?.slice(0, 300) ?? (typeof code === "number" ? codes[code] : undefined) ?? String(code)
    );
  });
}

async function appeared(
  { wire, clock, options: { poll } }: Service,
  place: SubscriptionKey,
  signal: AbortSignal,
): Promise<Json> {
  for (let waited = 0; ; waited += poll.seconds) {
    const found = await fetchSubscription(wire, place, signal);
    if (!isAbsent(found.reply)) return found.body();
    if (waited >= poll.longestSeconds)
      throw new AdapterError(
        "unknown-outcome",
        say`The upgrade was accepted, and the new subscription ${place.id} does not show yet.`,
      );
    await clock.sleep(poll.seconds * 1000, signal);
  }
}
