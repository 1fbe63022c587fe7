import { address } from "../../src/model/address.ts";
import { amount, sum } from "../../src/model/values/money.ts";
import { type Change, type FieldChange, type Plan, planDigest } from "../../src/model/plan/plan.ts";
import type { Receipt } from "../../src/model/plan/receipt.ts";
import type { History } from "../../src/report/document.ts";

type Draft = Pick<Change, "address" | "kind" | "fields" | "impact"> &
  Partial<Pick<Change, "parent" | "by" | "steps" | "note" | "requires" | "cause" | "protect">>;

const towns = ["fabrikam", "contoso-retail", "litware", "北风贸易", "adventure-works"];
const gains = ["buy offers", "see prices and bills", "manage customers' subscriptions"];
const loses = [
  "manage users of the partner account",
  "change the billing profile",
  "accept agreements",
];

function drafted(draft: Draft, action: Change["action"]): Change {
  const base = {
    id: `${draft.address}#1` as const,
    by: "adapter" as const,
    reason: "differs" as const,
    cause: "manifest" as const,
    basedOn: [],
    requires: [],
    ...draft,
  };
  const observed = {
    id: "5f3c",
    key: "somebody@contoso.example",
    spec: { displayName: "Chen Jing" },
  };
  if (action === "create")
    return { ...base, action, reason: "declared", key: "k", desired: { displayName: "Chen Jing" } };
  if (action === "update") return { ...base, action, observed, desired: {}, patch: [] };
  if (action === "rename")
    return { ...base, action, observed, reason: "renamed", from: address("User", "chen-jing") };
  if (action === "protect" || action === "unprotect")
    return { ...base, action, observed, reason: "protection", protect: true };
  return action === "upgrade"
    ? { ...base, action, observed, desired: {} }
    : { ...base, action, observed, reason: "tombstone" };
}

function plain(
  pointer: string,
  before: FieldChange["after"] | undefined,
  after: FieldChange["after"],
): FieldChange {
  return { pointer, after, cause: "manifest", ...(before !== undefined && { before }) };
}

function personal(pointer: string, after: string): FieldChange {
  return { pointer, before: "old@contoso.example", after, cause: "manifest", personal: true };
}

const sorts: readonly ((index: number, customer: string) => Change)[] = [
  (index, customer) =>
    drafted(
      {
        address: address("Subscription", `office-e3-${index}`, customer),
        kind: "Subscription",
        parent: address("Customer", customer),
        fields: [plain("/quantity", 20, 25 + (index % 7))],
        impact: {
          reversible: "yes",
          seats: 5 + (index % 7),
          money: {
            perMonth: amount(45000n + BigInt(index % 7) * 9000n),
            committed: "0.00",
            currency: "CNY",
          },
        },
      },
      "update",
    ),
  (index, customer) =>
    drafted(
      {
        address: address("Subscription", `visio-${index}`, customer),
        kind: "Subscription",
        parent: address("Customer", customer),
        fields: [
          plain("/offer", undefined, "visio"),
          plain("/quantity", undefined, 12),
          plain("/billingCycle", undefined, "annual"),
          plain("/status", undefined, "active"),
        ],
        impact: {
          reversible: "no",
          seats: 12,
          money: { perMonth: "1080.00", committed: "12960.00", currency: "CNY" },
        },
        requires: [`${address("Customer", customer)}#1`],
      },
      "create",
    ),
  (index) =>
    drafted(
      {
        address: address("User", `chen-${index}`),
        kind: "User",
        fields: [
          personal("/recovery/alternateEmail", `chen.${index}@private.example`),
          plain("/roles/administrator", "global", "billing"),
          plain("/roles/agent", ["helpdesk"], ["admin", "sales"]),
        ],
        impact: {
          reversible: "yes",
          access: { gains: gains.slice(index % 3), loses: loses.slice(0, 1 + (index % 3)) },
        },
        cause: "drift",
      },
      "update",
    ),
  (index, customer) =>
    drafted(
      {
        address: address("Subscription", `idle-${index}`, customer),
        kind: "Subscription",
        parent: address("Customer", customer),
        fields: [plain("/status", "active", "suspended")],
        impact: {
          reversible: "until",
          until: "2027-01-21",
          destructive: true,
          seats: -3,
          money: { perMonth: "-270.00", committed: "0.00", currency: "CNY" },
        },
        note: "the customer asked for it",
      },
      "remove",
    ),
  (index) =>
    drafted(
      {
        address: address("CatalogCustomization", `shelf-${index}`),
        kind: "CatalogCustomization",
        by: "manual",
        fields: [plain("/featuredOffers", ["Office 365 E1"], ["Office 365 E3", "Visio"])],
        impact: { reversible: "yes" },
        steps: [
          "Sign in at partner.partnercenter.microsoftonline.cn as a global admin",
          "Open Pricing and offers, then Featured offers",
          "Put these in this order: Office 365 E3, Visio",
        ],
      },
      "update",
    ),
];

/** A plan of so many changes of all sorts, the same each time. */
export function samplePlan(size: number): Plan {
  const changes = Array.from({ length: size }, (_, index) => {
    const town = towns[Math.floor(index / 10) % towns.length] ?? "";
    const make = sorts[size <= 20 ? index % sorts.length : index % 40 === 0 ? 4 : index % 4];
    if (make === undefined) throw new RangeError("no such sort");
    return make(index, size <= 20 ? town : `${town}-${Math.floor(index / 10)}`);
  });
  const counted = (action: Change["action"]) =>
    changes.filter((one) => one.action === action && one.by === "adapter").length;
  const money = changes.flatMap(({ impact }) => impact.money ?? []);
  const body = {
    version: 1 as const,
    account: { id: "contoso-cn", adapter: "partner-center" },
    asOf: "2026-11-22",
    basis: {
      ledger: { id: "0d6f8a", head: "b5bb9d80".repeat(8) },
      manifests: `sha256:${"1".repeat(64)}` as const,
      settings: `sha256:${"2".repeat(64)}` as const,
      commit: "3f2a1bc9d8e7f60514233241506978a1b2c3d4e5",
      environment: "production",
    },
    changes,
    unchanged: 412,
    unmanaged: [
      { kind: "User", id: "77aa-01", key: "forgotten@contoso.example" },
      { kind: "Subscription", id: "88bb-02", key: "trial", parent: address("Customer", "litware") },
    ],
    coverage: { managed: 412 + size, unmanaged: 2, toCreate: 0 },
    problems: [
      {
        severity: "warning" as const,
        code: "user/no-recovery" as const,
        message: "No recovery contact: nobody can reset this user's password once it is forgotten.",
        address: address("User", "chen-2"),
        hint: "Give recovery.alternateEmail or recovery.mobilePhone",
        at: {
          file: "manifests/users.yaml",
          line: 12,
          column: 3,
          endLine: 12,
          endColumn: 11,
          excerpt: "  spec: { userPrincipalName: chen@contoso.example }",
        },
      },
    ],
    tripped: [
      {
        name: "irreversible" as const,
        message: "2 changes cannot be undone.",
        amount: "2",
        changes: changes
          .filter((one) => one.impact.reversible === "no")
          .map((one) => one.id)
          .slice(0, 4),
      },
    ],
    totals: {
      create: counted("create"),
      update: counted("update"),
      upgrade: 0,
      remove: counted("remove"),
      forget: 0,
      rename: 0,
      protect: 0,
      unprotect: 0,
      manual: changes.filter((one) => one.by === "manual").length,
      seats: changes.reduce((all, one) => all + (one.impact.seats ?? 0), 0),
      money: {
        perMonth: sum(money.map((one) => one.perMonth)),
        committed: sum(money.map((one) => one.committed)),
        currency: "CNY",
      },
    },
    forecast: { reads: size, writes: size },
    refers: {},
    names: { visio: "Visio Online Plan 2" },
    approvals: [{ rule: "money", approvals: 2, because: "It commits more than CNY 10,000.00" }],
  };
  return { ...body, digest: planDigest(body) };
}

/** Two approvals of it. */
export const approvals = [
  {
    principal: "li@contoso.example",
    fingerprint: "SHA256:Yk3v0m3Xq8Jm2cJ1P0Vb0y7mF4Zb1n8u0m6m2aX1s9E",
    at: "2026-11-22T08:00:00Z",
    note: "as agreed with finance",
    statement: "partnerctl approval 1\nplan sha256:00\n",
    signature: "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
  },
  {
    principal: "wang@contoso.example",
    fingerprint: "SHA256:9sE1s2aX6m0mu8n1bZ4Fm7y0bV0P1Jc2mJ8qX3m0v3kY",
    at: "2026-11-22T08:10:00Z",
    statement: "partnerctl approval 1\nplan sha256:00\n",
    signature: "-----BEGIN SSH SIGNATURE-----\nU1NIU0lI\n-----END SSH SIGNATURE-----\n",
  },
];

/** What applying it did: most done, some not. */
export function sampleReceipt(plan: Plan): Receipt {
  const statuses = [
    "done",
    "done",
    "done",
    "failed",
    "manual",
    "stale",
    "unknown",
    "skipped",
  ] as const;
  return {
    version: 1,
    run: "01HQX7M2",
    plan: plan.digest,
    account: plan.account,
    actor: "li@contoso.example",
    startedAt: "2026-11-22T09:00:00Z",
    endedAt: "2026-11-22T09:03:12Z",
    ledger: { id: "0d6f8a", head: "c0ffee00".repeat(8) },
    allowed: ["irreversible"],
    approvals,
    results: plan.changes.map(({ id, address, action }, index) => {
      const status = statuses[index % statuses.length] ?? "done";
      return {
        change: id,
        address,
        action,
        status,
        ...(status === "done"
          ? { id: "4d3c" }
          : { because: "The service refused it.", code: "backend/denied" }),
        ...(index === 1 && { credential: "lost" as const, hint: "reset it in the portal" }),
      };
    }),
    spent: { reads: 30, writes: 9 },
  };
}

/** A quarter of a ledger: so many runs of ten changes each. */
export function sampleHistory(runs: number): History {
  const plan = samplePlan(10);
  return {
    period: { from: "2026-10-01", to: "2026-12-31" },
    runs: Array.from({ length: runs }, (_, index) => {
      const at = `2026-11-${String(1 + (index % 28)).padStart(2, "0")}T09:00:00Z`;
      const changes = sampleReceipt(plan).results.map((one) => ({ ...one, at }));
      return {
        run: `01HQX7M2${index}`,
        plan: plan.digest,
        account: "contoso-cn",
        actor: index % 2 ? "li@contoso.example" : "pipeline",
        commit: plan.basis.commit ?? "",
        allowed: index % 3 ? [] : ["irreversible"],
        approvals,
        openedAt: at,
        closedAt: at.replace("09:00:00", "09:04:30"),
        planned: 10,
        changes: index % 5 === 4 ? [] : changes,
      };
    }),
    attestations: [
      {
        at: "2026-11-03T10:00:00Z",
        actor: "wang@contoso.example",
        plan: plan.digest,
        change: "CatalogCustomization#1",
        address: address("CatalogCustomization"),
        fields: ["/featuredOffers"],
        note: "checked twice",
      },
    ],
    maintenance: [
      {
        type: "repaired",
        at: "2026-11-04T10:00:00Z",
        actor: "li@contoso.example",
        aside: "ledger-aside-0c19a7d2e4b5",
        reason: "<b>why",
      },
      {
        type: "rekeyed",
        at: "2026-11-05T10:00:00Z",
        actor: "li@contoso.example",
        key: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
      },
      {
        ...{
          type: "unlocked",
          at: "2026-11-06T10:00:00Z",
          actor: "li@contoso.example",
          reason: "<i>off",
        },
        heldBy: { actor: "wang@contoso.example", host: "<b>runner-7" },
      },
    ],
    proof: {
      ledger: "0d6f8a",
      entries: 4211,
      head: "c0ffee00".repeat(8),
      consistent: true,
      problems: [],
      first: { seq: 12, at: "2026-10-02T07:00:00Z", hash: "ab".repeat(32) },
      last: { seq: 4211, at: "2026-12-30T07:00:00Z", hash: "c0ffee00".repeat(8) },
    },
  };
}
