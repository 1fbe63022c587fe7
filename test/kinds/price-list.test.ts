import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/kinds/prices/catalogue.ts";
import { rows } from "../../src/kinds/prices/csv.ts";
import { offerRows } from "../../src/kinds/prices/offer-rows.ts";
import { dayIn, priceIn } from "../../src/kinds/prices/price-cell.ts";
import { type PriceReading, parsePriceList } from "../../src/kinds/prices/price-list.ts";
import { priceListText } from "../../src/kinds/prices/price-list-text.ts";
import type { Spec } from "../../src/model/values/json.ts";
import { offer } from "./account.ts";

const head = "Offer ID,Price per month,Price per year,Currency";

function prices(text: string) {
  const parsed = parsePriceList(text, "prices.csv");
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join("; "));
  return { currency: parsed.value.currency, prices: Object.fromEntries(parsed.value.prices) };
}

describe("a price list", () => {
  test.each<readonly [string, string, object]>([
    [
      "with all columns",
      `${head}\na1,150,1746,CNY\n`,
      { A1: { perMonth: "150", perYear: "1746" } },
    ],
    [
      "with a byte order mark and CRLF",
      `\ufeff${head}\r\na1,150,1746,CNY\r\n`,
      { A1: { perMonth: "150", perYear: "1746" } },
    ],
    [
      "with the reconciliation files' name of the id",
      "DurableOfferID,MonthlyPrice\na1,150.5\n",
      { A1: { perMonth: "150.5", perYear: "1806.00" } },
    ],
    [
      "with spaces in the names",
      "Durable Offer ID, price_per_year\na1,1746.00\n",
      { A1: { perYear: "1746.00" } },
    ],
    [
      "with other columns in between",
      `Name,${head},Notes\n"E3, big",a1,150,,CNY,"say ""hi"""\n`,
      { A1: { perMonth: "150" } },
    ],
    [
      "with thousands in quotes",
      `${head}\na1,"1,500.50","12,345,678",CNY\n`,
      { A1: { perMonth: "1500.50", perYear: "12345678" } },
    ],
    [
      "with blank lines and no last line break",
      `${head}\n\na1,150,,CNY\n,,,\nb2,1,,CNY`,
      { A1: { perMonth: "150" }, B2: { perMonth: "1" } },
    ],
    [
      "with a line break inside quotes",
      `${head},Notes\na1,150,,CNY,"one\ntwo"\nb2,2,,CNY,x\n`,
      { A1: { perMonth: "150" }, B2: { perMonth: "2" } },
    ],
    ["with no rows", `${head}\n`, {}],
    [
      "with tabs",
      `${head}\na1,150,1746,CNY\n`.replaceAll(",", "\t"),
      { A1: { perMonth: "150", perYear: "1746" } },
    ],
    [
      "with semicolons",
      `${head.replaceAll(",", ";")}\na1;1,500;;CNY\n`,
      { A1: { perMonth: "1500" } },
    ],
    [
      "with the line that spreadsheets put first",
      `sep=,\r\n${head}\r\na1,150,1746,CNY\r\n`,
      { A1: { perMonth: "150", perYear: "1746" } },
    ],
    [
      "with a title above",
      `Price list; November 2026\n\n${head}\na1,150,,CNY\n`,
      { A1: { perMonth: "150" } },
    ],
    [
      "with remarks below",
      `${head}\na1,150,,CNY\nConfidential\nPage 1 of 2\n`,
      { A1: { perMonth: "150" } },
    ],
    ["with cells too many that are empty", `${head}\na1,150,,CNY,,\n`, { A1: { perMonth: "150" } }],
    ["with an id in braces", `${head}\n{a1},150,,CNY\n`, { A1: { perMonth: "150" } }],
    [
      "without a price of years at all",
      "Offer ID,Price per month\na1,150\nb2,N/A\n",
      { A1: { perMonth: "150", perYear: "1800.00" }, B2: {} },
    ],
    [
      "without a price of years for one offer",
      `${head}\na1,150,n/a,CNY\n`,
      { A1: { perMonth: "150" } },
    ],
  ])("%s", (_, text, expected) => {
    expect(prices(text)).toEqual({ currency: "CNY", prices: expected });
  });

  test("in another currency", () => {
    expect(prices(`${head}\na1,1,,usd\nb2,1,,USD\n`).currency).toBe("USD");
  });
});

test.each<readonly [string, string, readonly (readonly [string, number])[]]>([
  ["nothing", "", [["empty", 1]]],
  ["no column of ids", "Price per month\n1\n", [["column", 1]]],
  ["no column of prices", "Offer ID\na1\n", [["column", 1]]],
  [
    "neither",
    "Name\nE3\n",
    [
      ["column", 1],
      ["column", 1],
    ],
  ],
  ["a price with letters", `${head}\na1,free,,CNY\n`, [["price", 2]]],
  ["three digits after the point", `${head}\na1,1.505,,CNY\n`, [["price", 2]]],
  ["a price in another currency's sign", `${head}\na1,$150,,CNY\n`, [["price", 2]]],
  ["a row that was cut off", `${head}\na1,150,,CNY\n5FA4F2`, [["row", 3]]],
  ["a remark between two rows", `${head}\na1,150,,CNY\nConfidential\nb2,150,,CNY\n`, [["row", 3]]],
  ["a negative price", `${head}\na1,-1,,CNY\n`, [["price", 2]]],
  ["a price in the local way", `${head}\na1,"1.500,50",,CNY\n`, [["price", 2]]],
  ["thousands outside quotes", `${head}\na1,1,500,1746,CNY\n`, [["row", 2]]],
  ["a short row", `${head}\na1,150\n`, [["row", 2]]],
  ["no id", `${head}\n,150,,CNY\n`, [["offer-id", 2]]],
  [
    "an offer twice, whatever its letters",
    `${head}\na1,150,,CNY\nA1,150,,CNY\n`,
    [["duplicate", 3]],
  ],
  ["two currencies", `${head}\na1,150,,CNY\nb2,150,,USD\n`, [["currency", 3]]],
  ["no currency", `${head}\na1,150,,\n`, [["currency", 2]]],
  ["a quote left open", `${head}\na1,150,,CNY\nb2,"150,,CNY\n`, [["quote", 3]]],
  ["text after a quote", `${head}\na1,"150"x,,CNY\n`, [["quote", 2]]],
  ["a quote left open in the first row", `"Offer ID\na1,150\n`, [["quote", 1]]],
  [
    "all at once, with the lines they are on",
    `${head},Notes\na1,x,y,CNY,"a\nb"\n,1,,CNY,\nb2,1,,??,\n`,
    [
      ["price", 2],
      ["price", 2],
      ["offer-id", 4],
      ["currency", 5],
    ],
  ],
])("is refused: %s", (_, text, expected) => {
  const parsed = parsePriceList(text, "prices.csv");
  expect(parsed.ok).toBe(false);
  expect(parsed.diagnostics.map(({ code, at }) => [code, at?.line])).toEqual(
    expected.map(([what, line]) => [`price-list/${what}`, line]),
  );
  for (const { at } of parsed.diagnostics)
    expect(at?.excerpt).toBe(text.split("\n")[(at?.line ?? 0) - 1]);
});

test.each([1_000, 10_000])(
  "of %i bad rows a hundred are told, and where reading stopped",
  (count) => {
    const text = `${head}\n${Array.from({ length: count }, (_, at) => `a${at},${"x".repeat(1_000)},,CNY`).join("\n")}\n`;
    const { diagnostics } = parsePriceList(text, "prices.csv");
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)).toMatchObject({ code: "price-list/more", at: { line: 102 } });
    expect(Math.max(...diagnostics.map(({ at }) => at?.excerpt.length ?? 0))).toBe(200);
  },
);

test.each<readonly [string, string, string | undefined | false]>([
  ["150", "CNY", "150"],
  ["120.0000", "CNY", "120.00"],
  ["120.5", "CNY", "120.5"],
  ["1,500.50", "CNY", "1500.50"],
  ["1 500", "CNY", "1500"],
  ["1\u00a0500.00", "CNY", "1500.00"],
  ["¥120.00", "CNY", "120.00"],
  ["￥１２０", "CNY", "120"],
  ["¥120", "JPY", "120"],
  ["120元", "CNY", "120"],
  ["CNY 1,200.00", "CNY", "1200.00"],
  ["1200 cny", "CNY", "1200"],
  ["$5", "USD", "5"],
  ["0.00", "CNY", "0.00"],
  ["N/A", "CNY", undefined],
  ["-", "CNY", undefined],
  ["", "CNY", undefined],
  ["€5", "CNY", false],
  ["USD 5", "CNY", false],
  ["-1", "CNY", false],
  ["1.005", "CNY", false],
  ["1.500,50", "CNY", false],
  ["15,00", "CNY", false],
  ["1,50,000", "CNY", false],
  ["free", "CNY", false],
  ["1e3", "CNY", false],
])("the price %s in %s is %s", (cell, currency, expected) =>
  expect(priceIn(cell, currency)).toBe(expected),
);

test.each([
  ["2026-11-01", "2026-11-01"],
  ["2024-05-01T00:00:00.0000000Z", "2024-05-01"],
  ["11/1/2026", "2026-11-01"],
  ["2/1/2019 12:00:00 AM", "2019-02-01"],
  ["soon", undefined],
])("the day %s is %s", (cell, expected) => expect(dayIn(cell)).toBe(expected));

const bytesOf = (name: string) => readFileSync(join(import.meta.dirname, "price-lists", name));
const listOf = (name: string, reading: PriceReading = {}) =>
  parsePriceList(priceListText(bytesOf(name)) ?? "", name, reading);
const enterprise = {
  e3: "5FA4F213-638C-5693-ADE5-924129D90D90",
  e1: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202",
};

describe("a file as it is published", () => {
  test.each([
    ["2026-11-01", "120.00", "1440.00"],
    ["2026-10-31", "110.00", "1320.00"],
  ])(
    "is the licence-based price list, whose List Price is what the partner pays for a month (on %s)",
    (asOf, perMonth, perYear) => {
      const list = listOf("licence-based.csv", { asOf });
      expect(list.ok && list.value.prices.get(enterprise.e3)).toEqual({ perMonth, perYear });
      expect(list.ok && [list.value.currency, list.value.prices.size]).toEqual(["CNY", 2]);
    },
  );

  test("has a price twice on no day, but two on days that are not said", () => {
    expect(listOf("licence-based.csv").diagnostics.map(({ code }) => code)).toEqual([
      "price-list/duplicate",
    ]);
  });

  test.each([
    ["new-commerce.csv", "This is a price sheet of new commerce"],
    ["offer-matrix.csv", "This is an offer matrix: it has no prices."],
    ["new-commerce-matrix.csv", "This is an offer matrix of new commerce"],
    ["reconciliation.csv", "This is a reconciliation file"],
  ])("%s is named for what it is", (name, message) => {
    expect(listOf(name).diagnostics).toEqual([
      expect.objectContaining({
        code: "price-list/form",
        message: expect.stringContaining(message),
      }),
    ]);
  });

  test("may be in UTF-16 with tabs, or in GB 18030 with names of its own", () => {
    const expected = { perMonth: "120.00", perYear: "1440.00" };
    const utf16 = listOf("utf-16.csv");
    expect(utf16.ok && utf16.value.prices.get(enterprise.e3)).toEqual(expected);
    const columns = {
      offerId: "产品编号",
      perMonth: "月单价",
      perYear: "年单价",
      currency: "币种",
    };
    const named = listOf("named-columns.csv", { columns });
    expect(named.ok && named.value.prices.get(enterprise.e3)).toEqual(expected);
    expect(listOf("named-columns.csv").diagnostics.map(({ code }) => code)).toEqual([
      "price-list/column",
      "price-list/column",
    ]);
  });

  test("is no text where it is a workbook", () => {
    expect(priceListText(bytesOf("workbook.xlsx"))).toBeUndefined();
    expect(priceListText(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBeUndefined();
    expect(priceListText(new Uint8Array([0xfe, 0xff, 0, 0x61]))).toBe("a");
  });
});

test("what cells hold comes back, whatever it is", () => {
  const cell = fc.string({ unit: "binary-ascii" });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })),
      fc.constantFrom("\n", "\r\n", "\r"),
      (table, end) => {
        const text = table
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",") + end)
          .join("");
        const full = table.filter((row) => row.some((one) => one.trim() !== ""));
        expect(rows(text).rows.map(({ cells }) => cells)).toEqual(full);
      },
    ),
  );
});

test("any text is either a price list or refused with a place", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `${head}\n${text}`),
        fc.stringMatching(/^[",\n\ra1]*$/),
      ),
      (text) => {
        const parsed = parsePriceList(text, "prices.csv");
        if (!parsed.ok)
          for (const { at, code } of parsed.diagnostics)
            expect([at?.file, code.startsWith("price-list/")]).toEqual(["prices.csv", true]);
      },
    ),
  );
});

describe("the catalogue", () => {
  const offers: Readonly<Record<string, Spec>> = {
    a1: offer("Year", { term: { unit: "year", count: 1 } }),
    m1: offer("Month", { term: { unit: "month", count: 1 } }),
    y3: offer("Three years", { term: { unit: "year", count: 3 } }),
    d1: offer("Day", { term: { unit: "day", count: 1 } }),
    none: offer("Unpriced"),
  };
  const observed = Object.entries(offers).map(([id, spec]) => ({
    kind: "Offer",
    id,
    key: id,
    spec,
  }));
  const list = parsePriceList(
    `${head}\na1,52,605.28,CNY\nm1,10,,CNY\ny3,10,100.01,CNY\nd1,1,,CNY\ngone,1,8,CNY\n`,
    "prices.csv",
  );
  const book = catalogue(observed, list.ok ? list.value : undefined);

  test("finds an offer whatever its letters", () => {
    expect([book.find("A1"), book.find("a1"), book.find("zz")]).toEqual([
      offers.a1,
      offers.a1,
      undefined,
    ]);
  });

  test.each<readonly [string, string, string | undefined, object | undefined]>([
    [
      "by the month",
      "A1",
      "monthly",
      { perMonth: "52.00", committed: "624.00", months: 12, currency: "CNY" },
    ],
    [
      "by the month where nothing is said",
      "a1",
      undefined,
      { perMonth: "52.00", committed: "624.00", months: 12, currency: "CNY" },
    ],
    [
      "by the year, exactly",
      "a1",
      "annual",
      { perMonth: "50.44", committed: "605.28", months: 12, currency: "CNY" },
    ],
    [
      "for a month",
      "m1",
      "monthly",
      { perMonth: "10.00", committed: "10.00", months: 1, currency: "CNY" },
    ],
    [
      "for three years",
      "y3",
      "annual",
      { perMonth: "8.33", committed: "300.03", months: 36, currency: "CNY" },
    ],
    [
      "for a day: a month is the least that is counted",
      "d1",
      "monthly",
      { perMonth: "1.00", committed: "1.00", months: 1, currency: "CNY" },
    ],
    ["by the year, where there is no such price", "m1", "annual", undefined],
    ["an offer without a price", "none", "monthly", undefined],
    [
      "a price without an offer is for a year",
      "gone",
      "annual",
      { perMonth: "0.67", committed: "8.00", months: 12, currency: "CNY" },
    ],
  ])("prices one unit %s", (_, id, billingCycle, expected) => {
    expect(book.price(id, billingCycle)).toEqual(expected);
  });

  test("has no prices without a list", () => {
    expect(catalogue(observed).price("a1", "monthly")).toBeUndefined();
  });

  test("is listed with names and prices", () => {
    const [row] = offerRows(observed.slice(0, 1), book, { year: "A1" });
    expect(row).toMatchObject({
      id: "a1",
      name: "Year",
      alias: "year",
      perMonth: "52.00",
      currency: "CNY",
      purchasable: true,
    });
  });
});
