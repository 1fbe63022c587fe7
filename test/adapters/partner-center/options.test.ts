import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AdapterUnusable } from "../../../src/adapters/factory.ts";
import { checkOptions } from "../../../src/adapters/partner-center/options.ts";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import { folder } from "../changes.ts";

const least: Spec = { tenant: "contoso.partner.onmschina.cn", clientId: "id", secrets: { clientSecret: "canary-secret" } };

test("everything but who signs in has a default, which is 21Vianet's", () => {
  expect(checkOptions(least, undefined)).toMatchObject({
    api: "https://partner.partnercenterapi.microsoftonline.cn",
    authority: "https://login.partner.microsoftonline.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
    country: "CN",
    locale: "zh-CN",
    signIns: ["app"],
    requestsPerMinute: 500,
    supportProfilePath: "/v1/profiles/support",
  });
  expect(checkOptions({ ...least, cloud: "global", secrets: { clientSecret: "s", refreshToken: "r" } }, undefined)).toMatchObject({
    graph: "https://graph.microsoft.com",
    country: "US",
    signIns: ["app", "user"],
  });
  expect(checkOptions({ ...least, authority: "https://login.chinacloudapi.cn" }, undefined).authority).toBe(
    "https://login.chinacloudapi.cn",
  );
});

test.each<readonly [Spec, string | undefined, RegExp]>([
  [{}, undefined, /\/tenant is missing; \/clientId is missing/],
  [{ tenant: "t", clientId: "c" }, undefined, /\/secrets\/clientSecret is missing/],
  [{ ...least, cloud: "mars" }, undefined, /\/cloud must be china or global/],
  [{ ...least, tenat: "x" }, undefined, /\/tenat is unknown: expected cloud, /],
  [{ ...least, requestsPerMinute: 0 }, undefined, /\/requestsPerMinute must be a whole number/],
  [{ ...least, groups: { admin: "" } }, undefined, /\/groups\/admin must be a text/],
  [{ ...least, capabilities: { Users: false } }, undefined, /\/capabilities\/Users is unknown: expected PartnerProfile, User/],
  [{ ...least, capabilities: { User: { lag: "1" } } }, undefined, /\/capabilities\/User\/lag must be a number of seconds/],
  [{ ...least, recovery: { mobilePhone: "phones" } }, undefined, /\/recovery\/mobilePhone must be mobilePhone/],
  [{ ...least, signIn: "user" }, undefined, /\/signIn is user, which takes \/secrets\/refreshToken/],
  [{ ...least, certificate: "c.pem" }, undefined, /belong together/],
  [{ ...least, api: "partner" }, undefined, /api in partnerctl.yaml: partner is no URL/],
  [{ ...least, api: "https://evil.example" }, undefined, /tokens are never sent to evil\.example/],
  [{ ...least, authority: "https://login.partner.microsoftonline.cn.evil.example" }, "evil.example", /never sent/],
  [{ ...least, graph: "http://127.0.0.1:1" }, undefined, /never sent to 127\.0\.0\.1:1/],
  [{ ...least, graph: "http://graph.example" }, "graph.example", /tokens go over https alone/],
  [{ ...least, graph: "https://graph.example/v1.0" }, "graph.example", /without a path/],
])("%j is refused, and no secret is in the message", (options, allowed, message) => {
  const error = caught(() => checkOptions(options, allowed));
  expect(error).toBeInstanceOf(AdapterUnusable);
  expect((error as AdapterUnusable).diagnostic).toMatchObject({ code: "adapter/options", message: expect.stringMatching(message) });
  expect(String(error)).not.toContain("canary");
});

test("a host is trusted where it is named, with its port or without", () => {
  const at = (allowed: string) => checkOptions({ ...least, api: "http://127.0.0.1:4000" }, allowed).api;
  expect(at("127.0.0.1:4000")).toBe("http://127.0.0.1:4000");
  expect(at("other.example, 127.0.0.1")).toBe("http://127.0.0.1:4000");
  expect(() => at("127.0.0.1:4001")).toThrow("never sent");
});

test("a certificate is read when the adapter is opened", () => {
  const root = folder();
  writeFileSync(join(root, "c.pem"), "no certificate");
  const options = { ...least, certificate: "c.pem", secrets: { privateKey: "canary-key" } };
  const error = caught(() => partnerCenter(options, { root }));
  expect((error as AdapterUnusable).diagnostic.message).toMatch(/c\.pem holds no certificate in PEM form/);
});

test("capabilities say what the fact sheet says, unless the settings say otherwise", () => {
  const supports = (capabilities: Spec) => partnerCenter({ ...least, capabilities }, { root: folder() }).supports;
  expect(supports({}).CatalogCustomization).toBeUndefined();
  expect(supports({}).Subscription).toMatchObject({ verbs: ["create", "update", "upgrade", "remove"], repeatable: ["remove"], lag: 900 });
  expect(supports({}).Customer).toMatchObject({ verbs: ["create", "update"], repeatable: ["create"] });
  expect(supports({ PartnerProfile: false, Subscription: { verbs: ["update"], lag: 5 } })).toMatchObject({
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
