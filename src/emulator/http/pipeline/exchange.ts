import type { FastifyRequest } from "fastify";
import type { Asker } from "../../account/transaction.ts";
import type { Emulation } from "../../runtime.ts";
import { canonicalQuery } from "./query.ts";
import type { Exchange } from "./route.ts";
import type { Visit } from "./request-context.ts";

const patches = new WeakMap<Emulation, number>();

/** The request as passed to its route. */
export function exchangeOf(
  emulation: Emulation,
  request: FastifyRequest,
  visit: Visit | undefined,
): Exchange {
  const { quirks } = emulation;
  const number = visit?.entry.number ?? 0;
  const asker: Asker = {
    ...visit?.principal,
    ...(visit !== undefined && { correlationId: visit.correlationId }),
  };
  const now = emulation.now();
  const lagging = visit?.fault?.kind === "lag" ? (visit.fault.seconds ?? 900) : undefined;
  const parameters = request.params as Readonly<Record<string, string>>;
  return {
    parameter: (name) => parameters[name] ?? "",
    query: canonicalQuery(
      Object(request.query),
      /^\/v1\.0\//i.test(request.url) ? "graph" : "other",
    ),
    headers: request.headers,
    body: request.body,
    path: request.url.replace(/\?.*$/s, ""),
    origin: `${request.protocol}://${request.host}`,
    now,
    quirks,
    principal: visit?.principal ?? { kind: "app" },
    prefixed: quirks.links && number % 2 === 0,
    flipped: quirks.casing && number % 3 === 0,
    read: (rule) => emulation.read(asker, rule),
    write: (rule) => emulation.write(asker, rule),
    listed: (list, createdAt) =>
      Date.parse(createdAt) + (lagging ?? quirks.lag[list]) * 1000 <= now,
    accepted: () => {
      const { every, seconds } = quirks.accepted;
      const patched = (patches.get(emulation) ?? 0) + 1;
      patches.set(emulation, patched);
      return every > 0 && patched % every === 0 ? seconds * 1000 : 0;
    },
  };
}
