import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Approval } from "../../src/model/plan/approval.ts";
import { type Bench, judge } from "../../src/plan/approval/approvals.ts";

const now = "2026-11-22T12:00:00.000Z";

function by(principal: string, more: Partial<Approval> = {}): Approval {
  return {
    principal,
    fingerprint: `SHA256:${principal}`,
    at: "2026-11-22T11:00:00Z",
    statement: "",
    signature: "",
    ...more,
  };
}

type Given = Partial<Omit<Bench, "rules">> & { readonly rules?: Partial<Bench["rules"]> };

function bench(approvals: number, { rules, ...more }: Given = {}): Bench {
  return {
    needs: [{ approvals, because: "10 changes cannot be undone" }],
    rules: { author: "not-alone", expireAfter: "P7D", ...rules },
    authors: ["author@contoso.example"],
    now,
    ...more,
  };
}

function verdict(approvals: readonly Approval[], of: Bench): readonly string[] {
  const { enough, diagnostics } = judge(approvals, of);
  return [enough ? "enough" : "not enough", ...diagnostics.map(({ code }) => code)];
}

const [li, wang, author] = [
  by("li@contoso.example"),
  by("wang@contoso.example"),
  by("Author@Contoso.example"),
];

describe("whether approvals are enough", () => {
  test.each<readonly [string, readonly Approval[], Bench, readonly string[]]>([
    ["two of two", [li, wang], bench(2), ["enough"]],
    ["one of two", [li], bench(2), ["not enough", "approval/missing"]],
    ["none of one", [], bench(1), ["not enough", "approval/missing"]],
    ["none where none is needed", [], bench(1, { needs: [] }), ["enough"]],
    [
      "the most of several rules counts",
      [li],
      bench(1, { needs: [...bench(1).needs, ...bench(3).needs] }),
      ["not enough", "approval/missing"],
    ],
    ["the author alone", [author], bench(1), ["not enough", "approval/author"]],
    ["the author and another", [author, li], bench(2), ["enough"]],
    ["the author alone, who may", [author], bench(1, { rules: { author: "alone" } }), ["enough"]],
    [
      "the author, whose word never counts",
      [author, li],
      bench(2, { rules: { author: "never" } }),
      ["not enough", "approval/author", "approval/missing"],
    ],
    [
      "the author besides enough others",
      [author, li],
      bench(1, { rules: { author: "never" } }),
      ["enough"],
    ],
    [
      "an author by another of the signer's names",
      [by("x", { aliases: ["author@contoso.example"] })],
      bench(1),
      ["not enough", "approval/author"],
    ],
    [
      "an author whom a pattern covers",
      [by("*@contoso.example")],
      bench(1),
      ["not enough", "approval/author"],
    ],
    ["a pattern is no regular expression", [by("aut.or@contoso.example")], bench(1), ["enough"]],
    [
      "one, where nobody knows the author",
      [li],
      bench(1, { authors: undefined }),
      ["not enough", "approval/author"],
    ],
    [
      "two, where nobody knows the author",
      [li, wang],
      bench(1, { authors: undefined }),
      ["enough"],
    ],
    [
      "two of two, where nobody knows the author and theirs never counts",
      [li, wang],
      bench(2, { authors: undefined, rules: { author: "never" } }),
      ["not enough", "approval/author", "approval/missing"],
    ],
    [
      "the same person with another key",
      [li, by("LI@contoso.example", { fingerprint: "SHA256:2" })],
      bench(2),
      ["not enough", "approval/twice", "approval/missing"],
    ],
    [
      "the same key under another name",
      [li, by("chen", { fingerprint: li.fingerprint })],
      bench(2),
      ["not enough", "approval/twice", "approval/missing"],
    ],
    [
      "the same person through a third",
      [by("a"), by("b"), by("c", { aliases: ["a", "b"] })],
      bench(2),
      ["not enough", "approval/twice", "approval/twice", "approval/missing"],
    ],
    [
      "too old",
      [by("li", { at: "2026-11-15T11:59:59Z" })],
      bench(1),
      ["not enough", "approval/expired", "approval/missing"],
    ],
    ["just not too old", [by("li", { at: "2026-11-15T12:00:00Z" })], bench(1), ["enough"]],
    [
      "too old by the settings",
      [by("li", { at: "2026-11-22T10:59:59Z" })],
      bench(1, { rules: { expireAfter: "PT1H" } }),
      ["not enough", "approval/expired", "approval/missing"],
    ],
    [
      "old, but not by the settings",
      [by("li", { at: "2026-11-09T12:00:00Z" })],
      bench(1, { rules: { expireAfter: "P2W" } }),
      ["enough"],
    ],
    [
      "from a clock a little ahead",
      [by("li", { at: "2026-11-22T12:04:59Z" })],
      bench(1),
      ["enough"],
    ],
    [
      "from the future",
      [by("li", { at: "2099-01-01T00:00:00Z" })],
      bench(1),
      ["not enough", "approval/future", "approval/missing"],
    ],
    [
      "one that is old besides enough others",
      [li, by("chen", { at: "2026-01-01T00:00:00Z" })],
      bench(1),
      ["enough", "approval/expired"],
    ],
  ])("%s", (_, approvals, of, expected) => {
    expect(verdict(approvals, of)).toEqual(expected);
    expect(verdict([...approvals].reverse(), of)).toEqual(expected);
  });

  test("approvals of one second count in the order of names, in whatever order their files are read", () => {
    const of = bench(2);
    const two = [by("li", { fingerprint: "SHA256:z" }), by("li", { fingerprint: "SHA256:y" })];
    for (const given of [
      [li, wang, ...two],
      [...two, wang, li],
    ])
      expect(
        judge(given, of).counted.map(({ principal, fingerprint }) => [principal, fingerprint]),
      ).toEqual([
        ["li", "SHA256:z"],
        ["li@contoso.example", li.fingerprint],
        ["wang@contoso.example", wang.fingerprint],
      ]);
  });

  test("a person's latest approval counts, also where a third one shows that two are one person's", () => {
    const at = (hour: number) => `2026-11-22T${String(hour).padStart(2, "0")}:00:00Z`;
    const given = [
      by("a", { fingerprint: "SHA256:1", at: at(11) }),
      by("b", { fingerprint: "SHA256:2", at: at(10) }),
      by("a", { fingerprint: "SHA256:3", at: at(9) }),
      by("b", { fingerprint: "SHA256:1", at: at(8) }),
      by("c", { fingerprint: "SHA256:4", at: at(10) }),
    ];
    expect(
      judge(given, bench(2)).counted.map(({ principal, at: when }) => [principal, when]),
    ).toEqual([
      ["c", at(10)],
      ["a", at(11)],
    ]);
  });

  test("each refusal has words of its own", () => {
    const said = (approvals: readonly Approval[], of: Bench) =>
      judge(approvals, of).diagnostics.map(({ message }) => message);
    expect([
      ...said([li], bench(2)),
      ...said([author], bench(1)),
      ...said([author], bench(1, { rules: { author: "never" } })),
      ...said([li], bench(1, { authors: undefined })),
      ...said([li, li], bench(1)),
      ...said([li, by("li@contoso.example", { fingerprint: "SHA256:2" })], bench(1)),
      ...said([by("li", { at: "2026-01-01T00:00:00Z" }), wang], bench(1)),
      ...said([by("li", { at: "2099-01-01T00:00:00Z" }), wang], bench(1)),
    ]).toMatchInlineSnapshot(`
      [
        "This plan needs 2 approvals and has 1: 10 changes cannot be undone.",
        "Author@Contoso.example wrote or made this plan and cannot approve it alone.",
        "Author@Contoso.example wrote or made this plan, and an author's approval does not count.",
        "This plan needs 1 approval and has none: 10 changes cannot be undone.",
        "The plan's author is unknown, so any approver could be the author; one more approval is required.",
        "li@contoso.example approved twice with key SHA256:li@contoso.example; one person counts once.",
        "li@contoso.example approved twice, with keys SHA256:li@contoso.example and SHA256:2; one person counts once.",
        "The approval of li has expired: it was given at 2026-01-01T00:00:00Z and holds for P7D.",
        "The approval of li is dated 2099-01-01T00:00:00Z, which is yet to come.",
      ]
    `);
  });

  test("more approvals never make a plan less approved, and copies never make it more", () => {
    const person = fc.constantFrom("a", "b", "c", "author@contoso.example");
    const approval = fc.record({
      principal: person,
      fingerprint: person,
      hour: fc.integer({ min: 0, max: 11 }),
    });
    const any = approval.map(({ principal, fingerprint, hour }) =>
      by(principal, { fingerprint, at: `2026-11-22T${String(hour).padStart(2, "0")}:00:00Z` }),
    );
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 6 }),
        any,
        fc.integer({ min: 1, max: 3 }),
        (some, one, needed) => {
          const people = (all: readonly Approval[]) => judge(all, bench(needed)).counted.length;
          expect(people([...some, ...some])).toBe(people(some));
          expect(people(some)).toBeLessThanOrEqual(
            Math.min(
              new Set(some.map(({ principal }) => principal)).size,
              new Set(some.map(({ fingerprint }) => fingerprint)).size,
            ),
          );
          expect(people([...some, one])).toBeLessThanOrEqual(people(some) + 1);
        },
      ),
    );
  });
});
