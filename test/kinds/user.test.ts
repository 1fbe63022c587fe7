import { describe, expect, test } from "vitest";
import { partnerProfile } from "../../src/kinds/partner-profile.ts";
import { capabilities, permissions } from "../../src/kinds/user/permissions.ts";
import { user } from "../../src/kinds/user.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { codes, creates, type Live, removes, resource, updates, worldOf } from "./account.ts";

const upn = (name: string) => `${name}@contoso.partner.onmschina.cn`;
const person = (name: string, administrator = "none", rest: Spec = {}): Spec => ({
  userPrincipalName: upn(name),
  accountEnabled: true,
  roles: { agent: [], administrator },
  ...rest,
});
const li = person("li", "global");
const min = person("min", "global");
const profile = (email: string): Spec => ({
  legalBusiness: { primaryContact: { firstName: "A", email } },
});
const demote = (name: string, spec: Spec, administrator = "none") =>
  updates(`User/${name}`, spec, { roles: { administrator } });

function names(live: Live, changes: readonly Change[], principal?: string): readonly string[] {
  const world = worldOf(live, changes, principal === undefined ? {} : { principal });
  return (user.guard?.(changes, world) ?? []).map(({ name }) => name);
}

const agentAdmin = person("x", "none", { roles: { agent: ["admin"], administrator: "none" } });

describe("guards", () => {
  const both: Live = { "User/li": li, "User/min": min };
  test.each<readonly [string, Live, readonly Change[], string | undefined, readonly string[]]>([
    ["one of two global admins steps down", both, [demote("li", li)], undefined, []],
    [
      "the last one steps down",
      { "User/li": li },
      [demote("li", li)],
      undefined,
      ["last-global-admin"],
    ],
    [
      "the last one becomes a billing admin",
      { "User/li": li },
      [demote("li", li, "billing")],
      undefined,
      ["last-global-admin"],
    ],
    [
      "the last one is removed",
      { "User/li": li },
      [removes("User/li", li)],
      undefined,
      ["last-global-admin"],
    ],
    [
      "the last one is disabled",
      { "User/li": li },
      [updates("User/li", li, { accountEnabled: false })],
      undefined,
      ["last-global-admin"],
    ],
    [
      "both go at once",
      both,
      [demote("li", li), removes("User/min", min)],
      undefined,
      ["last-global-admin"],
    ],
    [
      "a disabled one does not count",
      { "User/li": li, "User/min": { ...min, accountEnabled: false } },
      [demote("li", li)],
      undefined,
      ["last-global-admin"],
    ],
    [
      "one no manifest claims counts",
      { "User/li": li, "User/?7": min },
      [demote("li", li)],
      undefined,
      [],
    ],
    [
      "another one takes over",
      { "User/li": li },
      [demote("li", li), creates("User/min", min)],
      undefined,
      [],
    ],
    [
      "an account without any is left alone",
      { "User/li": person("li") },
      [removes("User/li", person("li"))],
      undefined,
      [],
    ],
    [
      "another name for the last one",
      { "User/li": li },
      [updates("User/li", li, { displayName: "Li" })],
      undefined,
      [],
    ],
    ["the tool's own user is removed", both, [removes("User/li", li, "42")], "42", ["principal"]],
    [
      "the tool's own user is disabled",
      both,
      [updates("User/li", li, { accountEnabled: false }, "42")],
      "42",
      ["principal"],
    ],
    [
      "the tool's own user steps down",
      both,
      [updates("User/li", li, { roles: { administrator: "none" } }, "42")],
      "42",
      ["principal"],
    ],
    [
      "the tool's own user loses its agent role",
      {
        ...both,
        "User/x": person("x", "none", { roles: { agent: ["admin"], administrator: "none" } }),
      },
      [
        updates(
          "User/x",
          person("x", "none", { roles: { agent: ["admin"], administrator: "none" } }),
          { roles: { agent: [] } },
          "42",
        ),
      ],
      "42",
      ["last-agent-admin", "principal"],
    ],
    [
      "the last admin agent is disabled",
      { ...both, "User/x": agentAdmin },
      [updates("User/x", agentAdmin, { accountEnabled: false })],
      undefined,
      ["last-agent-admin"],
    ],
    [
      "one of two admin agents is removed, and the other one is disabled already",
      { ...both, "User/x": agentAdmin, "User/y": { ...agentAdmin, accountEnabled: false } },
      [removes("User/x", agentAdmin)],
      undefined,
      ["last-agent-admin"],
    ],
    [
      "one of two admin agents is removed",
      { "User/x": agentAdmin, "User/y": agentAdmin },
      [removes("User/x", agentAdmin)],
      undefined,
      [],
    ],
    [
      "the tool's own user gains a role",
      both,
      [updates("User/li", li, { roles: { agent: ["sales"] } }, "42")],
      "42",
      [],
    ],
    ["somebody else's user", both, [removes("User/li", li, "41")], "42", []],
    [
      "the legal contact steps down",
      { ...both, PartnerProfile: profile(upn("li")) },
      [demote("li", li)],
      undefined,
      ["primary-contact"],
    ],
    [
      "the legal contact is written in capitals",
      { ...both, PartnerProfile: profile(upn("li").toUpperCase()) },
      [demote("li", li)],
      undefined,
      ["primary-contact"],
    ],
    [
      "the legal contact is reached at their recovery address",
      {
        "User/min": min,
        "User/li": { ...li, recovery: { alternateEmail: "li@home.cn" } },
        PartnerProfile: profile("li@home.cn"),
      },
      [removes("User/li", { ...li, recovery: { alternateEmail: "li@home.cn" } })],
      undefined,
      ["primary-contact"],
    ],
    [
      "the contact moves in the same plan",
      { ...both, PartnerProfile: profile(upn("li")) },
      [demote("li", li), updates("PartnerProfile", profile(upn("li")), profile(upn("min")))],
      undefined,
      [],
    ],
    [
      "somebody else steps down",
      { ...both, PartnerProfile: profile(upn("li")) },
      [demote("min", min)],
      undefined,
      [],
    ],
    [
      "all three at once",
      { "User/li": li, PartnerProfile: profile(upn("li")) },
      [removes("User/li", li, "42")],
      "42",
      ["last-global-admin", "principal", "primary-contact"],
    ],
  ])("%s", (_, live, changes, principal, expected) => {
    expect(names(live, changes, principal)).toEqual(expected);
  });

  test("names the changes that trip it", () => {
    const changes = [demote("li", li), updates("User/x", person("x"), { displayName: "X" })];
    expect(
      user.guard?.(changes, worldOf({ "User/li": li, "User/x": person("x") }, changes)),
    ).toEqual([
      {
        name: "last-global-admin",
        message: "Nobody would be left as an enabled global admin.",
        amount: "1",
        needsReason: true,
        changes: ["User/li#1"],
      },
    ]);
  });
});

describe("order: grant, move the contact, revoke", () => {
  const grant = updates("User/min", person("min"), { roles: { administrator: "global" } });
  const revoke = demote("li", li);
  const move = updates("PartnerProfile", profile(upn("li")), profile(upn("min")));
  const other = updates("User/x", person("x"), { displayName: "X" });
  const renamed = updates("User/z", person("z", "global"), { displayName: "Z" });
  const all = [move, revoke, grant, other, renamed];

  test("a revocation waits for the grants and for the contact", () => {
    expect(user.after?.(revoke, all)).toEqual([grant.id, move.id]);
    expect(user.after?.(removes("User/li", li), all)).toEqual([grant.id, move.id]);
  });

  test("the contact waits for the new contact's grant alone", () => {
    const unrelated = creates("User/y", person("y", "global"));
    expect(partnerProfile.after?.(move, [...all, unrelated])).toEqual([grant.id]);
    expect(
      partnerProfile.after?.(updates("PartnerProfile", {}, { support: { email: "a@b.cn" } }), all),
    ).toEqual([]);
  });

  test("everything else waits for nothing", () => {
    expect([grant, other, renamed].map((change) => user.after?.(change, all))).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe("what a change means", () => {
  const helpdesk = { agent: ["helpdesk"], administrator: "none" };
  test.each<readonly [string, Change, object]>([
    ["a new user without roles", creates("User/li", person("li")), { reversible: "yes" }],
    [
      "a new billing admin",
      creates("User/li", person("li", "billing")),
      {
        reversible: "yes",
        access: {
          gains: [
            "manage agreements",
            "view invoices and reconciliation",
            "view offers and prices",
          ],
          loses: [],
        },
      },
    ],
    ["a new name", updates("User/li", li, { displayName: "Li" }), { reversible: "yes" }],
    [
      "a role more that adds nothing",
      updates("User/li", li, { roles: { agent: ["helpdesk"] } }),
      { reversible: "yes" },
    ],
    [
      "billing admin instead of user management",
      updates("User/li", person("li", "userManagement"), { roles: { administrator: "billing" } }),
      {
        reversible: "yes",
        access: {
          gains: permissions.administrator.billing.toSorted(),
          loses: permissions.administrator.userManagement.toSorted(),
        },
      },
    ],
    [
      "a disabled account",
      updates("User/li", person("li", "none", { roles: helpdesk }), { accountEnabled: false }),
      { reversible: "yes", access: { gains: [], loses: permissions.agent.helpdesk.toSorted() } },
    ],
    [
      "a removal",
      removes("User/li", person("li", "none", { roles: helpdesk })),
      {
        reversible: "until",
        until: "2026-12-22",
        destructive: true,
        access: { gains: [], loses: permissions.agent.helpdesk.toSorted() },
      },
    ],
  ])("%s", (_, change, expected) => {
    expect(user.impact(change, { asOf: "2026-11-22" })).toEqual(expected);
  });

  test("the matrix says what the portal's documents say", () => {
    const can = (roles: object) => capabilities({ roles });
    expect(can({ agent: "admin" })).not.toContain("manage users");
    expect(can({ agent: "sales" })).not.toContain("view offers and prices");
    expect(can({ agent: "helpdesk" })).not.toContain("create customers");
    expect(can({ administrator: "billing" })).not.toContain("view customers");
    const everything = new Set(
      [...Object.values(permissions.agent), ...Object.values(permissions.administrator)].flat(),
    );
    expect(new Set(can({ administrator: "global" }))).toEqual(everything);
    expect(can({ agent: ["sales", "helpdesk"] })).toEqual(
      [...new Set([...permissions.agent.sales, ...permissions.agent.helpdesk])].sort(),
    );
    expect(can({ agent: "none", administrator: "none" })).toEqual([]);
  });
});

test.each<readonly [string, Spec, Parameters<typeof resource>[2], readonly string[]]>([
  ["no recovery contact", person("li"), {}, ["user/no-recovery"]],
  ["an empty recovery", person("li", "none", { recovery: {} }), {}, ["user/no-recovery"]],
  [
    "a mobile phone",
    person("li", "none", { recovery: { mobilePhone: "+86 13800000000" } }),
    {},
    [],
  ],
  ["an e-mail address", person("li", "none", { recovery: { alternateEmail: "a@b.cn" } }), {}, []],
  ["a disabled account", person("li", "none", { accountEnabled: false }), {}, []],
  ["a tombstone", person("li"), { state: "absent" }, []],
])("recovery: %s", (_, spec, rest, expected) => {
  const own = resource("User/li", spec, rest);
  expect(codes(user.rules([own] as never, () => undefined))).toEqual(expected);
});

test("a warning about recovery says where and what to do", () => {
  expect(user.rules([resource("User/li", person("li"))] as never, () => undefined)).toMatchObject([
    {
      severity: "warning",
      address: "User/li",
      at: { file: "/spec/recovery" },
      hint: expect.stringContaining("explain User.recovery"),
    },
  ]);
});

test.each<readonly [string, Spec, Spec]>([
  [
    "a user name in small letters",
    { userPrincipalName: "Li@Contoso.CN" },
    { userPrincipalName: "li@contoso.cn" },
  ],
  ["a country in capitals", { usageLocation: "cn" }, { usageLocation: "CN" }],
  ["no agent role", { roles: { agent: "none" } }, { roles: { agent: [] } }],
  [
    "one agent role",
    { roles: { agent: "sales", administrator: "none" } },
    { roles: { agent: ["sales"], administrator: "none" } },
  ],
  [
    "several, in order, each once",
    { roles: { agent: ["sales", "admin", "sales"] } },
    { roles: { agent: ["admin", "sales"] } },
  ],
  ["nothing", {}, {}],
])("one spelling: %s", (_, spec, expected) => {
  expect(user.normalize(spec as never)).toEqual(expected);
});

test("what is left out of a new user is filled in", () => {
  const roles = { agent: [], administrator: "none" };
  expect(user.complete({ userPrincipalName: upn("li") }, "li")).toEqual({
    userPrincipalName: upn("li"),
    displayName: "li",
    accountEnabled: true,
    roles,
  });
  expect(
    user.complete(
      { givenName: "Wei", surname: "Li", accountEnabled: false, roles: { agent: ["sales"] } },
      "li",
    ),
  ).toMatchObject({
    displayName: "Wei Li",
    accountEnabled: false,
    roles: { ...roles, agent: ["sales"] },
  });
});

test("its key is the user name in small letters, and a password is made for it", () => {
  expect([user.key({ userPrincipalName: "Li@Contoso.CN" }, "li"), user.key({}, "Li")]).toEqual([
    "li@contoso.cn",
    "li",
  ]);
  expect(user.password?.({ userPrincipalName: upn("li") })).toBe(upn("li"));
});
