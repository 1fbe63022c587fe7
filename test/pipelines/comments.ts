import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A host's comments on one change, behind the routes that the host documents for them. */
export interface Comments {
  readonly url: string;
  /** Oldest first. */
  readonly bodies: string[];
  /** What was asked: `POST /…`. */
  readonly asked: string[];
  /** What else the host tells, by path. */
  readonly tells: Map<string, unknown>;
}

/** How a host names what it serves. */
export interface Routes {
  readonly list: string;
  readonly one: (id: number) => string;
  readonly replace: "PATCH" | "PUT";
  readonly token: readonly [header: string, value: string];
  readonly page: number;
  /** Tells who a token belongs to; a workflow's own belongs to nobody. */
  readonly user: boolean;
  /** Tells of the next page in a header; others are asked until a page is not full. */
  readonly nextHeader?: string;
}

const theirs = { id: 1, type: "User" };
const ours = { id: 2, type: "Bot" };

/** Serves them until the test ends, with some remarks of others before ours. */
export async function comments(routes: Routes, before: readonly string[] = []): Promise<Comments> {
  const state = { bodies: [...before], asked: [] as string[], tells: new Map<string, unknown>() };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://host");
    state.asked.push(`${request.method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body =
      chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")).body : undefined;
    const answer = (status: number, value: unknown, headers = {}) => {
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    };
    const [header, value] = routes.token;
    if (request.headers[header] !== value) return answer(401, { message: "Bad credentials" });
    if (url.pathname === "/user")
      return routes.user
        ? answer(200, { id: ours.id })
        : answer(403, { message: "Not accessible" });
    if (request.method === "GET" && state.tells.has(url.pathname))
      return answer(200, state.tells.get(url.pathname));
    if (request.method === "GET" && url.pathname === routes.list) {
      const page = Number(url.searchParams.get("page"));
      const from = (page - 1) * routes.page;
      const shown = state.bodies.slice(from, from + routes.page).map((text, index) => {
        const who = from + index < before.length ? theirs : ours;
        return { id: from + index + 1, body: text, user: who, author: who };
      });
      const next = from + routes.page < state.bodies.length ? String(page + 1) : "";
      return answer(200, shown, routes.nextHeader ? { [routes.nextHeader]: next } : {});
    }
    if (request.method === "POST" && url.pathname === routes.list)
      return answer(201, { id: state.bodies.push(body) });
    const index = state.bodies.findIndex((_, at) => url.pathname === routes.one(at + 1));
    if (request.method !== routes.replace || index < 0)
      return answer(404, { message: "Not Found" });
    state.bodies[index] = body;
    return answer(200, { id: index + 1 });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { ...state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** GitHub's. */
export const githubRoutes: Routes = {
  list: "/repos/contoso/account/issues/1/comments",
  one: (id) => `/repos/contoso/account/issues/comments/${id}`,
  replace: "PATCH",
  token: ["authorization", "Bearer host-token"],
  page: 100,
  user: false,
};

/** GitLab's. */
export const gitlabRoutes: Routes = {
  list: "/projects/7/merge_requests/1/notes",
  one: (id) => `/projects/7/merge_requests/1/notes/${id}`,
  replace: "PUT",
  token: ["private-token", "host-token"],
  page: 100,
  user: true,
  nextHeader: "x-next-page",
};
