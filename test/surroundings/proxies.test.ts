import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { AdapterError } from "../../src/model/adapter.ts";
import { proxyFor } from "../../src/model/proxy.ts";
import { ask } from "../../src/store/hosts/host.ts";
import {
  open,
  type Answer,
  options,
  serve,
  tokenReply,
} from "../adapters/partner-center/server.ts";
import { folder, folderWith, partnerctl, settings } from "../cli/binary.ts";
import { startProxy } from "./proxy.ts";

afterEach(() => vi.unstubAllEnvs());

const via = (address: string, environment: Record<string, string>) => {
  const found = proxyFor(new URL(address), environment);
  return found instanceof URL ? found.host : found;
};

describe("which proxy", () => {
  const both = { HTTP_PROXY: "http://plain.example:80", HTTPS_PROXY: "http://secure.example:3128" };
  test.each<readonly [string, Record<string, string>, string | undefined]>([
    ["https://a.partner.example/x", {}, undefined],
    ["https://a.partner.example/x", both, "secure.example:3128"],
    ["http://a.partner.example/x", both, "plain.example"],
    ["https://a.partner.example", { HTTP_PROXY: "http://plain.example" }, undefined],
    [
      "https://a.partner.example",
      { ...both, https_proxy: "http://small.example:1" },
      "small.example:1",
    ],
    ["https://a.partner.example", { ...both, https_proxy: "" }, "secure.example:3128"],
    ["https://a.partner.example", { HTTPS_PROXY: "secure.example:8080" }, "secure.example:8080"],
    ["https://a.partner.example", { HTTPS_PROXY: " https://secure.example\n" }, "secure.example"],
    ["https://a.partner.example", { HTTPS_PROXY: "socks5://secure.example" }, "unusable"],
    ["https://a.partner.example", { HTTPS_PROXY: "http://" }, "unusable"],
    ["https://a.partner.example", { ...both, NO_PROXY: "*" }, undefined],
    ["https://a.partner.example", { ...both, NO_PROXY: "b.example, partner.example" }, undefined],
    ["https://a.partner.example", { ...both, NO_PROXY: ".PARTNER.example" }, undefined],
    ["https://a.partner.example", { ...both, NO_PROXY: "*.partner.example:443" }, undefined],
    [
      "https://a.partner.example",
      { ...both, NO_PROXY: "partner.example:8443" },
      "secure.example:3128",
    ],
    ["https://apartner.example", { ...both, NO_PROXY: "partner.example" }, "secure.example:3128"],
    ["http://127.0.0.1:8021", { ...both, no_proxy: "127.0.0.1" }, undefined],
    ["http://[::1]:8021", { ...both, no_proxy: "[::1]" }, undefined],
  ])("%s with %j: %s", (address, environment, expected) =>
    expect(via(address, environment)).toBe(expected),
  );
});

/**
 * What came of reading customers and of writing one, at a service that is reached as the
 * environment says.
 */
async function tried(
  answer: () => Answer,
  environment: Record<string, string>,
  token: () => Answer = () => tokenReply(),
) {
  const server = await serve(answer, token);
  onTestFinished(() => server.close());
  for (const [name, value] of Object.entries({ NO_PROXY: "", no_proxy: "", ...environment }))
    vi.stubEnv(name, value);
  const adapter = open(server.url, folder(), { retry: { attempts: 1, seconds: 0.001 } });
  onTestFinished(() => adapter.close());
  const signal = new AbortController().signal;
  const read = async (): Promise<unknown> => {
    const found: unknown[] = [];
    for await (const one of adapter.read({ kind: "Customer" }, signal)) found.push(one);
    return found;
  };
  const trouble = (error: unknown) =>
    error instanceof AdapterError ? `${error.problem}: ${error.message}` : error;
  return {
    got: server.got.length,
    url: new URL(server.url).host,
    server,
    outcome: await read().catch(trouble),
  };
}

const none = (): Answer => ({ status: 200, body: { totalCount: 0, items: [] } });

describe("requests to the service", () => {
  test("go through the proxy, with its password, and tokens too", async () => {
    const proxy = await startProxy();
    const { outcome, url, server } = await tried(none, {
      HTTP_PROXY: proxy.url.replace("//", "//me:my%20word@"),
    });
    expect(outcome).toEqual([]);
    expect([server.got.length, server.tokenRequests.length > 0]).toEqual([1, true]);
    expect(new Set(proxy.asked)).toEqual(
      new Set([`${url} Basic ${Buffer.from("me:my word").toString("base64")}`]),
    );
  });

  test("do not where NO_PROXY names the host", async () => {
    const proxy = await startProxy();
    expect((await tried(none, { HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" })).outcome).toEqual(
      [],
    );
    expect(proxy.asked).toEqual([]);
  });

  test.each([407, 403, 502])(
    "that the proxy answers with %i were not sent, and it is named",
    async (status) => {
      const proxy = await startProxy(status);
      const { outcome, got } = await tried(none, { HTTP_PROXY: proxy.url });
      expect(got).toBe(0);
      expect(outcome).toBe(
        `unavailable: Signing in: The proxy ${proxy.host} answered ${status}, and let nothing through.`,
      );
    },
  );

  test("name a proxy that is not there, or none", async () => {
    const dead = (await tried(none, { HTTP_PROXY: "http://me:secret-word@127.0.0.1:1" })).outcome;
    expect(dead).toMatch(
      /^unavailable: Signing in: 127\.0\.0\.1:\d+ \(through the proxy 127\.0\.0\.1:1\) cannot be reached \(ECONNREFUSED\)\.$/,
    );
    expect((await tried(none, { HTTP_PROXY: "socks5://127.0.0.1:1" })).outcome).toBe(
      "unavailable: Signing in: HTTP_PROXY or HTTPS_PROXY is no address of an HTTP proxy: expected such as http://proxy.example:8080.",
    );
  });
});

describe("a web page in place of the service's answer", () => {
  const page = (
    status: number,
    text = "<!DOCTYPE html><html><head><title>Access\n denied</title></head></html>",
  ): Answer => ({
    status,
    text,
    headers: { "Content-Type": "text/html" },
  });
  const words =
    "the web page \"Access denied\" of a proxy, a firewall or a network's sign-in, and not with the service's own answer";

  test("is named as what it is", async () => {
    const { outcome } = await tried(() => page(200), {});
    expect(outcome).toMatch(/^unavailable: /);
    expect(outcome).toContain(`answered with ${words}`);
    expect((await tried(() => page(403), {})).outcome).toContain(words);
    expect((await tried(() => page(200, "<html>x"), {})).outcome).toContain(
      "answered with a web page of a proxy",
    );
  });

  test.each([200, 302, 403, 407, 502])("in place of a token (%i)", async (status) => {
    const { outcome, got } = await tried(none, {}, () => page(status));
    expect(got).toBe(0);
    expect(outcome).toMatch(/^(unavailable|denied|rejected): /);
    expect(outcome).not.toContain("<");
  });

  test("is no stack trace on the command line", async () => {
    const server = await serve(none, () => page(403));
    onTestFinished(() => server.close());
    const { secrets: _, ...own } = options(server.url);
    const place = folderWith({
      "partnerctl.yaml": settings(
        {},
        {
          adapter: "partner-center",
          adapters: {
            "partner-center": { ...own, secrets: { clientSecret: "${S}", refreshToken: "${R}" } },
          },
        },
      ),
      "manifests/.keep": "",
    });
    const env = {
      S: "canary-client-secret",
      R: "canary-refresh-token",
      PARTNERCTL_ALLOWED_HOSTS: new URL(server.url).host,
    };
    const { status, stderr } = await partnerctl(place, ["export"], { env });
    expect(status).not.toBe(0);
    expect(stderr).not.toMatch(/^ {4}at |bug in partnerctl/m);
    expect(stderr).toContain("web page");
  });
});

describe("requests to the host of the repository", () => {
  test("go through the proxy too, with words where it refuses", async () => {
    const server = await serve(() => ({ status: 200, body: [] }));
    onTestFinished(() => server.close());
    const [through, closed] = [await startProxy(), await startProxy(407)];
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("HTTP_PROXY", through.url);
    expect((await ask(`${server.url}/x`, { headers: {} })).json).toEqual([]);
    expect(through.asked).toEqual([new URL(server.url).host]);
    vi.stubEnv("HTTP_PROXY", closed.url);
    await expect(ask(`${server.url}/x`, { headers: {} })).rejects.toThrow("407");
    vi.stubEnv("NO_PROXY", "127.0.0.1");
    expect((await ask(`${server.url}/x`, { headers: {} })).json).toEqual([]);
  });
});
