import { X509Certificate } from "node:crypto";
import { refuse } from "../account/refusal.ts";
import { type Collection, collections } from "../account/state.ts";
import type { Dump, Emulation } from "../runtime.ts";
import { type InjectedFault, faultKinds, faultProblem } from "../faults.ts";
import { quirkProblem, setQuirks, type QuirkSettings } from "../quirks.ts";
import type { Callbacks } from "./webhooks/webhook-delivery.ts";
import { seconds } from "./pipeline/duration.ts";
import { certificatePath } from "./webhooks/webhook-events.ts";
import {
  type Answer,
  type Exchange,
  empty,
  ok,
  type Route,
  type Schema,
} from "./pipeline/route.ts";
import { count, flag, object, text } from "./pipeline/schemas.ts";

const fault: Schema = {
  ...object(
    {
      kind: { enum: faultKinds },
      method: text(),
      path: text(),
      nth: count,
      times: count,
      probability: { type: "number", minimum: 0, maximum: 1 },
      effect: flag,
      status: count,
      code: count,
      retryAfter: text(),
      seconds: { type: "number", minimum: 0 },
    },
    "kind",
  ),
  additionalProperties: false,
};

/**
 * The routes below /_emulator: clock, faults, quirks, request log, account and certificates. They
 * need no token and are not part of the service.
 */
export function controlRoutes(emulation: Emulation, told: Callbacks): readonly Route[] {
  const clock = (): Answer => ok({ now: new Date(emulation.now()).toISOString() });
  return [
    { method: "GET", path: "/_emulator/clock", handle: clock },
    {
      method: "POST",
      path: "/_emulator/clock",
      body: object({ advance: { type: ["string", "number"] } }, "advance"),
      handle: (exchange) => {
        emulation.advance(
          seconds((exchange.body as { readonly advance: string | number }).advance) * 1000,
        );
        return clock();
      },
    },
    { method: "GET", path: "/_emulator/faults", handle: () => ok(emulation.faults.list()) },
    {
      method: "POST",
      path: "/_emulator/faults",
      body: { anyOf: [fault, { type: "array", items: fault }] },
      handle: (exchange) => {
        const all = [exchange.body].flat() as readonly InjectedFault[];
        for (const one of all) {
          const problem = faultProblem(one);
          if (problem) return refuse(400, "fault", `${JSON.stringify(one)} ${problem.said}`);
        }
        for (const one of all) emulation.faults.add(one);
        return ok(emulation.faults.list());
      },
    },
    { method: "DELETE", path: "/_emulator/faults", handle: () => done(emulation.faults.clear) },
    {
      method: "GET",
      path: "/_emulator/requests",
      handle: ({ query }) =>
        ok(
          query.counts === undefined
            ? { ...emulation.log.counts(), requests: emulation.log.list() }
            : emulation.log.counts(),
        ),
    },
    { method: "DELETE", path: "/_emulator/requests", handle: () => done(emulation.log.clear) },
    { method: "GET", path: "/_emulator/quirks", handle: () => ok(emulation.quirks) },
    {
      method: "PATCH",
      path: "/_emulator/quirks",
      body: object({}),
      handle: (exchange) => ok(changeQuirks(emulation, exchange.body)),
    },
    { method: "GET", path: "/_emulator/account", handle: () => ok(emulation.dump()) },
    {
      method: "PUT",
      path: "/_emulator/account",
      body: object(
        { version: count, now: text(1), account: object({}) },
        "version",
        "now",
        "account",
      ),
      handle: (exchange) => {
        emulation.restore(exchange.body as Dump);
        return empty(204);
      },
    },
    {
      method: "POST",
      path: "/_emulator/certificates",
      body: object({ certificate: text(1, 20_000) }, "certificate"),
      handle: ({ body }) =>
        register(emulation, (body as { readonly certificate: string }).certificate),
    },
    {
      method: "GET",
      path: certificatePath,
      handle: () => ({
        status: 200,
        text: told.certificate(),
        headers: { "Content-Type": "application/x-pem-file" },
      }),
    },
    {
      method: "PATCH",
      path: "/_emulator/account/:collection/:id",
      body: object({}),
      handle: (exchange) => ok(changeRecord(exchange)),
    },
  ];
}

/**
 * From now on the application can also sign in with this certificate's key. Refuses (400) a text
 * that is not an X.509 certificate in PEM.
 */
function register({ certificates }: Emulation, pem: string): Answer {
  try {
    const { fingerprint256, subject } = new X509Certificate(pem);
    certificates.add(pem);
    return ok({ thumbprint: fingerprint256.replaceAll(":", ""), subject });
  } catch {
    return refuse(400, "certificate", "Expected a certificate (X.509) in PEM form");
  }
}

function done(act: () => void): Answer {
  act();
  return empty(204);
}

function changeQuirks(emulation: Emulation, settings: unknown): object {
  const problem = quirkProblem(settings, emulation.quirks);
  if (problem !== undefined) return refuse(400, "quirk", problem.said);
  emulation.quirks = setQuirks(emulation.quirks, settings as QuirkSettings);
  return emulation.quirks;
}

/**
 * Merges the body into a record (JSON Merge Patch, RFC 7396) without applying the service's rules.
 * Refuses with 404 if there is no such collection or record.
 */
function changeRecord(exchange: Exchange): unknown {
  const name = exchange.parameter("collection");
  const collection: Collection =
    collections.find((one) => one === name) ??
    refuse(
      404,
      "collection",
      `There is no collection ${name}; there are ${collections.join(", ")}`,
    );
  return exchange.write((transaction) => {
    const before =
      transaction.get(collection, exchange.parameter("id")) ??
      refuse(404, "record", `There is no ${name}/${exchange.parameter("id")}`);
    const after = merged(before, exchange.body);
    transaction.put(collection, exchange.parameter("id"), after as typeof before);
    return after;
  });
}

function merged(before: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const after: Record<string, unknown> =
    typeof before === "object" && before !== null && !Array.isArray(before) ? { ...before } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete after[name];
    else after[name] = merged(after[name], value);
  }
  return after;
}
