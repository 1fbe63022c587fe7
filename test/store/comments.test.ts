import { createServer, type ServerResponse } from "node:http";
import { writeFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { mostPages } from "../../src/store/hosts/host.ts";
import { HostFailed, reviewOf, writeComment } from "../../src/store/hosts/index.ts";

const hosts = ["GitHub", "GitLab"] as const;

/**
 * A host that answers every request alike, what it was asked, and the variables of its pipelines.
 */
async function host(
  name: (typeof hosts)[number],
  answer: unknown,
  headers: Readonly<Record<string, string>> = {},
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response
      .writeHead(200, headers)
      .end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${Object(server.address()).port}`;
  const gitlab = {
    GITLAB_CI: "true",
    CI_API_V4_URL: url,
    CI_PROJECT_ID: "1",
    CI_MERGE_REQUEST_IID: "7",
    PARTNERCTL_GITLAB_TOKEN: "a-token-of-gitlab",
  };
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: "a/b",
    GITHUB_TOKEN: "a-token-of-github",
    GITHUB_EVENT_PATH: "",
  };
  return {
    asked,
    environment: name === "GitLab" ? gitlab : { ...github, GITHUB_EVENT_PATH: await event() },
  };
}

async function event(): Promise<string> {
  const [{ mkdtempSync, writeFileSync }, { tmpdir }, { join }] = await Promise.all([
    import("node:fs"),
    import("node:os"),
    import("node:path"),
  ]);
  const file = join(mkdtempSync(join(tmpdir(), "partnerctl-event-")), "event.json");
  writeFileSync(file, JSON.stringify({ pull_request: { number: 7 } }));
  return file;
}

test.each(hosts)("%s: a discussion without an end is given up", async (name) => {
  const page = Array.from({ length: 100 }, (_, index) => ({
    id: index + 1,
    body: "of somebody",
    user: { id: 9 },
    author: { id: 9 },
  }));
  const { asked, environment } = await host(name, page, { "x-next-page": "1" });
  await expect(writeComment(reviewOf(environment), "plan", "text")).rejects.toThrow(
    `more than ${mostPages} pages of comments`,
  );
  expect(asked.filter((one) => one.includes("per_page"))).toHaveLength(mostPages);
});

test.each(hosts)(
  "%s: an answer of another shape, or none that is JSON, is told as what it is",
  async (name) => {
    for (const [answer, message] of [
      [{ items: [] }, "The host's list of comments is no list."],
      [[null], "without a number or a text"],
      [[{ id: "../../user", body: "x" }], "without a number or a text"],
    ] as const)
      await expect(
        writeComment(reviewOf((await host(name, answer)).environment), "plan", "text"),
      ).rejects.toThrow(message);
    await expect(
      writeComment(reviewOf((await host(name, "<html>")).environment), "plan", "text"),
    ).rejects.toThrow("the answer is not JSON");
  },
);

/** The variables of a pipeline of GitLab whose host answers like this. */
async function answering(answer: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { environment } = await host("GitLab", []);
  return { ...environment, CI_API_V4_URL: `http://127.0.0.1:${Object(server.address()).port}` };
}

test("an answer without an end is given up, and the token is in no message", async () => {
  const piece = Buffer.alloc(1024 * 1024, " ");
  const environment = await answering((response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", more).on("error", () => undefined);
    more();
  });
  const written = writeComment(reviewOf(environment), "plan", "text");
  await expect(written).rejects.toThrow("The answer is larger than 128 MiB.");
  await expect(written).rejects.toBeInstanceOf(HostFailed);
});

test.each([200, 500])(
  "a connection that ends within an answer of status %s is the host's failure",
  async (status) => {
    const environment = await answering((response) => {
      response.writeHead(status, { "content-length": "1000" });
      response.write("[", () => response.destroy());
    });
    const written = writeComment(reviewOf(environment), "plan", "text");
    await expect(written).rejects.toBeInstanceOf(HostFailed);
    await expect(written).rejects.toThrow("GET /user: ");
  },
);

test("a person's token is not taken for a bot's because GitHub fails to name its owner", async () => {
  for (const [status, end] of [
    [403, "added"],
    [500, undefined],
    [404, undefined],
  ] as const) {
    const server = createServer(({ url, method }, response) =>
      response.writeHead(url === "/user" ? status : 200).end(method === "GET" ? "[]" : "{}"),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { environment } = await host("GitHub", []);
    const api = {
      ...environment,
      GITHUB_API_URL: `http://127.0.0.1:${Object(server.address()).port}`,
    };
    const written = writeComment(reviewOf(api), "plan", "text");
    if (end) expect(await written).toBe(end);
    else await expect(written).rejects.toMatchObject({ name: "HostFailed", status });
  }
});

test("an event that is not JSON names no pull request", async () => {
  const { environment } = await host("GitHub", []);
  const path = Object(environment).GITHUB_EVENT_PATH;
  for (const text of ["{", "null", '{"pull_request":{"number":"../7"}}']) {
    writeFileSync(path, text);
    expect(() => reviewOf(environment)).toThrow("a pull request in the event");
  }
});

test("a page of the longest notes that GitLab takes is read", async () => {
  const note = { id: 1, author: { id: 9 }, body: "x".repeat(1_000_000) };
  const { environment, asked } = await host("GitLab", Array(20).fill(note));
  await writeComment(reviewOf(environment), "plan", "text");
  expect(asked.some((one) => one.includes("per_page=20&"))).toBe(true);
});
