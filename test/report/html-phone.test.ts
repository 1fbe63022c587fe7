import { cpSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openFile } from "../browser.ts";
import { folder, folderWith, manifest, settings } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";

// What people really get on their phones: pages of whole projects, everything on them opened.
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function said(place: string, ...args: readonly string[]): Promise<string> {
  return (await partnerctl(place, [...args, "--format", "html", "-q"])).stdout;
}

async function contoso(): Promise<string> {
  const place = folder();
  cpSync(join(import.meta.dirname, "../../examples/contoso"), place, { recursive: true });
  rmSync(join(place, ".partnerctl"), { recursive: true, force: true });
  return place;
}

async function newProject(): Promise<string> {
  const place = folder();
  await partnerctl(place, ["init", "."]);
  renameSync(
    join(place, "manifests/customers/fabrikam.yaml.example"),
    join(place, "manifests/customers/fabrikam.yaml"),
  );
  return place;
}

/** Names and values without a space in them, as long as they may be. */
function longNames(): string {
  const name = "n".repeat(100);
  return folderWith({
    "partnerctl.yaml": settings({}, { guards: { seats: 1 } }),
    "manifests/user.yaml": manifest("User", name, {
      userPrincipalName: `${"u".repeat(64)}@contoso.partner.onmschina.cn`,
      displayName: "D".repeat(200),
      roles: { administrator: "global", agent: ["admin", "sales", "helpdesk"] },
    }),
    "manifests/other.yaml": manifest(
      "User",
      "m".repeat(100),
      { userPrincipalName: "m@contoso.partner.onmschina.cn" },
      { reason: "r".repeat(300), state: "absent" },
    ),
  });
}

const pages = {
  "the plan of an example": async () => said(await contoso(), "plan"),
  "the plan of a new project": async () => said(await newProject(), "plan"),
  "a plan of long names": async () => said(longNames(), "plan"),
  "a receipt": async () => said(await contoso(), "apply", "--yes", "--allow", "irreversible"),
  "a receipt of long names": async () => said(longNames(), "apply", "--yes"),
  "a history of long names": async () => {
    const place = longNames();
    await partnerctl(place, ["apply", "--yes", "--actor", "a".repeat(120)]);
    return said(place, "history");
  },
};

test.each(Object.entries(pages))(
  "%s is no wider than a phone, whatever is opened on it",
  async (_, made) => {
    const html = await made();
    expect(html).toContain("<html");
    for (const width of [320, 360, 390]) {
      const phone = {
        viewport: { width, height: 800 },
        isMobile: true,
        hasTouch: true,
        deviceScaleFactor: 2,
      };
      const { page } = await openFile(browser, html, phone);
      await page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = true",
      );
      const wide = await page.evaluate<readonly string[]>(`[...document.querySelectorAll("body *")]
      .filter((one) => !one.closest("pre, .hidden, .skip, .wide") && one.getBoundingClientRect().right > ${width} + 0.5)
      .map((one) => one.tagName + "." + one.className + " " + Math.round(one.getBoundingClientRect().right) + " " + one.textContent.trim().slice(0, 60))
      .slice(0, 5)`);
      expect({ width, wide }).toEqual({ width, wide: [] });
      expect(
        await page.evaluate<number>("document.documentElement.scrollWidth"),
      ).toBeLessThanOrEqual(width);
      expect(await page.evaluate<number>("window.innerWidth")).toBe(width);
      await page.context().close();
    }
  },
);
