import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { refuse, ServiceRefusal } from "../account/refusal.ts";
import { expectRights } from "../account/rights.ts";
import { touch } from "../account/touch.ts";
import type { InjectedFault } from "../faults.ts";
import type { Emulation } from "../runtime.ts";
import { answerOf } from "./pipeline/answers.ts";
import { canonical, type FieldNames, namesIn } from "./pipeline/canonical.ts";
import { exchangeOf } from "./pipeline/exchange.ts";
import { failure, throttledAnswer } from "./pipeline/failure.ts";
import { newVisit, type Visit } from "./pipeline/request-context.ts";
import type { Answer, Api, Route } from "./pipeline/route.ts";
import { deliver, holdAnswer, vanish } from "./pipeline/send.ts";
import { type Validator, validator } from "./pipeline/validator.ts";
import { admit, authorize } from "./sign-in/authorize.ts";

/** What all routes share. */
export interface Served {
  readonly emulation: Emulation;
  /** The customers with an order in progress. */
  readonly busy: Set<string>;
}

interface Conversation {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly api: Api;
}

/** The context of each request that is in progress. */
export const visits = new WeakMap<FastifyRequest, Visit>();

/** Registers the routes of an API. */
export function registerRoutes(
  scope: FastifyInstance,
  served: Served,
  { api, routes }: { readonly api: Api; readonly routes: readonly Route[] },
): void {
  const names = namesIn(routes.flatMap(({ body }) => (body === undefined ? [] : [body])));
  for (const route of routes) {
    const expected = answerOf(route);
    const judge = expected && validator(expected);
    const make = (conversation: Conversation): Answer =>
      judged(perform(served, conversation, route), route, judge);
    scope.route({
      method: route.method,
      url: route.path,
      ...(route.body !== undefined && { schema: { body: route.body } }),
      onRequest: (request, reply) => enter(served, { request, reply, api }, route),
      preValidation: async (request) => spell(request, api, names),
      handler: (request, reply) =>
        answer(served, { request, reply, api }, () => make({ request, reply, api })),
    });
  }
}

/** Checks a response against its schema. Throws if it differs, which is a bug in the emulator. */
function judged(answer: Answer, { method, path }: Route, judge: Validator | undefined): Answer {
  const verdict =
    judge === undefined || answer.body === undefined || answer.status >= 300
      ? undefined
      : judge(answer.body);
  if (verdict !== undefined && "error" in verdict)
    throw new Error(`${method} ${path} answers what it should not: ${verdict.error.message}`);
  return answer;
}

/** Before the body is read: log, latency, faults without effect, authorization, throttling. */
async function enter(
  { emulation }: Served,
  conversation: Conversation,
  route: Route,
): Promise<FastifyReply | undefined> {
  const { request, reply, api } = conversation;
  if (api === "control") return undefined;
  const visit = newVisit(emulation, request);
  visits.set(request, visit);
  if (emulation.latency > 0) await new Promise((resolve) => setTimeout(resolve, emulation.latency));
  const { fault } = visit;
  if (fault?.kind === "reset") return vanish(request, reply);
  if (fault?.kind === "timeout" && !fault.effect) return holdAnswer(request, reply, fault.seconds);
  if (fault?.kind === "status" && !fault.effect)
    return out(emulation, conversation, faultAnswer(fault, api));
  if (api === "signIn") return undefined;
  try {
    if (fault?.kind === "expired-token")
      refuse(
        401,
        api === "graph" ? "InvalidAuthenticationToken" : 400,
        "Access denied: the token has expired",
      );
    visit.principal = authorize(emulation.tokens, {
      authorization: request.headers.authorization,
      api,
      now: emulation.now(),
    });
    visit.entry.principal = visit.principal.kind;
    emulation.read(visit.principal, (transaction) => expectRights(transaction, request));
    admit(visit.principal, { route, api, quirks: emulation.quirks });
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    return out(
      emulation,
      conversation,
      failure(api, error, { requestId: visit.requestId, now: emulation.now() }),
    );
  }
  const seconds = emulation.throttle(request.url, emulation.quirks.throttle, emulation.now());
  return seconds === undefined ? undefined : out(emulation, conversation, throttledAnswer(seconds));
}

function spell(request: FastifyRequest, api: Api, names: FieldNames): void {
  if (api === "partnerCenter") request.body = canonical(request.body, names);
}

function perform(served: Served, { request, reply }: Conversation, route: Route): Answer {
  const { emulation, busy } = served;
  const visit = visits.get(request);
  const exchange = exchangeOf(emulation, request, visit);
  if (visit?.fault?.kind === "etag")
    exchange.write((transaction) => touch(transaction, exchange.path));
  if (!route.alone) return route.handle(exchange);
  const customer = exchange.parameter("customer").toLowerCase();
  if (busy.has(customer)) return refuse(409, 800060, "Your order is in progress. (sample wording)");
  const answer = route.handle(exchange);
  if (visit?.fault?.kind === "timeout" || visit?.fault?.kind === "slow") {
    busy.add(customer);
    reply.raw.once("close", () => busy.delete(customer));
  }
  return answer;
}

/** Sends the response of `make`. A refusal is sent in the API's error format. */
export function answer(
  served: Served,
  conversation: Conversation,
  make: () => Answer,
): FastifyReply {
  const { emulation } = served;
  try {
    return out(emulation, conversation, make());
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    const requestId = visits.get(conversation.request)?.requestId ?? "";
    return out(
      emulation,
      conversation,
      failure(conversation.api, error, { requestId, now: emulation.now() }),
    );
  }
}

function out(
  emulation: Emulation,
  { request, reply, api }: Conversation,
  answer: Answer,
): FastifyReply {
  const visit = visits.get(request);
  if (visit !== undefined) visit.entry.status = answer.status;
  const fault = visit?.fault;
  const replaced = fault?.kind === "status" && fault.effect ? faultAnswer(fault, api) : answer;
  const bom = api === "partnerCenter" && emulation.quirks.bom && replaced.status !== 429;
  return deliver(request, reply, {
    answer: replaced,
    headers: visit === undefined ? {} : visit.headers(api),
    bom,
    ...(fault !== undefined && { fault }),
  });
}

function faultAnswer({ status = 503, code, retryAfter }: InjectedFault, api: Api): Answer {
  const headers: Readonly<Record<string, string>> =
    retryAfter === undefined ? {} : { "Retry-After": retryAfter };
  if (api === "graph")
    return {
      ...failure(
        api,
        new ServiceRefusal(
          status,
          status === 429 ? "TooManyRequests" : "ServiceUnavailable",
          "Please retry later.",
        ),
        {
          requestId: "",
          now: 0,
        },
      ),
      headers,
    };
  if (status === 429) return { ...throttledAnswer(Math.ceil(Number(retryAfter ?? 1))), headers };
  if (code !== undefined)
    return {
      status,
      headers,
      body: { code, description: "Something went wrong", data: [], source: "PartnerFD" },
    };
  return { status, headers, body: { message: "The service is unavailable." } };
}
