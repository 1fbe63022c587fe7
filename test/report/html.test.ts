import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../src/model/values/digest.ts";
import { report } from "../../src/report/index.ts";
import { language } from "../../src/report/language/language.ts";
import type { Style } from "../../src/report/report.ts";
import { openBrowser, openFile } from "../browser.ts";
import { approvals, sampleHistory, samplePlan, sampleReceipt } from "./html-samples.ts";

// A page is looked at as its reader looks at it: opened from a file, in a real Chromium, without a
// network.
const style: Style = { color: false, width: 80 };
const chinese: Style = {
  ...style,
  language: language(
    "zh-CN",
    JSON.parse(readFileSync(new URL("../../languages/zh-CN.json", import.meta.url), "utf8")),
  ),
};
const html = report("html");
const plan = samplePlan(10);
const large = html.show({ kind: "plan", plan: samplePlan(10_000), approvals }, style);
const documents = {
  plan: (wanted: Style) => html.show({ kind: "plan", plan, approvals }, wanted),
  receipt: (wanted: Style) =>
    html.show({ kind: "receipt", receipt: sampleReceipt(plan), plan }, wanted),
  history: (wanted: Style) => html.show({ kind: "history", history: sampleHistory(6) }, wanted),
};
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** What an expression comes to in the page. */
function ask<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(expression);
}

describe.each(Object.entries(documents))("%s", (_, made) => {
  test.each([
    ["a desktop, in English and light", desktop, style, "light"],
    ["a phone, in Chinese and dark", phone, chinese, "dark"],
  ] as const)(
    "on %s: no complaint, no request, nothing wider than the window",
    async (_name, viewport, wanted, colorScheme) => {
      const { page, complaints, requests } = await openFile(browser, made(wanted), {
        viewport,
        colorScheme,
      });
      expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
      expect(await ask<number>(page, "document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        viewport.width,
      );
      expect(await page.getAttribute("html", "lang")).toBe(wanted.language?.tag ?? "en");
      await page.context().close();
    },
  );
});

describe("a reader who cannot see it", () => {
  test.each(Object.entries(documents))(
    "finds landmarks, headings in order, labels and table headers: %s",
    async (_, made) => {
      const { page } = await openFile(browser, made(style));
      expect(await page.locator("header, nav, main, footer").count()).toBe(4);
      expect(await page.locator("h1").count()).toBe(1);
      const levels = await ask<number[]>(
        page,
        "[...document.querySelectorAll('h1,h2,h3')].map((one) => Number(one.tagName[1]))",
      );
      for (const [index, level] of levels.entries())
        expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
      expect(
        await ask(
          page,
          "[...document.querySelectorAll('input,select')].filter((one) => one.labels.length === 0).length",
        ),
      ).toBe(0);
      expect(await ask(page, "[...document.querySelectorAll('th:not([scope])')].length")).toBe(0);
      expect(
        await ask(
          page,
          "[...document.querySelectorAll('table')].filter((one) => !one.caption?.textContent).length",
        ),
      ).toBe(0);
      expect(
        await ask(
          page,
          "[...document.querySelectorAll('nav a')].filter((one) => !document.querySelector(one.hash)).length",
        ),
      ).toBe(0);
      expect(
        await ask(
          page,
          "new Set([...document.querySelectorAll('[id]')].map((one) => one.id)).size - document.querySelectorAll('[id]').length",
        ),
      ).toBe(0);
      await page.context().close();
    },
  );

  test("hears how many were found", async () => {
    const { page } = await openFile(browser, documents.plan(style));
    expect(await page.getAttribute("#filter output", "aria-live")).toBe("polite");
    expect(await page.textContent("#filter output")).toBe("10 of 10 shown");
    await page.context().close();
  });
});

const contrast = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)).reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = channels(getComputedStyle(one).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const wrong = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim() !== "");
    if (!own || !element.checkVisibility()) continue;
    const [one, other] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) wrong.add(element.tagName + "." + element.className + " " + ratio.toFixed(2));
  }
  return [...wrong];
})()`;

test.each(["light", "dark"] as const)(
  "every text stands out from what is behind it: %s",
  async (colorScheme) => {
    for (const made of [documents.plan, documents.receipt, documents.history]) {
      const { page } = await openFile(browser, made(style), { colorScheme });
      expect(await ask(page, contrast)).toEqual([]);
      await page.context().close();
    }
  },
);

describe("search and filters", () => {
  const shown = (page: Page) =>
    ask<number>(
      page,
      "[...document.querySelectorAll('#rows li[data-row]')].filter((one) => one.checkVisibility()).length",
    );

  test("work from the keyboard alone", async () => {
    const { page } = await openFile(browser, documents.plan(style));
    await page.keyboard.press("/");
    await page.keyboard.type("visio-");
    expect(await page.textContent("#filter output")).toBe("2 of 10 shown");
    expect(await shown(page)).toBe(2);
    await page.keyboard.press("Escape");
    expect(await shown(page)).toBe(10);
    await page.keyboard.press("Tab");
    await page.keyboard.type("User");
    expect(await page.textContent("#filter output")).toBe("2 of 10 shown");
    expect(
      await ask(
        page,
        "document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle",
      ),
    ).toBe("solid");
    await page.context().close();
  });

  test.each([
    ["kind", "Subscription", 6],
    ["action", "create", 2],
    ["back", "no", 2],
  ])("%s: %s", async (name, value, expected) => {
    const { page } = await openFile(browser, documents.plan(style));
    await page.selectOption(`[name=${name}]`, value);
    expect(await shown(page)).toBe(expected);
    await page.click("button[type=reset]");
    await expect.poll(() => shown(page)).toBe(10);
    await page.context().close();
  });

  test("manually, what changes what is paid, whose; and several at once", async () => {
    const { page } = await openFile(browser, documents.plan(style));
    await page.check("[name=manual]");
    expect(await shown(page)).toBe(2);
    await page.check("[name=money]");
    expect(await shown(page)).toBe(0);
    await page.uncheck("[name=manual]");
    expect(await shown(page)).toBe(6);
    await page.fill("[name=who]", "User");
    expect(await shown(page)).toBe(0);
    await page.context().close();
  });
});

describe("the embedded JSON", () => {
  const json = report("json");
  test.each([
    [
      "plan, masked as the page is",
      documents.plan(style),
      json.show({ kind: "plan", plan }, { ...style, personal: "masked" }),
    ],
    [
      "plan with personal data shown",
      html.show({ kind: "plan", plan }, { ...style, personal: "shown" }),
      json.show({ kind: "plan", plan }, style),
    ],
    [
      "receipt",
      documents.receipt(style),
      json.show({ kind: "receipt", receipt: sampleReceipt(plan), plan }, style),
    ],
    [
      "history",
      documents.history(style),
      json.show({ kind: "history", history: sampleHistory(6) }, style),
    ],
  ])("is what --format json prints, byte for byte: %s", async (_, page, bytes) => {
    const opened = await openFile(browser, page);
    const embedded = (await opened.page.textContent("#embedded-json")) ?? "";
    expect(sha256(embedded)).toBe(sha256(bytes));
    expect(await opened.page.textContent("#digest")).toBe(sha256(bytes));
    const [saved] = await Promise.all([
      opened.page.waitForEvent("download"),
      opened.page.click("#save"),
    ]);
    expect(sha256(readFileSync((await saved.path()) ?? ""))).toBe(sha256(bytes));
    await opened.page.context().close();
  });

  test("gives nobody's data away unless it is asked to", () => {
    const page = documents.plan(style);
    for (const secret of [
      "chen.2@private.example",
      "old@contoso.example",
      "somebody@contoso.example",
      "Chen Jing",
      "forgotten@contoso.example",
      "userPrincipalName: chen@",
    ]) {
      expect(page).not.toContain(secret);
      expect(html.show({ kind: "plan", plan }, { ...style, personal: "shown" })).toContain(secret);
    }
  });
});

test("on paper all of it is there, whatever was filtered and folded", async () => {
  const { page } = await openFile(browser, documents.plan(style));
  await page.fill("[name=text]", "visio");
  await ask(page, "document.querySelectorAll('details').forEach((one) => { one.open = false })");
  await page.emulateMedia({ media: "print" });
  const visible = (selector: string) =>
    ask<number>(
      page,
      `[...document.querySelectorAll('${selector}')].filter((one) => one.checkVisibility()).length`,
    );
  expect(await visible("#rows li[data-row]")).toBe(10);
  expect(await visible("#filter, nav, button")).toBe(0);
  expect(await visible("pre")).toBe(await page.locator("pre").count());
  expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
  await page.context().close();
});

test("without script everything can be read, and nothing is offered that does nothing", async () => {
  const { page } = await openFile(browser, documents.plan(style), { javaScriptEnabled: false });
  for (const { address } of plan.changes)
    expect(await page.getByText(address, { exact: true }).first().isVisible()).toBe(true);
  expect(await page.isVisible("#filter")).toBe(false);
  expect(await page.isVisible("#save")).toBe(false);
  await page.context().close();
});

/**
 * How often the browser has laid the page out, and what its scripts' functions and loops were
 * entered.
 */
async function workIn(
  page: Page,
  work: () => Promise<unknown>,
): Promise<{ readonly layouts: number; readonly steps: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const layouts = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "LayoutCount")?.value ?? Number.NaN;
  };
  await page.coverage.startJSCoverage({ resetOnNavigation: false, reportAnonymousScripts: true });
  const before = await layouts();
  await work();
  const after = await layouts();
  const ranges = (await page.coverage.stopJSCoverage()).flatMap(({ functions }) =>
    functions.flatMap((one) => one.ranges),
  );
  return { layouts: after - before, steps: ranges.reduce((sum, { count }) => sum + count, 0) };
}

test("10,000 changes appear at once and are searched at once", async () => {
  const { page, complaints, requests } = await openFile(browser, large, { viewport: desktop });
  const loading = await workIn(page, () => page.reload());
  const words = ["o", "off", "office-e3-99", "fabrikam visio", "nothing like it", "chen"];
  const searching = await workIn(page, () =>
    ask(
      page,
      `${JSON.stringify(words)}.map((text) => {
        document.querySelector("#filter").elements.text.value = text;
        document.querySelector("#filter").dispatchEvent(new Event("input"));
        document.body.offsetHeight;
      })`,
    ),
  );
  // A few steps a row to find the rows, and as many a row and a word to search them; the page is
  // laid out once or twice each time.
  expect(loading.steps).toBeGreaterThan(0);
  expect(loading.steps).toBeLessThan(5 * 10_000);
  expect(loading.layouts).toBeLessThan(30);
  expect(searching.steps).toBeGreaterThan(10_000);
  expect(searching.steps).toBeLessThan(4 * 10_000 * words.length);
  expect(searching.layouts).toBeLessThanOrEqual(2 * words.length);
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  await page.setViewportSize(phone);
  expect(await ask<number>(page, "document.documentElement.scrollWidth")).toBeLessThanOrEqual(
    phone.width,
  );
  await page.context().close();
});
