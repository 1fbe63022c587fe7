import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import type { ChangeTo, Service } from "../kind-adapter.ts";
import { part } from "../kind-adapter.ts";
import { textAt } from "../reading.ts";
import { idAfter } from "../http/retry.ts";
import { acceptReply, type Call } from "../http/client.ts";

/**
 * Validates the address of a new customer, because a customer with an unknown address can only be
 * corrected manually. Throws AdapterError `rejected` if the service refuses the address or answers
 * with a status that the options do not accept.
 */
export async function validateAddress(
  { wire, options }: Service,
  change: ChangeTo<"create">,
  { requestId, signal }: WriteContext,
): Promise<void> {
  const call: Call = {
    method: "POST",
    path: "/v1/validations/address",
    body: bodyOf(part(part(change.desired, "billing"), "address")),
    requestId: idAfter(requestId, "address"),
    repeatable: true,
    reads: true,
    signal,
  };
  const answer = acceptReply(call, await wire.api(call));
  // As documented in 2021, the response has no body, and 200 means that the address is valid.
  if (answer === undefined) return;
  const status = textAt(answer, "/status") ?? "";
  if (options.addressStatuses.some((one) => one.toLowerCase() === status.toLowerCase())) return;
  throw new AdapterError(
    "rejected",
    wordsOf(change, { status, answer, accepts: options.addressStatuses }),
  );
}

function bodyOf(address: Spec): Spec {
  const fields = ["addressLine1", "addressLine2", "city", "state", "postalCode", "country"];
  const given = fields.flatMap((field) => {
    const value = address[field];
    return value === undefined
      ? []
      : [[(field[0] ?? "").toUpperCase() + field.slice(1), value] as const];
  });
  return Object.fromEntries(given);
}

interface Judged {
  readonly status: string;
  readonly answer: Json;
  readonly accepts: readonly string[];
}

function wordsOf({ address }: ChangeTo<"create">, { status, answer, accepts }: Judged): Wording {
  const why = textAt(answer, "/validationMessage")?.slice(0, 300) ?? say`no reason is given`;
  return say`The service does not call the address of ${address} valid: its status is ${status || "(nothing)"} (${why}). Correct the address; or, where it is right, add the status to adapters.partner-center.addressStatuses (${{ list: accepts }}).`;
}
