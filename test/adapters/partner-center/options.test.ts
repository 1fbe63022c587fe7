import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AdapterUnusable } from "../../../src/adapters/factory.ts";
import { readOptions } from "../../../src/adapters/partner-center/options.ts";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import { folder } from "../changes.ts";

const least: Spec = {
  tenant: "contoso.partner.onmschina.cn",
  clientId: "id",
  secrets: { clientSecret: "canary-secret" },
};

test("everything but who signs in has a default, which is 21Vianet's", () => {
  expect(readOptions(least, undefined)).toMatchObject({
    api: "https://partner.partnercenterapi.microsoftonline.cn",
    authority: "https://login.partner.microsoftonline.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
    country: "CN",
    locale: "zh-CN",
    signIns: ["app"],
    requestsPerMinute: 500,
    supportProfilePath: "/v1/profiles/support",
  });
  expect(
    readOptions(
      { ...least, cloud: "global", secrets: { clientSecret: "s", refreshToken: "r" } },
      undefined,
    ),
  ).toMatchObject({
    graph: "https://graph.microsoft.com",
    country: "US",
    signIns: ["app", "user"],
  });
  expect(
    readOptions({ ...least, authority: "https://login.chinacloudapi.cn" }, undefined).authority,
  ).toBe("https://login.chinacloudapi.cn");
});

test.each<readonly [Spec, string | undefined, RegExp]>([
  [{}, undefined, /must have required property 'tenant'; must have required property 'clientId'/],
  [
    { tenant: "t", clientId: "c", secrets: {} },
    undefined,
    /\/secrets must have required property 'clientSecret'/,
  ],
  [{ ...least, tenat: "x" }, undefined, /: \/tenat must NOT have additional properties\.$/],
  [{ ...least, requestsPerMinute: 0 }, undefined, /\/requestsPerMinute must be >= 1\.$/],
  [
    { ...least, capabilities: { User: { lag: "1" } } },
    undefined,
    /\/capabilities\/User\/lag must be number/,
  ],
  [
    { ...least, secrets: { clientSecret: { file: "canary-file" } } },
    undefined,
    /secrets\.clientSecret must be a text where the adapter is opened/,
  ],
  [
    { ...least, certificate: "c.pem" },
    undefined,
    /\/secrets must have required property 'privateKey'/,
  ],
  [
    { ...least, secrets: { privateKey: "canary-key" } },
    undefined,
    /must have required property 'certificate'/,
  ],
  [
    { ...least, api: "https://partner:port" },
    undefined,
    /api` in partnerctl.yaml: https:\/\/partner:port is no URL/,
  ],
  [{ ...least, api: "https://evil.example" }, undefined, /tokens are never sent to evil\.example/],
  [
    { ...least, authority: "https://login.partner.microsoftonline.cn.evil.example" },
    "evil.example",
    /never sent/,
  ],
  [{ ...least, graph: "http://127.0.0.1:1" }, undefined, /never sent to 127\.0\.0\.1:1/],
  [{ ...least, graph: "http://graph.example" }, "graph.example", /tokens go over https alone/],
  [
    { ...least, graph: "https://graph.example/v1.0" },
    "graph.example",
    /\/graph must match pattern/,
  ],
])("%j is refused, and no secret is in the message", (options, allowed, message) => {
  const error = caught(() => readOptions(options, allowed));
  expect(error).toBeInstanceOf(AdapterUnusable);
  expect((error as AdapterUnusable).diagnostic).toMatchObject({
    code: "adapter/options",
    message: expect.stringMatching(message),
  });
  expect(String(error)).not.toContain("canary");
});

test("a host is trusted where it is named, with its port or without", () => {
  const at = (allowed: string) =>
    readOptions({ ...least, api: "http://127.0.0.1:4000" }, allowed).api;
  expect(at("127.0.0.1:4000")).toBe("http://127.0.0.1:4000");
  expect(at("other.example, 127.0.0.1")).toBe("http://127.0.0.1:4000");
  expect(() => at("127.0.0.1:4001")).toThrow("never sent");
});

test("a certificate is read when the adapter is opened", () => {
  const root = folder();
  writeFileSync(join(root, "c.pem"), "no certificate");
  const options = { ...least, certificate: "c.pem", secrets: { privateKey: "canary-key" } };
  const error = caught(() => partnerCenter(options, { root }));
  expect((error as AdapterUnusable).diagnostic.message).toMatch(
    /c\.pem holds no certificate in PEM form/,
  );
});

test("capabilities say what the fact sheet says, unless the settings say otherwise", () => {
  const supports = (capabilities: Spec) =>
    partnerCenter({ ...least, capabilities }, { root: folder() }).supports;
  expect(supports({}).CatalogCustomization).toBeUndefined();
  expect(supports({}).Subscription).toMatchObject({
    verbs: ["create", "update", "upgrade", "remove"],
    repeatable: ["remove"],
    lag: 900,
  });
  expect(supports({}).Customer).toMatchObject({
    verbs: ["create", "update"],
    repeatable: ["create"],
  });
  expect(
    supports({ PartnerProfile: false, Subscription: { verbs: ["update"], lag: 5 } }),
  ).toMatchObject({
    Subscription: { verbs: ["update"], lag: 5, readable: [""] },
  });
  expect(supports({ PartnerProfile: false }).PartnerProfile).toBeUndefined();
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
