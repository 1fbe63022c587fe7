import type { FastifyInstance } from "fastify";
import { refuse } from "../../account/refusal.ts";
import { validator } from "../pipeline/validator.ts";
import { object, text } from "../pipeline/schemas.ts";
import type { Answer } from "../pipeline/route.ts";

/** A request of a batch. */
interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly dependsOn?: readonly string[];
}

/** Whose requests those of a batch are, and the host they were sent to. */
export interface Sender {
  readonly authorization?: string | undefined;
  readonly host?: string | undefined;
}

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const mostAtOnce = 20;
const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
const schema = validator(
  object(
    {
      requests: {
        type: "array",
        minItems: 1,
        maxItems: mostAtOnce,
        items: object(
          {
            id: text(1, 100),
            method: text(1, 10),
            url: text(1),
            headers: { type: "object", additionalProperties: text() },
            dependsOn: { type: "array", items: text(1, 100) },
          },
          "id",
          "method",
          "url",
        ),
      },
    },
    "requests",
  ),
);

/**
 * Answers a JSON batch: each request in turn, as its sender. One whose dependency failed is
 * answered 424. Refuses (400) more than 20 requests, equal ids and unknown dependencies.
 */
export async function answerBatch(
  server: FastifyInstance,
  sender: Sender,
  body: unknown,
): Promise<Answer> {
  const verdict = schema(body);
  if ("error" in verdict) return badBatch(verdict.error.message);
  const { requests } = verdict.value as { readonly requests: readonly Part[] };
  expectPlan(requests);
  const responses: PartAnswer[] = [];
  for (const part of requests) {
    const failed = part.dependsOn?.some((id) =>
      responses.some((one) => one.id === id && one.status >= 400),
    );
    responses.push(failed ? dependent(part) : await one(server, sender, part));
  }
  return { status: 200, body: { responses } };
}

function badBatch(message: string): never {
  return refuse(400, "BadRequest", `Invalid batch payload format: ${message}.`);
}

function expectPlan(requests: readonly Part[]): void {
  const seen = new Set<string>();
  for (const { id, method, url, dependsOn = [] } of requests) {
    if (seen.has(id)) badBatch(`the id ${id} occurs twice`);
    if (!methods.some((known) => known === method.toUpperCase()))
      badBatch(`${method} is no method of a batch`);
    if (/^([a-z][a-z+.-]*:|\/\/)/i.test(url)) badBatch(`${url} is not relative to the version`);
    if (dependsOn.some((other) => !seen.has(other)))
      badBatch(`${id} depends on a request that does not stand before it`);
    seen.add(id);
  }
}

function dependent({ id }: Part): PartAnswer {
  const error = { code: "FailedDependency", message: "The request it depends on failed." };
  return { id, status: 424, headers: {}, body: { error } };
}

async function one(
  server: FastifyInstance,
  { authorization, host }: Sender,
  { id, method, url, headers, body }: Part,
): Promise<PartAnswer> {
  const reply = await server.inject({
    method: method.toUpperCase() as (typeof methods)[number],
    url: `/v1.0/${url.replace(/^\//, "")}`,
    headers: {
      ...headers,
      ...(authorization !== undefined && { authorization }),
      ...(host !== undefined && { host }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  const type = reply.headers["content-type"];
  return {
    id,
    status: reply.statusCode,
    headers: type === undefined ? {} : { "Content-Type": String(type) },
    ...(reply.payload !== "" && { body: /json/.test(String(type)) ? reply.json() : reply.payload }),
  };
}
