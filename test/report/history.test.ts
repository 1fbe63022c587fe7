import { describe, expect, test } from "vitest";
import { address } from "../../src/model/address.ts";
import type {
  Attestation,
  ChangeDone,
  Maintenance,
  RunRecord,
} from "../../src/model/ledger/history.ts";
import { addressesIn, selectHistory } from "../../src/model/ledger/select-history.ts";
import { report } from "../../src/report/index.ts";
import { cases, reading, shown } from "./show.ts";
import { madeUpCode } from "../made-up-code.ts";

const style = { color: false, width: 200 };
const run: RunRecord = reading(new URL("run/", cases))("run");

describe("history says what was done, in every format", () => {
  test.each(["text", "markdown", "html", "json", "csv"])(
    "%s: item, fields before and after, seats, money, deadline, approvers",
    (format) => {
      for (const told of [
        report(format).show({ kind: "run", run }, style),
        report(format).show({ kind: "history", history: { runs: [run], attestations: [] } }, style),
      ]) {
        const words = told
          .replaceAll(/<\/?(?:del|ins|dt|dd|div|span|b)[^>]*>/gu, "")
          .replaceAll("&#39;", "'");
        expect(words).toMatch(/Office 365 Enterprise E3/u);
        expect(words).toMatch(/roles.?agent/u);
        expect(words).toMatch(/sales.*admin/su);
        expect(words).toMatch(/-120|−120/u);
        expect(words).toMatch(/-?(?:CNY )?18,?000\.00/u);
        expect(words).toMatch(/2026-04-30/u);
        expect(words).toContain("wang");
        expect(words).toMatch(/with local changes|localChanges/u);
        expect(words).not.toContain("finance@");
      }
    },
  );

  test("a long run is folded, and what cannot be undone stands by name", () => {
    const many = Array.from({ length: 60 }, (_, index): ChangeDone => {
      const at = address("Subscription", "office", `customer-${index}`);
      const impact = {
        reversible: index < 5 ? "no" : "yes",
        seats: 10,
        item: { quantity: 10, offer: "e3" },
      } as const;
      const planned = {
        cause: "manifest",
        reason: "differs",
        fields: [],
        impact,
        names: { e3: "Office 365 Enterprise E3" },
      } as const;
      return {
        change: `${at}#1`,
        address: at,
        action: "update",
        status: "done",
        at: run.openedAt,
        planned,
      };
    });
    const told = report("text").show(
      { kind: "history", history: { runs: [{ ...run, changes: many }], attestations: [] } },
      style,
    );
    for (const { address: at } of many.slice(0, 5)) expect(told).toContain(`${at} `);
    expect(told).toContain("more like these: +10 seats each; +");
    expect(told.split("\n").length).toBeLessThan(30);
    const verbose = report("text").show(
      { kind: "history", history: { runs: [{ ...run, changes: many }], attestations: [] } },
      { ...style, verbose: true },
    );
    for (const { address: at } of many) expect(verbose).toContain(at);
  });
});

describe("csv", () => {
  const lines = (text: string) => text.split("\r\n");

  test("has a line a change, ends lines as RFC 4180 does, and quotes what needs it", () => {
    const told = report("csv").show(
      { kind: "run", run: { ...run, reason: 'because, "they"\nsaid so' } },
      style,
    );
    expect(lines(told)[0]).toMatch(
      /^at,run,actor,approvedBy,action,address,status,quantity,offer,offerName,fields,seats,/u,
    );
    expect(lines(told)).toHaveLength(run.changes.length + 2);
    expect(told).toContain(',"because, ""they""\nsaid so"\r\n'.replace("\n", "␊"));
    expect(told).toContain(
      ",remove,Subscription/fabrikam/crm,done,120,9B3F1A52-4C0B-5D0E-8C8B-1C1B6C1E3A01,Office 365 Enterprise E3,status active → suspended,-120,-18000.00,-216000.00,CNY,until,2026-04-30,",
    );
  });

  test.each([
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠SUM(A1)",
  ])("no cell is a formula: %j", (text) => {
    const told = report("csv").show(
      { kind: "run", run: { ...run, reason: text, actor: text } },
      style,
    );
    for (const line of lines(told).slice(1, -1))
      expect(line).not.toMatch(/(?:^|,)"?[=+@\t\r＝＋－＠]|(?:^|,)"?-(?!\d+(?:\.\d+)?(?:,|$))/u);
  });

  test("tells what somebody vouched for, and its diagnostics", () => {
    const attested: Attestation = {
      ...{
        at: "2026-03-01T09:00:00Z",
        actor: "li",
        plan: run.plan,
        change: "CatalogCustomization#1",
      },
      ...{ address: address("CatalogCustomization"), fields: ["/featuredOffers"], note: "done" },
    };
    const told = report("csv").show(
      { kind: "history", history: { runs: [run], attestations: [attested] } },
      style,
    );
    expect(lines(told).at(-2)).toBe(
      `2026-03-01T09:00:00Z,,li,,attest,CatalogCustomization,done,,,,featuredOffers,,,,,,,,,${run.plan},,,,done`,
    );
    const repaired: Maintenance = {
      type: "repaired",
      at: "2026-03-02T09:00:00Z",
      actor: "li",
      aside: "kept-1",
      reason: "pushed over",
    };
    const withRepair = report("csv").show(
      { kind: "history", history: { runs: [run], attestations: [], maintenance: [repaired] } },
      style,
    );
    expect(lines(withRepair).at(-2)).toBe(
      `2026-03-02T09:00:00Z,,li,,repair,,done${",".repeat(12)}kept-1,,,,,pushed over`,
    );
    const unlocked: Maintenance = {
      ...{ type: "unlocked", at: "2026-03-03T09:00:00Z", actor: "li", reason: "switched off" },
      heldBy: { actor: "wu", host: "runner-7" },
    };
    const withUnlock = report("csv").show(
      { kind: "history", history: { runs: [run], attestations: [], maintenance: [unlocked] } },
      style,
    );
    expect(lines(withUnlock).at(-2)).toBe(
      `2026-03-03T09:00:00Z,,li,,unlock,,done${",".repeat(12)}wu@runner-7,,,,,switched off`,
    );
    const diagnostics = report("csv").show(
      {
        kind: "diagnostics",
        diagnostics: [{ severity: "error", code: madeUpCode("a/b"), message: "no, never" }],
      },
      style,
    );
    expect(diagnostics).toBe(
      'severity,code,address,file,line,message,hint\r\nerror,a/b,,,,"no, never",\r\n',
    );
  });
});

describe("history is selected", () => {
  const renamed: RunRecord = {
    ...run,
    run: "later",
    actor: "wu",
    openedAt: "2026-05-01T08:00:00Z",
    hostApprovals: [],
    changes: [
      {
        ...{
          change: "Subscription/fabrikam/sales#1",
          address: address("Subscription", "sales", "fabrikam"),
          action: "rename",
        },
        ...{ object: "Subscription/fabrikam/crm", status: "done", at: "2026-05-01T08:00:01Z" },
      },
    ],
  };
  const repaired: Maintenance = { type: "repaired", at: "2026-05-02T08:00:00Z", actor: "wu" };
  const all = { runs: [run, renamed], attestations: [], maintenance: [repaired] };
  const runsOf = (wanted: Parameters<typeof selectHistory>[1]) =>
    selectHistory(all, wanted).runs.map((one) => [one.run, one.changes.length]);

  test.each([
    [
      {},
      [
        ["01HQX7M2", 4],
        ["later", 1],
      ],
    ],
    [
      { address: "Subscription/fabrikam/crm" },
      [
        ["01HQX7M2", 1],
        ["later", 1],
      ],
    ],
    [
      { address: "Subscription/fabrikam/sales" },
      [
        ["01HQX7M2", 1],
        ["later", 1],
      ],
    ],
    [{ address: "User/li" }, [["01HQX7M2", 1]]],
    [{ actor: "wu" }, [["later", 1]]],
    [{ actor: "wang" }, [["01HQX7M2", 4]]],
    [{ actor: "nobody" }, []],
    [{ from: "2026-03-02" }, [["later", 1]]],
    [{ to: "2026-03-01" }, [["01HQX7M2", 4]]],
    [{ from: "2026-03-02", address: "User/li" }, []],
  ] as const)("by %j", (wanted, expected) => {
    expect(runsOf(wanted)).toEqual(expected);
  });

  test("what was done to the ledger itself: by person and period, not by object", () => {
    const kept = (wanted: Parameters<typeof selectHistory>[1]) =>
      selectHistory(all, wanted).maintenance;
    expect([{}, { actor: "wu" }, { from: "2026-05-02" }].map(kept)).toEqual([
      [repaired],
      [repaired],
      [repaired],
    ]);
    expect([{ actor: "li" }, { to: "2026-05-01" }, { address: "User/li" }].map(kept)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("an address is one that the ledger tells of", () => {
    expect([
      addressesIn(all).has("User/li"),
      addressesIn(all).has("User/nobody"),
      addressesIn(all).has("01HQ"),
    ]).toEqual([true, false, false]);
  });
});

test("the cases are masked", () => {
  expect(shown(new URL("run/", cases), "text")).toContain("<personal>");
});
