import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Change, Impact } from "../../src/model/plan/plan.ts";
import { type ApprovalRules, needs } from "../../src/plan/approval/approval-rules.ts";

type When = ApprovalRules["rules"][number]["when"];

function change(impact: Partial<Impact>, more: Partial<Change> = {}): Change {
  const base = {
    id: "Customer/x#1",
    address: "Customer/x",
    kind: "Customer",
    by: "adapter",
    reason: "declared",
    cause: "new",
  };
  return {
    ...base,
    basedOn: [],
    fields: [],
    requires: [],
    action: "create",
    key: "x",
    desired: {},
    impact: { reversible: "yes", ...impact },
    ...more,
  } as Change;
}

function user(roles: object, fields: Change["fields"] = [], impact: Partial<Impact> = {}): Change {
  return change(impact, {
    kind: "User",
    action: "update",
    desired: {},
    observed: { id: "1", key: "x", spec: { roles } },
    patch: [],
    fields,
  } as Partial<Change>);
}

function because(when: When, ...changes: readonly Change[]): string | undefined {
  return needs(changes, { approvals: [{ when, approvals: 2 }], kinds })[0]?.because;
}

const money = (perMonth: string) => ({ money: { perMonth, committed: "0.00", currency: "CNY" } });
const field = (pointer: string, before: string, after: string) => ({
  pointer,
  before,
  after,
  cause: "manifest" as const,
});

describe("what needs approvals", () => {
  test.each<readonly [string, When, readonly Change[], string | undefined]>([
    ["any change", { always: true }, [change({})], "every plan needs it"],
    ["no change", { always: true, irreversible: true, moneyPerMonth: 0 }, [], undefined],
    [
      "money over the limit, what is saved elsewhere aside",
      { moneyPerMonth: 100 },
      [change(money("60.00")), change(money("40.01")), change(money("-90.00"))],
      "CNY 100.01 a month of new money is over CNY 100.00",
    ],
    ["money at the limit", { moneyPerMonth: 100 }, [change(money("100.00"))], undefined],
    [
      "any money",
      { moneyPerMonth: 0 },
      [change(money("0.01"))],
      "CNY 0.01 a month of new money is over CNY 0.00",
    ],
    ["no money", { moneyPerMonth: 0 }, [change({})], undefined],
    [
      "seats at a price nobody knows",
      { moneyPerMonth: 1_000_000 },
      [change({ seats: 5 })],
      "1 change orders seats at a price nobody knows",
    ],
    [
      "fewer seats at a price nobody knows",
      { moneyPerMonth: 0 },
      [change({ seats: -5 })],
      undefined,
    ],
    [
      "what cannot be undone",
      { irreversible: true },
      [change({ reversible: "no" }), change({ reversible: "no" })],
      "2 changes cannot be undone",
    ],
    [
      "what can be undone for a while",
      { irreversible: true },
      [change({ reversible: "until", until: "P30D" })],
      undefined,
    ],
    [
      "what takes away",
      { destructive: true },
      [change({ destructive: true })],
      "1 change takes service or data away",
    ],
    [
      "any of several",
      { destructive: true, irreversible: true },
      [change({ reversible: "no" })],
      "1 change cannot be undone",
    ],
    [
      "somebody who becomes an administrator",
      { administrators: true },
      [user({}, [], { access: { gains: ["manage users"], loses: [] } })],
      "1 change is about an administrator",
    ],
    [
      "somebody who ceases to be one",
      { administrators: true },
      [user({}, [], { access: { gains: [], loses: ["manage agreements"] } })],
      "1 change is about an administrator",
    ],
    [
      "somebody who may act for customers",
      { administrators: true },
      [user({}, [], { access: { gains: ["administer on behalf of customers"], loses: [] } })],
      "1 change is about an administrator",
    ],
    [
      "rights that are no administrator's",
      { administrators: true },
      [
        user({}, [], {
          access: { gains: ["view customers", "view offers and prices"], loses: [] },
        }),
      ],
      undefined,
    ],
    [
      "how an administrator signs in",
      { administrators: true },
      [
        user({ administrator: "global" }, [
          field("/recovery/alternateEmail", "a@x.example", "mallory@x.example"),
        ]),
      ],
      "1 change is about an administrator",
    ],
    [
      "what an administrator is called",
      { administrators: true },
      [user({ administrator: "global" }, [field("/displayName", "A", "B")])],
      undefined,
    ],
    [
      "how somebody else signs in",
      { administrators: true },
      [
        user({ administrator: "none" }, [
          field("/recovery/alternateEmail", "a@x.example", "b@x.example"),
        ]),
      ],
      undefined,
    ],
    [
      "administrators are the kind's own word",
      { administrators: true },
      [change({ access: { gains: ["manage users"], loses: [] } })],
      undefined,
    ],
  ])("%s", (_, when, changes, expected) => {
    expect(because(when, ...changes)).toBe(expected);
  });

  test("each rule that holds is told by its name, in the settings' order", () => {
    const rules = [
      { name: "grave", when: { irreversible: true as const }, approvals: 3 },
      { when: { destructive: true as const }, approvals: 2 },
      { when: { always: true as const }, approvals: 1 },
    ];
    expect(needs([change({ reversible: "no" })], { approvals: rules, kinds })).toEqual([
      { rule: "grave", approvals: 3, because: "1 change cannot be undone" },
      { approvals: 1, because: "every plan needs it" },
    ]);
    const because = "it is applied without its manifests";
    expect(needs([change({})], { approvals: rules, kinds, detached: true })).toMatchObject([
      { rule: "grave", approvals: 3, because },
      { approvals: 2, because },
      { approvals: 1, because: `every plan needs it; ${because}` },
    ]);
    expect(needs([], { approvals: rules, kinds, detached: true })).toEqual([]);
  });
});
