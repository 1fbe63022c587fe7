import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan } from "../../../src/model/plan/plan.ts";
import { reviewAgain } from "../../../src/operations/plan/plan.ts";
import { validate } from "../../../src/operations/project/validate.ts";
import { type EmulatedExample, setUpEmulatedExample } from "./emulated-example.ts";

let example: EmulatedExample;

beforeAll(async () => {
  example = await setUpEmulatedExample("requests");
});

afterAll(async () => {
  console.log(
    `\nRequests a change takes (read to plan again; read + written), counted by the service, beside what it forces:\n${table()}\n`,
  );
  await example.close();
});

/** As a file has it. */
async function saved(): Promise<Plan> {
  const planned = await example.planned();
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics));
  expect(planned.value.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return JSON.parse(JSON.stringify(planned.value));
}

/**
 * A plan that was saved, applied by another process: what the service counted beyond planning
 * again, what was forecast and what the receipt says agree.
 */
async function applied() {
  const plan = await saved();
  example.sent();
  const again = await example.shop.at(async ({ project, view }) => {
    const desired = await validate(project);
    return desired.ok ? reviewAgain(project, view, { reviewed: plan, desired }) : desired;
  });
  expect(again.ok && again.value.plan.changes.map(({ id }) => id)).toEqual(
    plan.changes.map(({ id }) => id),
  );
  const { reads: before } = example.sent();
  const { receipt, diagnostics } = await example.shop.apply({
    plan,
    allow: plan.tripped.map(({ name }) => name),
    reason: "a test",
  });
  const all = example.sent();
  const spent = { ...all, reads: all.reads - before };
  expect([
    diagnostics,
    receipt?.results.filter(({ status }) => status !== "done" && status !== "manual"),
  ]).toEqual([[], []]);
  expect({ forecast: plan.forecast, receipt: receipt?.spent }).toEqual({
    forecast: spent,
    receipt: spent,
  });
  return {
    spent,
    before,
    made: plan.changes
      .filter(({ by }) => by === "adapter")
      .map(({ action, address }) => `${action} ${address}`),
  };
}

const rows: (readonly [string, string, string, string, string])[] = [];

function table(): string {
  const all = [["change", "again", "requests", "floor", "why"], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .join("\n");
}

test("everything the example account needs, from a plan that was saved", async () => {
  const { spent, made } = await applied();
  expect(made).toHaveLength(16);
  // Creates look for a list only where somebody else may have been: customers and users by key,
  // subscriptions of new customers nowhere.
  expect(spent).toMatchObject({ reads: expect.any(Number), writes: expect.any(Number) });
});

type Edit = readonly [file: string, ...changes: (readonly [string, string])[]];
interface Case {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly spent: { readonly reads: number; readonly writes: number };
  readonly floor: number;
  readonly why: string;
}

const [fabrikam, northwind, tailspin] = ["fabrikam", "northwind", "tailspin"].map(
  (name) => `manifests/customers/${name}.yaml`,
) as [string, string, string];
const [profile, users] = ["manifests/profile.yaml", "manifests/users.yaml"];
const order = (name: string, offer: string, more = "") =>
  `---\napiVersion: partnercenter/v1\nkind: Subscription\nmetadata:\n  name: ${name}\nspec:\n  customer: northwind\n  offer: ${offer}\n  quantity: 3\n${more}`;
function newUser(name: string, agent: string, administrator: string): string {
  const plain = `userPrincipalName: ${name}@contoso.partner.onmschina.cn\n  displayName: ${name}\n  usageLocation: CN\n  recovery:\n    mobilePhone: "+86 138 0013 8009"`;
  return `apiVersion: partnercenter/v1\nkind: User\nmetadata:\n  name: ${name}\nspec:\n  ${plain}\n  roles:\n    agent: ${agent}\n    administrator: ${administrator}\n---\n`;
}
const office = "  quantity: 40\n  billingCycle: monthly\n";

const cases: readonly Case[] = [
  {
    what: "a quantity",
    edits: [[fabrikam, ["quantity: 120", "quantity: 121"]]],
    spent: { reads: 1, writes: 1 },
    floor: 2,
    why: "compared with the account, then PATCH with what was read and its ETag",
  },
  {
    what: "a quantity and a name",
    edits: [[tailspin, ["quantity: 5\n", "quantity: 6\n  friendlyName: numbers\n"]]],
    spent: { reads: 1, writes: 2 },
    floor: 3,
    why: "one concern a PATCH; each answers with the next ETag",
  },
  {
    what: "an order",
    edits: [[northwind, [office, `${office}${order("visio", "visio-plan-2")}`]]],
    spent: { reads: 2, writes: 1 },
    floor: 2,
    why: "the customer's list, so that nothing is ordered twice; a look at whether it is provisioned",
  },
  {
    what: "two orders, one customer",
    edits: [
      [
        northwind,
        [office, `${office}${order("reports", "power-bi-pro")}${order("mail", "exchange-plan-1")}`],
      ],
    ],
    spent: { reads: 3, writes: 2 },
    floor: 3,
    why: "one list for both, a look at each",
  },
  {
    what: "an add-on",
    edits: [
      [
        northwind,
        [office, `${office}${order("archive", "exchange-archiving", "  addOnOf: mail\n")}`],
      ],
    ],
    spent: { reads: 2, writes: 1 },
    floor: 2,
    why: "the list has the order its base came from; a look at whether it is provisioned",
  },
  {
    what: "an upgrade and its quantity",
    edits: [
      [
        northwind,
        ["offer: business-premium\n  quantity: 40", "offer: enterprise-e3\n  quantity: 41"],
      ],
    ],
    spent: { reads: 3, writes: 2 },
    floor: 5,
    why: "the list (compared, and not to be mistaken later); the ways up, one of which is sent back; the new one, of which only the id is told, and which PATCH then sends back",
  },
  {
    what: "a suspension",
    edits: [[fabrikam, ["name: visio\n", "name: visio\nstate: absent\nreason: nobody draws\n"]]],
    spent: { reads: 1, writes: 1 },
    floor: 2,
    why: "as a quantity",
  },
  {
    what: "a billing profile",
    edits: [[tailspin, ["email: it@", "email: post@"]]],
    spent: { reads: 1, writes: 1 },
    floor: 2,
    why: "the customer has its billing profile and the ETag that PUT must have",
  },
  {
    what: "the partner's billing profile",
    edits: [[profile, ["CONTOSO-2026", "CONTOSO-2027"]]],
    spent: { reads: 1, writes: 1 },
    floor: 2,
    why: "GET, merge, PUT with its ETag; no other section is read",
  },
  {
    what: "the partner's support profile",
    edits: [[profile, ['"4005550100"', '"4005550101"']]],
    spent: { reads: 2, writes: 1 },
    floor: 2,
    why: "one more by choice: it has no ETag, so it is read again right before it is replaced whole",
  },
  {
    what: "a user's name",
    edits: [[users, ["displayName: Wang Fang", "displayName: Wang Fangfang"]]],
    spent: { reads: 2, writes: 1 },
    floor: 2,
    why: "one more by choice: the directory has no ETag either; no roles are read",
  },
  {
    what: "a user's group",
    edits: [[users, ["    agent: sales\n", "    agent: admin\n"]]],
    spent: { reads: 5, writes: 2 },
    floor: 6,
    why: "the user and the memberships; two groups found, one joined and one left; one more by choice, as above",
  },
  {
    what: "new users, two with a role nobody had",
    edits: [
      [
        users,
        [
          "# The partner's own staff.",
          `${newUser("sun-li", "none", "none")}${newUser("ma-yue", "helpdesk", "userManagement")}${newUser("hu-bo", "helpdesk", "userManagement")}# The partner's own staff.`,
        ],
      ],
    ],
    spent: { reads: 2, writes: 9 },
    floor: 11,
    why: "three POST after one page of users; helpdesk found once, two memberships; the role given (404), activated, given, given",
  },
  {
    what: "a user's directory role",
    edits: [[users, ["administrator: billing", "administrator: userManagement"]]],
    spent: { reads: 3, writes: 2 },
    floor: 4,
    why: "as a group, but its template is its address",
  },
  {
    what: "a user who leaves",
    edits: [[users, ["name: sun-li\n", "name: sun-li\nstate: absent\nreason: has left\n"]]],
    spent: { reads: 2, writes: 1 },
    floor: 3,
    why: "compared with all the manifest says, memberships too, then DELETE",
  },
];

test.each(cases)(
  "$what takes what the service forces",
  async ({ what, edits, spent, floor, why }) => {
    for (const [file, ...changes] of edits) example.shop.edit(file, ...changes);
    const { spent: counted, before } = await applied();
    expect(counted).toEqual(spent);
    // Planning again reads what a change is about and what its guards look at, never the whole
    // account.
    expect(before).toBeLessThanOrEqual(edits[0]?.[0].includes("customers") ? 3 : 16);
    rows.push([what, String(before), `${spent.reads} + ${spent.writes}`, String(floor), why]);
    expect(spent.reads + spent.writes).toBeGreaterThanOrEqual(floor);
  },
);
