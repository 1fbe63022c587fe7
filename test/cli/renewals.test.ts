import { Buffer } from "node:buffer";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeIncidents } from "../story/portal.ts";
import { manifest, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const e3 = "5FA4F213-638C-5693-ADE5-924129D90D90";
const domain = "fabrikam.partner.onmschina.cn";
const head = "Offer ID,Price per month,Price per year,Currency";
const place = mkdtempSync(join(tmpdir(), "partnerctl-"));

function subscription(name: string, quantity: number, more: object = {}) {
  const spec = { friendlyName: name, offer: e3, quantity, billingCycle: "monthly" };
  return { add: `Subscription/${domain}/${name}`, spec: { ...spec, status: "active" }, ...more };
}

const year = { startsOn: "2098-11-16", endsOn: "2099-11-15" };
const incidents = [
  { add: `Customer/${domain}`, spec: { domain } },
  subscription("office", 20, { term: year }),
  subscription("ending", 5, { term: { ...year, endsOn: "2099-11-20" } }),
  subscription("苏州工厂的办公软件订阅，一个很长的名称", 3, {
    term: { ...year, endsOn: "2099-11-25" },
  }),
  subscription("later", 1, { term: { startsOn: "2099-09-16", endsOn: "2100-09-15" } }),
  subscription("endless", 1, { term: { ...year, endsOn: "2109-11-15" }, autoRenew: false }),
];

const own = { customer: "fabrikam", offer: e3 };
const manifests = [
  manifest("Customer", "fabrikam", { domain }),
  manifest("Subscription", "office", { ...own, renewal: { mode: "renew", quantity: 15 } }),
  manifest("Subscription", "ending", { ...own, renewal: { mode: "cancel" } }),
];

beforeAll(async () => {
  write(place, {
    "partnerctl.yaml": settings(
      {},
      {
        adapters: { local: { seed: "cases" } },
        priceLists: [
          { file: "old.csv", effective: "2098-01-01" },
          { file: "new.csv", effective: "2099-11-16" },
        ],
      },
    ),
    "old.csv": `${head}\n${e3},100.00,1200.00,CNY\n`,
    "new.csv": `${head}\n${e3},110.00,1320.00,CNY\n`,
    "manifests/all.yaml": manifests.join("---\n"),
  });
  await makeIncidents(place, incidents, "2099-10-01T00:00:00.000Z");
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

const renewals = (...more: string[]) =>
  partnerctl(place, ["renewals", "--at", "2099-10-20", ...more]);

describe("the ends of terms", () => {
  test("are listed with what is decided, undecided ones first", async () => {
    const { status, stdout } = await renewals("--format", "json");
    const { rows, until } = JSON.parse(stdout);
    expect([status, until]).toEqual([0, "2099-12-19"]);
    const told = rows.map((row: Record<string, unknown>) => [row.name, row.decision, row.actsOn]);
    expect(told).toEqual([
      ["苏州工厂的办公软件订阅，一个很长的名称", "unmanaged", undefined],
      ["office", "renew", "2099-11-16"],
      ["ending", "cancel", "2099-11-17"],
    ]);
  });

  test("say seats and money now and then, at the prices in force then", async () => {
    const { rows } = JSON.parse((await renewals("--format", "json")).stdout);
    expect(rows[1]).toMatchObject({
      now: { quantity: 20, perMonth: "2000.00", committed: "24000.00", currency: "CNY" },
      then: { quantity: 15, perMonth: "1650.00", committed: "19800.00", currency: "CNY" },
    });
    expect(rows[2].then).toBeUndefined();
    const { stdout } = await renewals();
    expect(stdout).toContain("20 seats, CNY 2,000.00 a month → 15 seats, CNY 1,650.00 a month");
    expect(stdout).toContain("3 subscriptions whose term ends by 2099-12-19, 1 of them undecided.");
  });

  test("give the money of the next twelve months, with and without the new terms", async () => {
    const { months } = JSON.parse((await renewals("--format", "json")).stdout);
    expect(months).toHaveLength(12);
    // October: 20 + 5 + 3 + 1 seats at 100. December: 15 and 3 at 110, one at 100; five are gone.
    expect(months[0]).toEqual({
      month: "2099-10",
      currency: "CNY",
      amount: "2900.00",
      unpriced: 0,
    });
    expect(months[2]).toMatchObject({ month: "2099-12", amount: "2080.00" });
  });

  test("are a table for spreadsheets", async () => {
    const [names, first] = (await renewals("--format", "csv")).stdout.split("\r\n");
    expect(names).toMatch(/^endsOn,decision,actsOn,address,customer,name,id,/);
    expect(first).toMatch(/^2099-11-25,unmanaged,,,fabrikam\.partner\.onmschina\.cn,/);
  });

  test("are asked for within a period", async () => {
    expect(
      JSON.parse((await renewals("--within", "P1Y", "--format", "json")).stdout).rows,
    ).toHaveLength(4);
    const refused = await renewals("--within", "60 days");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("Expected a period such as P60D, P8W or P3M.");
  });
});

describe("the calendar", () => {
  const lines = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");
  const values = (text: string, name: string) =>
    lines(text).flatMap((line) => (line.startsWith(name) ? [line.slice(name.length)] : []));

  test("has lines of at most 75 bytes that end with CRLF, and splits no character", async () => {
    const { stdout } = await renewals("--format", "ics");
    const written = stdout.split("\r\n");
    expect(written.at(-1)).toBe("");
    expect(written.filter((line) => /[\r\n]/.test(line) || Buffer.byteLength(line) > 75)).toEqual(
      [],
    );
    expect(written.some((line) => line.startsWith(" "))).toBe(true);
    const [first = ""] = values(stdout, "SUMMARY:");
    expect(first).toBe(
      `Term ends: ${domain} 苏州工厂的办公软件订阅，一个很长的名称 (in no manifest)`,
    );
  });

  test("has an event for each end and each change that is due", async () => {
    const { stdout } = await renewals("--format", "ics");
    expect(values(stdout, "DTSTART;VALUE=DATE:")).toEqual([
      "20991125",
      "20991115",
      "20991116",
      "20991120",
      "20991117",
    ]);
    expect(values(stdout, "DTEND;VALUE=DATE:")[1]).toBe("20991116");
    expect(new Set(values(stdout, "DTSTAMP:"))).toEqual(new Set(["20991020T000000Z"]));
  });

  test("has the same ids on another day, and each once", async () => {
    const uids = async (day: string) =>
      values(
        (await partnerctl(place, ["renewals", "--at", day, "--format", "ics"])).stdout,
        "UID:",
      );
    const [one, other] = [await uids("2099-10-20"), await uids("2099-10-21")];
    expect(one).toEqual(other);
    expect(new Set(one).size).toBe(5);
  });
});

test("the page draws the ends and the months, with words and a table for each drawing", async () => {
  const { stdout } = await renewals("--format", "html");
  const drawings = stdout.match(/<svg [\s\S]*?<\/svg>/g) ?? [];
  expect(drawings).toHaveLength(2);
  for (const one of drawings) {
    const [, name = "", words = ""] = /aria-labelledby="(\S+) (\S+)"/.exec(one) ?? [];
    expect(one).toContain('role="img"');
    expect(one).toMatch(new RegExp(`<title id="${name}">.+</title><desc id="${words}">.+</desc>`));
  }
  expect(drawings[0]?.match(/<circle /g)).toHaveLength(3);
  expect(drawings[1]?.match(/<rect /g)).toHaveLength(12);
  expect(stdout.match(/<tbody>/g)).toHaveLength(2);
  expect(stdout).not.toMatch(/style="|<svg[^>]+onload/);
});

describe("two price lists", () => {
  const diff = (...more: string[]) =>
    partnerctl(place, ["prices", "diff", "old.csv", "new.csv", "--at", "2099-10-20", ...more]);

  test("are compared by offer, and by what each subscription pays from its next term on", async () => {
    const { status, stdout, stderr } = await diff("--format", "json");
    expect([status, stderr]).toEqual([0, ""]);
    const { subscriptions, ...rest } = JSON.parse(stdout);
    const offer = { offer: e3, offerName: "Office 365 Enterprise E3" };
    expect(rest).toEqual({
      ...{ version: 1, old: "old.csv", new: "new.csv", effective: "2099-11-16", currency: "CNY" },
      offers: [
        { ...offer, billingCycle: "monthly", old: "100.00", new: "110.00" },
        { ...offer, billingCycle: "annual", old: "1200.00", new: "1320.00" },
      ],
      ...{ perMonth: "200.00", perYear: "2400.00", unpriced: 0 },
    });
    const told = subscriptions.map((one: Record<string, unknown>) => [
      ...[one.address ?? one.name, one.quantity, one.from, one.perMonth, one.perYear],
    ]);
    // A term that begins before the new list is in force has the old price once more.
    expect(told).toEqual([
      ["Subscription/fabrikam/office", 15, "2099-11-16", "150.00", "1800.00"],
      ["苏州工厂的办公软件订阅，一个很长的名称", 3, "2099-11-26", "30.00", "360.00"],
      ["endless", 1, undefined, "10.00", "120.00"],
      ["later", 1, "2100-09-16", "10.00", "120.00"],
    ]);
  });

  test.each(["text", "markdown", "csv"])("are told as %s", async (format) => {
    const { status, stdout } = await diff("--format", format);
    expect(status).toBe(0);
    for (const part of [
      "office",
      "2099-11-16",
      "1,800.00".replace(",", format === "csv" ? "" : ","),
    ])
      expect(stdout).toContain(part);
  });

  test("that have the same prices are said to", async () => {
    const said = await partnerctl(place, ["prices", "diff", "old.csv", "old.csv"]);
    expect(said).toMatchObject({
      ...{ status: 0, stderr: "" },
      stdout: expect.stringContaining("The two lists have the same prices."),
    });
  });

  test.each([
    ["none.csv", "", "file/unreadable"],
    ["dollars.csv", `${head}\n${e3},1,12,USD\n`, "price-list/currency"],
    ["broken.csv", `${head}\n${e3},free,12,CNY\n`, "broken.csv:2"],
  ])("of which one is %s are refused", async (name, text, expected) => {
    if (text !== "") write(place, { [name]: text });
    const said = await partnerctl(place, ["prices", "diff", "old.csv", name]);
    expect(said).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining(expected),
    });
  });

  test("tell what one of them does not price, and do not count it", async () => {
    write(place, { "empty.csv": `${head}\nother,1,12,CNY\n` });
    const said = await partnerctl(place, ["prices", "diff", "old.csv", "empty.csv"]);
    expect(said.stdout).toContain("CNY 100.00 → no price a month");
    expect(said.stdout).toContain("This leaves out 4 subscriptions whose price is not known.");
  });
});
