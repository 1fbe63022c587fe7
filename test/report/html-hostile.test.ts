import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { escapeMarkup, html } from "../../src/report/html/page/markup.ts";
import { clean, report } from "../../src/report/index.ts";
import { openBrowser, openFile } from "../browser.ts";
import { diagnostic, plans, words } from "./plans.ts";

const style = { color: false, width: 80 };
const page = report("html");

const breakers = fc.constantFrom(
  "</script>",
  "</SCRIPT >",
  "<script>alert(1)</script>",
  "<!--",
  "-->",
  "]]>",
  "</style>",
  '" onload="alert(1)',
  "' autofocus onfocus='alert(1)",
  "<img src=x onerror=alert(1)>",
  "&lt;",
  "\u202e",
  "javascript:alert(1)",
);
const hostile = fc
  .array(fc.oneof(words, breakers), { maxLength: 6 })
  .map((parts) => parts.join(""));

test("a text never becomes markup, in a tag's content or in its attribute", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(escapeMarkup(text)).not.toMatch(
        /[<>"']|(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
      );
      expect(html`<b title="${text}">${text}</b>`.markup).toBe(
        `<b title="${escapeMarkup(text)}">${escapeMarkup(text)}</b>`,
      );
      expect(decoded(escapeMarkup(text))).toBe(clean(text));
    }),
  );
});

function decoded(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

let browser: Browser;
let tab: Page;
const seen: string[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  const opened = await openFile(
    browser,
    page.show({ kind: "diagnostics", diagnostics: [] }, style),
  );
  tab = opened.page;
  tab.on("dialog", (dialog) => {
    seen.push(dialog.message());
    return dialog.dismiss();
  });
  tab.on("console", (message) => seen.push(message.text()));
  tab.on("pageerror", (error) => seen.push(error.message));
  tab.on("request", (request) => seen.push(request.url()));
});
afterAll(() => browser.close());

/**
 * What a browser made of a page: elements and attributes that no page has, and the JSON embedded in
 * it.
 */
interface Made {
  readonly strange: readonly string[];
  readonly scripts: number;
  readonly embedded: string;
}

const made = `(() => {
  const tags = new Set("html head meta title style body a header p h1 h2 h3 ul ol li b span dl div dt dd code nav main section details summary form label input select option datalist output button table caption thead tbody tfoot tr th td del ins pre strong footer script".split(" "));
  const names = new Set("lang charset http-equiv content name class href id aria-label aria-labelledby aria-hidden aria-live aria-keyshortcuts title open hidden role tabindex scope type value list placeholder autocomplete spellcheck data-row data-kind data-action data-status data-back data-who data-manual data-money data-all data-some data-file".split(" "));
  const all = [...document.querySelectorAll("*")];
  const strange = all.flatMap((one) => [...(tags.has(one.localName) ? [] : [one.localName]), ...one.getAttributeNames().filter((name) => !names.has(name))]);
  return { strange, scripts: document.scripts.length, embedded: document.getElementById("embedded-json").textContent };
})()`;

async function expectHarmless(text: string): Promise<void> {
  await tab.setContent(text);
  const { strange, scripts, embedded } = await tab.evaluate<Made>(made);
  expect({ strange, scripts, seen }).toEqual({ strange: [], scripts: 2, seen: [] });
  expect(() => JSON.parse(embedded)).not.toThrow();
}

test("whatever a plan holds, a browser finds the elements of a page and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(plans, hostile, async (plan, text) => {
      const changes = plan.changes.slice(0, 12).map((change) => ({
        ...change,
        note: text,
        steps: [text],
        fields: change.fields.map((one) => ({ ...one, after: text })),
      }));
      await expectHarmless(
        page.show(
          {
            kind: "plan",
            plan: {
              ...plan,
              changes,
              account: { id: text, adapter: text },
              names: { [text]: text },
            },
          },
          { ...style, personal: "shown" },
        ),
      );
    }),
    { numRuns: 25 },
  );
});

test("whatever is wrong or was done, the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(diagnostic, { maxLength: 5 }), hostile, async (problems, text) => {
      await expectHarmless(page.show({ kind: "diagnostics", diagnostics: problems }, style));
      await expectHarmless(
        page.show(
          {
            kind: "verification",
            verification: { ledger: text, entries: 1, head: text, consistent: false, problems },
          },
          style,
        ),
      );
      const change = {
        change: "User/x#1",
        address: text,
        action: "update",
        status: "failed",
        because: text,
        id: text,
        hint: text,
        code: text,
        at: text,
      } as const;
      const run = {
        run: text,
        plan: "sha256:00",
        account: text,
        actor: text,
        commit: text,
        allowed: [text],
        openedAt: text,
        planned: 1,
        changes: [{ ...change, address: "User/x" as never }],
      } as const;
      await expectHarmless(page.show({ kind: "run", run }, style));
    }),
    { numRuns: 15 },
  );
});
