import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { partnerctl } from "./one-process.ts";
import { folderWith, settings } from "./binary.ts";

let place: string;
beforeEach(() => {
  place = folderWith({ "partnerctl.yaml": settings(), "july.csv": `${head}\n${row}\n` });
});
const head = [
  "CustomerID,SyndicationPartnerSubscriptionNumber,DurableOfferID,OfferName,ChargeStartDate",
  "ChargeEndDate,ChargeType,UnitPrice,Quantity,Amount,Subtotal,Tax,TotalForCustomer,Currency",
].join(",");
const row =
  "C,97B75A1F-70EA-542E-A916-A7AB718BD401,O,Office 365 E3,7/15/2024 0:00,8/14/2024 23:59,Cycle fee,150,15,2250,2250,135,2385,CNY";
test.each([["invoices"], ["invoices", "D0200SAM07"], ["reconcile"]])(
  "%s: a backend without invoices says where they come from instead",
  async (...args) => {
    const { status, stdout } = await partnerctl(place, [...args, "--format", "json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).diagnostics).toMatchObject([
      { code: "invoice/unavailable", hint: expect.stringContaining("--file") },
    ]);
  },
);

test("a file is compared with the ledger: what nobody ordered here ends with 2", async () => {
  const { status, stdout } = await partnerctl(place, [
    "reconcile",
    "--file",
    join(place, "july.csv"),
  ]);
  expect(status).toBe(2);
  expect(stdout).toContain("Nobody ordered this through here.");
  expect(stdout).toContain("Explained: 0 lines; not explained: 1; ordered and not billed: 0.");
});

test("a file needs no backend, not even its secrets", async () => {
  const secrets = { clientSecret: "${NOT_SET_HERE}" };
  const center = { tenant: "contoso.partner.onmschina.cn", clientId: "c", secrets };
  place = folderWith({
    "partnerctl.yaml": settings(
      {},
      { adapter: "partner-center", adapters: { "partner-center": center } },
    ),
    "july.csv": `${head}\n${row}\n`,
  });
  const inFile = await partnerctl(place, ["reconcile", "--file", join(place, "july.csv")]);
  expect(inFile.status).toBe(2);
  const asked = await partnerctl(place, ["reconcile", "--format", "json"]);
  expect([asked.status, asked.stdout.includes("NOT_SET_HERE")]).toEqual([1, true]);
});

test.each([
  ["csv", /^status,invoice,number,.*\r\norder,,1,/],
  ["json", /"status": "order"/],
  ["html", /<table>.*Nobody ordered this through here\./],
])("the same as %s", async (format, shown) => {
  const args = ["reconcile", "--file", join(place, "july.csv"), "--format", format];
  const { status, stdout } = await partnerctl(place, args);
  expect([status, shown.test(stdout)]).toEqual([2, true]);
});

test.each([
  [["--period", "October"], "usage/invalid-value"],
  [["--period", "2026-10", "--invoice", "D0200SAM07"], "usage/contradiction"],
  [["--file", "partnerctl.yaml"], "invoice/file"],
])("reconcile %j is wrong input", async (args, code) => {
  const given = args.map((one) => (one.endsWith(".yaml") ? join(place, one) : one));
  const { status, stdout } = await partnerctl(place, ["reconcile", ...given, "--format", "json"]);
  expect([status, JSON.parse(stdout).diagnostics[0].code]).toEqual([1, code]);
});
