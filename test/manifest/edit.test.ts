import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { compile, compileDocuments } from "../../src/manifest/compile.ts";
import { edit, type Wish } from "../../src/manifest/write/edit.ts";
import { findUnintended } from "../../src/manifest/write/verify-edit.ts";
import { address } from "../../src/model/address.ts";
import type { Json } from "../../src/model/values/json.ts";
import { valueAt } from "../../src/model/values/pointer.ts";

const names = {
  Offer: Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((digit) => [
      `offer-${digit}`,
      `${digit}FA4F213-638C-5693-ADE5-924129D90D90`,
    ]),
  ),
};
const context = { kinds, names };
const catalog = address("CatalogCustomization");
const li = address("User", "li");

function source(text: string, path = "a.yaml") {
  return { path, bytes: new TextEncoder().encode(text) };
}

function edited(text: string, ...wishes: readonly Wish[]) {
  const done = edit([source(text)], context, wishes);
  if (!done.ok) throw new Error(`${JSON.stringify(done.diagnostics)}\n${text}`);
  return {
    text: done.value.files[0]?.text ?? text,
    refused: done.value.refused.map(({ code }) => code),
  };
}

function says(text: string): Json | undefined {
  const compiled = compile([source(text)], context);
  if (!compiled.ok) throw new Error(`${JSON.stringify(compiled.diagnostics)}\n${text}`);
  return valueAt(compiled.value.resources[0]?.spec as Json | undefined, "/featuredOffers");
}

const offer = (name: string): string => names.Offer[name] ?? name;
const item = fc.constantFrom(...Object.keys(names.Offer));
const list = fc.uniqueArray(item, { maxLength: 5 });
/** How a list is written: its items, and what stands above and behind each. */
const layout = fc.record({
  items: list,
  comments: fc.array(fc.tuple(fc.constantFrom("", "", "#A"), fc.constantFrom("", "", " #B")), {
    minLength: 5,
    maxLength: 5,
  }),
  shape: fc.constantFrom("block", "indented", "flow", "lines"),
  quote: fc.constantFrom("", '"', "'"),
  after: fc.constantFrom(
    "",
    "# end\n",
    "---\napiVersion: partnercenter/v1\nkind: PartnerProfile\nspec:\n  support: {email: a@b.example}\n",
  ),
  crlf: fc.boolean(),
});

type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

function written({ items, comments, shape, quote, after, crlf }: Layout): string {
  const values = items.map((one) => quote + one + quote);
  const indent = shape === "indented" ? "      " : "  ";
  const lines = values.map((one, index) => {
    const [above = "", behind = ""] = comments[index] ?? [];
    return `${above && `${indent}${above}${index}\n`}${indent}- ${one}${behind && behind + index}\n`;
  });
  const brackets =
    shape === "lines" ? `[\n      ${values.join(",\n      ")}\n    ]` : `[${values.join(", ")}]`;
  const field =
    shape === "flow" || shape === "lines" || items.length === 0
      ? ` ${brackets} # behind\n`
      : ` # behind\n${lines.join("")}`;
  const text = `# head\napiVersion: partnercenter/v1\nkind: CatalogCustomization\nspec:\n  featuredOffers:${field}${after}`;
  return crlf ? text.replaceAll("\n", "\r\n") : text;
}

describe("a list is edited where it stands", () => {
  test("whatever it looks like; items that stay keep their comments, and all around stays", () => {
    fc.assert(
      fc.property(layout, list, (before, wanted) => {
        const text = written(before);
        const value = wanted.map(offer);
        const after = edited(text, { address: catalog, pointer: "/featuredOffers", value });
        expect(after.refused).toEqual([]);
        expect(says(after.text)).toEqual(value);
        expect(after.text).toContain("# behind");
        expect(
          after.text.endsWith(before.crlf ? before.after.replaceAll("\n", "\r\n") : before.after),
        ).toBe(true);
        if (before.crlf) expect(after.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        if (before.shape.startsWith("flow") || before.shape === "lines" || wanted.length === 0)
          return;
        for (const [index, one] of before.items.entries())
          if (wanted.includes(one) && before.comments[index]?.[1])
            expect(after.text).toMatch(new RegExp(`${one}["']? #B${index}`));
      }),
      { numRuns: 150 },
    );
  });
});

const user = (spec: string) =>
  `apiVersion: partnercenter/v1\nkind: User\nmetadata:\n  name: li\nspec:\n  userPrincipalName: li@a.cn\n  ${spec}\n`;

describe("a single value is edited where it stands", () => {
  const texts = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.constantFrom(
      "yes",
      "1",
      "a: b",
      "# x",
      "- a",
      "it's",
      '"',
      "a, b]",
      "}",
      "*a",
      "&a",
      "!a",
      "null",
      " a",
    ),
  );
  const spelled = fc.constantFrom(
    "Li",
    "'Li'",
    '"Li" # c',
    "|-\n    Li",
    ">- # c\n    Li\n    Wei",
    "Li\n    Wei # c",
    "Li # c",
  );

  test("whatever it says", () => {
    fc.assert(
      fc.property(spelled, texts, fc.boolean(), (before, wanted, inBrackets) => {
        // Control characters and the like are no manifest's.
        fc.pre(/^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(wanted) && wanted.trim() !== "");
        const bare = /^(?:Li|'Li'|"Li")/.exec(before)?.[0] ?? "Li";
        const text = inBrackets
          ? user("").replace(
              /spec:\n[\s\S]*/,
              `spec: { userPrincipalName: li@a.cn, displayName: ${bare} } # behind\n`,
            )
          : user(`displayName: ${before}`);
        const after = edited(text, { address: li, pointer: "/displayName", value: wanted }).text;
        const compiled = compile([source(after)], context);
        expect(
          compiled.ok &&
            valueAt(compiled.value.resources[0]?.spec as Json | undefined, "/displayName"),
        ).toBe(wanted);
        if (/# c/.test(before) && !inBrackets) expect(after).toContain("# c");
        if (inBrackets) expect(after).toContain(" } # behind\n");
      }),
      { numRuns: 150 },
    );
  });

  test("in a file with CRLF every line ends so afterwards, whatever the value was written as", () => {
    const forms = [
      "Li",
      "'Li'",
      '"Li" # c',
      "|-\n    Li",
      ">- # c\n    Li\n    Wei",
      "|+\n    Li\n\n",
      "Li\n    Wei # c",
    ];
    for (const form of forms) {
      const text = `${user(`displayName: ${form}`)}  surname: Li\n`.replaceAll("\n", "\r\n");
      const after = edited(text, { address: li, pointer: "/displayName", value: "Wang Fang" }).text;
      expect(after).toContain("Wang Fang");
      expect(after.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      expect(after.endsWith("  surname: Li\r\n")).toBe(true);
    }
  });

  test("numbers and true or false too", () => {
    expect(
      edited(user("accountEnabled: true # yes"), {
        address: li,
        pointer: "/accountEnabled",
        value: false,
      }).text,
    ).toBe(user("accountEnabled: false # yes"));
  });

  test("one value that becomes a list, and back", () => {
    const roles = (agent: string) => user(`roles:\n    agent: ${agent}`);
    expect(
      edited(roles("sales # x"), {
        address: li,
        pointer: "/roles/agent",
        value: ["helpdesk", "sales"],
      }).text,
    ).toBe(roles("[helpdesk, sales] # x"));
    expect(
      edited(roles("[sales, helpdesk] # x"), {
        address: li,
        pointer: "/roles/agent",
        value: "none",
      }).text,
    ).toBe(roles("none # x"));
    expect(
      edited(roles("# x\n      - sales # y\n      # z\n      - helpdesk"), {
        address: li,
        pointer: "/roles/agent",
        value: "none",
      }).text,
    ).toBe(roles("none # x\n      # z"));
  });

  test("a byte order mark stays", () => {
    expect(
      edited(`\ufeff${user("displayName: a")}`, {
        address: li,
        pointer: "/displayName",
        value: "b",
      }).text,
    ).toBe(`\ufeff${user("displayName: b")}`);
  });
});

describe("what is left alone", () => {
  test.each([
    ["an alias", user("displayName: &a Li\n  givenName: *a"), "/givenName", ["pull/shared"]],
    ["an anchor", user("displayName: &a Li\n  givenName: *a"), "/displayName", ["pull/shared"]],
    [
      "what an alias stands for",
      user(
        "recovery: &a\n    alternateEmail: a@b.cn\n---\napiVersion: partnercenter/v1\nkind: User\nmetadata: {name: fang}\nspec:\n  userPrincipalName: f@a.cn\n  recovery: &b {alternateEmail: a@b.cn}",
      ),
      "/recovery/alternateEmail",
      [],
    ],
    [
      "a list in brackets with comments",
      user("roles:\n    agent: [sales, # why\n      helpdesk]"),
      "/roles/agent",
      ["pull/layout"],
    ],
  ])("%s", (_, text, pointer, codes) => {
    const value = pointer === "/roles/agent" ? "none" : "x@y.cn";
    const after = edited(text, { address: li, pointer, value });
    expect(after.refused).toEqual(codes);
    expect(after.text === text).toBe(codes.length > 0);
  });

  test("nothing is edited where the result would not be valid", () => {
    const done = edit([source(user("accountEnabled: true"))], context, [
      { address: li, pointer: "/accountEnabled", value: "perhaps" },
    ]);
    expect(done).toMatchObject({
      ok: false,
      diagnostics: [
        { code: "pull/invalid", message: expect.stringContaining("would not be valid") },
      ],
    });
  });
});

const plain = `apiVersion: partnercenter/v1
kind: User
metadata:
  name: li
spec:
  userPrincipalName: li@contoso.partner.onmschina.cn
  displayName: Li
`;

test("a field that is not written is not made up", () => {
  const done = edited(plain, {
    address: li,
    pointer: "/recovery/mobilePhone",
    value: "+86 138 0013 8000",
  });
  expect(done).toEqual({ text: plain, refused: ["pull/unwritten"] });
});

test("edited files that say something else than what was intended are our bug, and said to be", () => {
  const before = compileDocuments([source(plain)], context);
  if (!before.ok) throw new Error(JSON.stringify(before.diagnostics));
  const told = (text: string, value: string) =>
    findUnintended([source(text)], context, {
      before: before.value,
      wishes: [{ address: li, pointer: "/displayName", value }],
    })?.code;
  expect(told(plain.replace("displayName: Li", "displayName: Wei"), "Wei")).toBeUndefined();
  expect(told(plain.replace("displayName: Li", "displayName: Wei"), "Min")).toBe("pull/unsound");
  expect(told(plain.replace("name: li", "name: wei"), "Li")).toBe("pull/unsound");
});

test("a wish for an object that the manifests do not declare is refused", () => {
  const text =
    "apiVersion: partnercenter/v1\nkind: PartnerProfile\nspec:\n  support: {email: a@b.example}\n";
  const wish = { address: li, pointer: "/displayName", value: "Li" } as const;
  expect(edited(text, wish)).toEqual({ text, refused: ["pull/unwritten"] });
});
