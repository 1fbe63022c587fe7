import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manifest, partnerctl, write } from "../cli/binary.ts";
import { type Editor, editor, type Item, type Problem } from "./language-server.ts";

let place: string;
let server: Editor;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "partnerctl-"));
  await partnerctl(place, ["init"]);
  write(place, {
    "manifests/customers/tailspin.yaml": manifest("Customer", "tailspin", {
      domain: "tailspin.partner.onmschina.cn",
    }),
    // A manifest with errors has its name all the same.
    "manifests/customers/half.yaml":
      "apiVersion: partnercenter/v1\nkind: Customer\nmetadata:\n  name: half-written\nspec: 3\n",
  });
  // In place of the schemas that init has written.
  const { status, stdout } = await partnerctl(place, ["schema", "--project"]);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/11 schemas in .*, with 8 names/)]);
  server = await editor(place);
});
afterAll(async () => {
  await server.close();
  rmSync(place, { recursive: true, force: true });
});

const head = (kind: string) =>
  `apiVersion: partnercenter/v1\nkind: ${kind}\nmetadata:\n  name: one\nspec:\n`;
const subscription = `${head("Subscription")}  customer: fabrikam\n  offer: enterprise-e3\n`;
const settings = "apiVersion: partnercenter/v1\nkind: Settings\n";
const backend = `${settings}adapters:\n  partner-center:\n`;
const labels = (items: readonly Item[]) => items.map(({ label }) => label);
const said = (problems: readonly Problem[]) =>
  problems.map(({ message, range }) => `${range.start.line + 1}: ${message}`);

describe("what init wrote", () => {
  test.each([
    "partnerctl.yaml",
    "manifests/users.yaml",
    "manifests/partner-profile.yaml",
    "manifests/catalog-customization.yaml",
    "manifests/customers/fabrikam.yaml.example",
  ])("%s is right in the editor's eyes", async (file) => {
    expect(
      said(
        await server.open(file.replace(".example", ""), readFileSync(join(place, file), "utf8")),
      ),
    ).toEqual([]);
  });

  test("every schema is a file of the project", () => {
    const settings = JSON.parse(readFileSync(join(place, ".vscode/settings.json"), "utf8"));
    const files = Object.keys(settings["yaml.schemas"]);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const schema = readFileSync(join(place, file), "utf8");
      for (const [, target = ""] of schema.matchAll(/"\$ref": "([^"#][^"]*)"/g))
        expect(existsSync(join(place, file, "..", target)), target).toBe(true);
    }
  });
});

describe("completion", () => {
  test.each([
    [
      "a subscription's fields",
      "manifests/a.yaml",
      `${head("Subscription")}  ^\n`,
      ["customer", "offer", "quantity", "billingCycle", "addOnOf"],
    ],
    [
      "a subscription's billing cycles",
      "manifests/b.yaml",
      `${subscription}  billingCycle: ^\n`,
      ["monthly", "annual"],
    ],
    [
      "a customer's address",
      "manifests/c.yaml",
      `${head("Customer")}  billing:\n    address:\n      ^\n`,
      ["country", "city", "postalCode"],
    ],
    [
      "a user's roles",
      "manifests/d.yaml",
      `${head("User")}  roles:\n    ^\n`,
      ["agent", "administrator"],
    ],
    [
      "administrators, in the second document of a file",
      "manifests/e.yaml",
      `${subscription}---\n${head("User")}  roles:\n    administrator: ^\n`,
      ["global", "billing"],
    ],
    [
      "fields of the second document, by their first letter",
      "manifests/f.yaml",
      `${subscription}---\n${head("User")}  r^\n`,
      ["recovery", "roles"],
    ],
    [
      "fields of the first of two documents",
      "manifests/g.yaml",
      `${subscription}  ^\n---\n${head("User")}  displayName: x\n`,
      ["quantity", "billingCycle"],
    ],
    [
      "kinds",
      "manifests/h.yaml",
      "apiVersion: partnercenter/v1\nkind: ^\n",
      ["PartnerProfile", "User", "CatalogCustomization", "Customer", "Subscription"],
    ],
    [
      "whole manifests",
      "manifests/i.yaml",
      "^\n",
      ["apiVersion", "kind", "User", "Customer", "Subscription"],
    ],
    [
      "settings",
      "partnerctl.yaml",
      "apiVersion: partnercenter/v1\nkind: Settings\n^\n",
      ["manifests", "ledger", "guards", "environments"],
    ],
    [
      "a ledger's types",
      "partnerctl.yaml",
      "apiVersion: partnercenter/v1\nkind: Settings\nledger:\n  type: ^\n",
      ["file", "git"],
    ],
    [
      "a backend's options",
      "partnerctl.yaml",
      `${backend}    ^\n`,
      ["tenant", "certificate", "requestsPerMinute", "capabilities"],
    ],
    [
      "what a backend can do",
      "partnerctl.yaml",
      `${backend}    capabilities:\n      User:\n        ^\n`,
      ["verbs", "lag"],
    ],
    [
      "an account to simulate on",
      "partnerctl.yaml",
      `${settings}adapters:\n  local:\n    simulate:\n      ^\n`,
      ["lag", "failBefore"],
    ],
    [
      "a backend's options in an environment",
      "partnerctl.yaml",
      `${settings}environments:\n  production:\n    adapters:\n      partner-center:\n        cloud: ^\n`,
      ["china", "global"],
    ],
    [
      "an overlay's fields",
      "overlays/production/a.yaml",
      `${head("Customer")}  billing:\n    ^\n`,
      ["companyName", "email", "address"],
    ],
    [
      "a policy's fields",
      "policies/a.yaml",
      `${head("Policy")}  ^\n`,
      ["on", "expression", "message", "severity"],
    ],
    [
      "the project's customers",
      "manifests/j.yaml",
      `${head("Subscription")}  customer: ^\n`,
      ["tailspin", "half-written"],
    ],
    [
      "the offers that the settings name",
      "manifests/k.yaml",
      `${head("Subscription")}  customer: fabrikam\n  offer: ^\n`,
      ["enterprise-e3", "business-premium"],
    ],
    [
      "the offers to feature",
      "manifests/l.yaml",
      "apiVersion: partnercenter/v1\nkind: CatalogCustomization\nspec:\n  featuredOffers:\n    - ^\n",
      ["enterprise-e3", "business-premium"],
    ],
    ["whole policies", "policies/b.yaml", "^\n", ["Policy", "Suppression"]],
  ])("of %s", async (_, file, text, expected) => {
    expect(labels(await server.complete(file, text))).toEqual(expect.arrayContaining(expected));
  });

  test("a whole manifest that is offered is right as it is inserted", async () => {
    for (const [folder, kinds] of Object.entries({
      manifests: ["PartnerProfile", "User", "CatalogCustomization", "Customer", "Subscription"],
      policies: ["Policy", "Suppression"],
    })) {
      const offered = await server.complete(`${folder}/x.yaml`, "^\n");
      for (const kind of kinds) {
        const text =
          offered.find(({ label, insertText }) => label === kind && insertText?.includes("\n"))
            ?.insertText ?? "";
        expect(text).toContain(`kind: ${kind}\n`);
        expect(
          said(await server.open(`${folder}/${kind}.yaml`, `${text.replaceAll("\\$", "$")}\n`)),
        ).toEqual([]);
      }
    }
  });

  test("what is never written is not offered", async () => {
    expect(
      labels(await server.complete("manifests/p.yaml", `${head("User")}  p^\n`)),
    ).not.toContain("password");
  });
});

describe("hover", () => {
  test.each([
    ["manifests/a.yaml", `${subscription}  quan^tity: 1\n`, "number of seats"],
    ["manifests/b.yaml", `${subscription}---\n${head("User")}  reco^very: {}\n`, "locked out"],
    ["partnerctl.yaml", `${backend}    requests^PerMinute: 200\n`, "rate limit"],
    ["partnerctl.yaml", `${backend}    certi^ficate: c.pem\n`, "secrets.privateKey"],
    [
      "partnerctl.yaml",
      "apiVersion: partnercenter/v1\nkind: Settings\nled^ger:\n  type: file\n",
      "what was applied",
    ],
    ["overlays/production/a.yaml", `${head("Subscription")}  quan^tity: 1\n`, "number of seats"],
    ["policies/a.yaml", `${head("Policy")}  expres^sion: "true"\n`, "CEL"],
  ])("in %s tells what the schema says", async (file, text, expected) => {
    expect(await server.hover(file, text)).toContain(expected);
  });
});

describe("errors", () => {
  test.each([
    [
      "an unknown field",
      "manifests/a.yaml",
      `${subscription}  quantty: 1\n`,
      ["8: Property quantty is not allowed."],
    ],
    [
      "a wrong value",
      "manifests/b.yaml",
      `${subscription}  billingCycle: weekly\n`,
      [/^8: .*"monthly", "annual"/],
    ],
    [
      "a wrong type",
      "manifests/c.yaml",
      `${subscription}  quantity: many\n`,
      ['8: Incorrect type. Expected "integer".'],
    ],
    [
      "a missing field",
      "manifests/d.yaml",
      "apiVersion: partnercenter/v1\nkind: Subscription\nmetadata:\n  name: x\nspec:\n  customer: fabrikam\n",
      ['5: Missing property "offer".'],
    ],
    [
      "a missing reason",
      "manifests/e.yaml",
      `${head("User").replace("spec:", "state: absent\nspec:")}  userPrincipalName: a@b.cn\n`,
      ['1: Missing property "reason".'],
    ],
    [
      "an unknown kind",
      "manifests/f.yaml",
      head("Subscripton").replace("spec:\n", ""),
      [/^2: .*"Customer", "Subscription"/],
    ],
    [
      "the second document of a file",
      "manifests/g.yaml",
      `${subscription}---\n${head("User")}  userPrincipalName: a@b.cn\n  roles:\n    agent: boss\n`,
      [/^16: .*"helpdesk"/],
    ],
    [
      "a password",
      "manifests/h.yaml",
      `${head("User")}  userPrincipalName: a@b.cn\n  password: x\n`,
      [/not allowed/, /the tool makes a temporary one/],
    ],
    [
      "settings",
      "partnerctl.yaml",
      "apiVersion: partnercenter/v1\nkind: Settings\nledger:\n  tpye: file\n",
      ["4: Property tpye is not allowed."],
    ],
    [
      "a backend's options",
      "partnerctl.yaml",
      `${backend}    retry: {atempts: 3}\n`,
      ["5: Property atempts is not allowed."],
    ],
    [
      "a backend's options that are not all there",
      "partnerctl.yaml",
      `${backend.replace("adapters:", "adapter: partner-center\nadapters:")}    tenant: t\n`,
      ['5: Missing property "clientId".', '5: Missing property "secrets".'],
    ],
    [
      "an environment",
      "partnerctl.yaml",
      `${settings}environments:\n  production:\n    guards: {seats: many}\n    adapters: {local: {acount: x}}\n`,
      ["5: Incorrect type. Expected one of integer, null.", "6: Property acount is not allowed."],
    ],
    [
      "an overlay",
      "overlays/production/a.yaml",
      `${head("Customer")}  billing:\n    address:\n      cty: x\n`,
      ["8: Property cty is not allowed."],
    ],
    [
      "a policy",
      "policies/a.yaml",
      `${head("Policy")}  expresion: "true"\n`,
      [/Missing property "on"/, /Property expresion is not allowed/],
    ],
  ])("of %s", async (_, file, text, expected) => {
    const found = said(await server.open(file, text));
    for (const one of expected)
      expect(found).toEqual(
        expect.arrayContaining([typeof one === "string" ? one : expect.stringMatching(one)]),
      );
  });

  test("an environment need not be whole, and null takes an option out", async () => {
    const patch = `${settings}environments:\n  production:\n    adapters: {partner-center: {tenant: t, certificate: null}}\n    ledger: {path: null}\n`;
    expect(said(await server.open("partnerctl.yaml", patch))).toEqual([]);
  });

  test("an overlay need not be whole, and null takes a field out", async () => {
    const patch =
      "kind: Subscription\nmetadata:\n  name: one\nspec:\n  customer: fabrikam\n  quantity: null\n  billingCycle: null\n---\nkind: PartnerProfile\nspec:\n  support: null\n";
    expect(said(await server.open("overlays/production/b.yaml", patch))).toEqual([]);
  });
});
