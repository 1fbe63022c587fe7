import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * Parses form bodies as forms and all others as JSON, with or without a byte order mark. Throws an
 * error with statusCode 400 if the body is not JSON.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    async (_: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );
  server.addContentTypeParser(
    "*",
    { parseAs: "string" },
    async (_: FastifyRequest, body: string) => {
      if (body === "") return undefined;
      try {
        return JSON.parse(body.replace(/^\uFEFF/, ""));
      } catch {
        throw Object.assign(new Error("the body is not JSON"), { statusCode: 400 });
      }
    },
  );
}
