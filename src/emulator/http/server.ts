import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { refuse } from "../account/refusal.ts";
import type { Emulation } from "../runtime.ts";
import { controlRoutes } from "./control.ts";
import { readBodies } from "./pipeline/bodies.ts";
import { malformedAnswer } from "./pipeline/failure.ts";
import { plainPath } from "./pipeline/plain-path.ts";
import { newVisit } from "./pipeline/request-context.ts";
import type { Answer, Api, Schema } from "./pipeline/route.ts";
import { validator } from "./pipeline/validator.ts";
import { answer, type Served, registerRoutes, visits } from "./register-routes.ts";
import { graph, partnerCenter } from "./routes.ts";
import { authorize } from "./sign-in/authorize.ts";
import { answerBatch } from "./graph/batch.ts";
import { signInRoutes } from "./sign-in/sign-in.ts";
import { callbacks } from "./webhooks/webhook-delivery.ts";

const largestDump = 1024 * 1024 * 1024;

/** Creates the emulator's HTTP server with all routes. It does not listen yet. */
export async function serve(emulation: Emulation): Promise<FastifyInstance> {
  const server = fastify({
    rewriteUrl: ({ url = "/" }) => plainPath(url),
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    return503OnClosing: false,
    bodyLimit: largestDump,
    routerOptions: { caseSensitive: false, maxParamLength: 1000, ignoreTrailingSlash: true },
  });
  server.setValidatorCompiler<Schema>(({ schema }) => validator(schema));
  const served: Served = { emulation, busy: new Set() };
  const told = callbacks(emulation, () => server.listeningOrigin);
  server.addHook("onClose", async () => told.close());
  readBodies(server);
  server.setNotFoundHandler((request, reply) =>
    answer(served, { request, reply, api: apiOf(request.url) }, () =>
      unknownPath(emulation, request),
    ),
  );
  server.setErrorHandler((error: Error, request, reply) =>
    answer(served, { request, reply, api: apiOf(request.url) }, () =>
      throwAsRefusal(error, apiOf(request.url)),
    ),
  );
  await server.register(async (scope) =>
    registerRoutes(scope, served, { api: "partnerCenter", routes: partnerCenter }),
  );
  await server.register(async (scope) =>
    registerRoutes(scope, served, { api: "graph", routes: graph }),
  );
  server.post("/v1.0/$batch", async (request, reply) => {
    const visit = newVisit(emulation, request);
    visits.set(request, visit);
    const made = await batch(server, emulation, request);
    return answer(served, { request, reply, api: "graph" }, made);
  });
  await server.register(async (scope) =>
    registerRoutes(scope, served, { api: "signIn", routes: signInRoutes(emulation) }),
  );
  await server.register(async (scope) =>
    registerRoutes(scope, served, { api: "control", routes: controlRoutes(emulation, told) }),
  );
  return server;
}

/** The answer of a batch, or the refusal as it is to be thrown. */
async function batch(
  server: FastifyInstance,
  { tokens, now }: Emulation,
  { headers, body }: FastifyRequest,
): Promise<() => Answer> {
  try {
    authorize(tokens, { authorization: headers.authorization, api: "graph", now: now() });
    const made = await answerBatch(server, headers, body);
    return () => made;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function unknownPath(emulation: Emulation, request: FastifyRequest): never {
  const api = apiOf(request.url);
  if (api !== "control" && !visits.has(request)) visits.set(request, newVisit(emulation, request));
  const code = {
    graph: "Request_ResourceNotFound",
    signIn: "invalid_request",
    partnerCenter: 1000,
    control: 404,
  }[api];
  return refuse(404, code, "Not found");
}

function throwAsRefusal(
  error: Error & { readonly statusCode?: number; readonly validation?: unknown },
  api: Api,
): never {
  throw malformedAnswer(api, error) ?? error;
}

function apiOf(url: string): Api {
  if (/^\/_emulator\b/i.test(url)) return "control";
  if (/^\/(v1|webhooks)\//i.test(url)) return "partnerCenter";
  return /^\/v1\.0\//i.test(url) ? "graph" : "signIn";
}
