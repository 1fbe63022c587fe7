import fc from "fast-check";
import { type Address, address } from "../../src/model/address.ts";
import type { Json, Spec } from "../../src/model/values/json.ts";
import type {
  Action,
  Cause,
  Change,
  ChangeId,
  FieldChange,
  Plan,
  Reason,
} from "../../src/model/plan/plan.ts";
import { madeUpGuard } from "../made-up-code.ts";

// Pieces that break out of terminals, tables, code, HTML and links where something is not watched.
const nasty = [
  "\u001b[31m",
  "\u001b]0;t\u0007",
  "\u009b2J",
  "\r\n",
  "\n",
  "\t",
  "\u202e",
  "\u2066",
  "\u2028",
  "\ufeff",
  "\ud800",
  "|",
  "`",
  "```",
  "~~~",
  "\\",
  "\\|",
  "<img src=x>",
  "</code>",
  "</details>",
  "<!--",
  "-->",
  "&#96;",
  "@everyone",
  "[x](//e)",
  "![i](http://e/i)",
  "https://e.example",
  "www.e.example",
  "#1",
  "*b*",
  "_i_",
  "$x$",
  "- ",
  "# ",
  "> ",
  "法布里坎",
  "👩‍👩‍👧",
  " → ",
  ", ",
  "",
];

/** Text as it may come from a manifest or a backend: ordinary, arbitrary, or meant to do harm. */
export const words: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 6 })), { maxLength: 12 })
    .map((parts) => parts.join("")),
);

const addresses: fc.Arbitrary<Address> = fc
  .tuple(fc.constantFrom("Customer", "User", "Subscription/fabrikam"), words)
  .map(([kind, name]) => address(kind, name));
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    words,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(words, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const spec: fc.Arbitrary<Spec> = fc.dictionary(words, json, { maxKeys: 3 });
const cause = fc.constantFrom<Cause>("manifest", "drift", "both", "new");
const pointer = fc
  .array(words, { maxLength: 3 })
  .map((parts) =>
    parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  );
const hundredths = fc.bigInt({ min: -99999999n, max: 99999999n }).map(
  (value) =>
    `${value < 0n ? "-" : ""}${String(value < 0n ? -value : value)
      .padStart(3, "0")
      .replace(/(..)$/, ".$1")}`,
);
const money = fc.record({ perMonth: hundredths, committed: hundredths, currency: words });
const field: fc.Arbitrary<FieldChange> = fc.record(
  { pointer, after: json, before: json, cause, personal: fc.constant(true as const) },
  { requiredKeys: ["pointer", "after", "cause"] },
);
const impact = fc.record(
  {
    reversible: fc.constantFrom("yes", "until", "no"),
    until: fc.oneof(words, fc.constantFrom("2026-03-01")),
    destructive: fc.constant(true as const),
    money,
    seats: fc.integer(),
    item: fc.record({ quantity: fc.integer(), offer: words }),
    access: fc.record({ gains: fc.array(words), loses: fc.array(words) }),
  },
  { requiredKeys: ["reversible"] },
);

const change: fc.Arbitrary<Change> = fc
  .record({
    action: fc.constantFrom<Action>(
      "create",
      "update",
      "upgrade",
      "remove",
      "forget",
      "rename",
      "protect",
      "unprotect",
    ),
    address: addresses,
    by: fc.constantFrom("adapter", "manual"),
    reason: fc.constantFrom<Reason>(
      "declared",
      "differs",
      "upgraded",
      "tombstone",
      "exclusive",
      "renamed",
      "protection",
    ),
    cause,
    fields: fc.array(field, { maxLength: 4 }),
    impact,
    note: fc.option(words, { nil: undefined }),
    steps: fc.option(fc.array(words, { maxLength: 3 }), { nil: undefined }),
    key: words,
    desired: spec,
    protect: fc.option(fc.constant(true as const), { nil: undefined }),
  })
  .map(({ action, address, key, desired, note, steps, protect, ...rest }): Change => {
    const id: ChangeId = `${address}#1`;
    const given = {
      ...(note !== undefined && { note }),
      ...(steps !== undefined && { steps }),
      ...(protect && { protect }),
    };
    const base = {
      ...rest,
      ...given,
      id,
      address,
      kind: address.split("/")[0] ?? "",
      basedOn: [],
      requires: [id],
    };
    const observed = { id: key, key, spec: desired };
    if (action === "create") return { ...base, action, key, desired };
    if (action === "update") return { ...base, action, desired, observed, patch: [] };
    if (action === "rename") return { ...base, action, observed, from: key as typeof address };
    return action === "upgrade"
      ? { ...base, action, desired, observed }
      : { ...base, action, observed };
  });

/** Something the user should know, with or without a place. */
export const diagnostic = fc.record(
  {
    severity: fc.constantFrom("error", "warning", "note"),
    code: words.map((word) => `policy/${word}` as const),
    message: words,
    hint: words,
    address: addresses,
    at: fc.record({
      file: words,
      line: fc.integer({ min: 1, max: 5 }),
      column: fc.integer({ min: 1, max: 60 }),
      endLine: fc.integer({ min: 5, max: 9 }),
      endColumn: fc.integer({ min: 1, max: 60 }),
      excerpt: words,
    }),
  },
  { requiredKeys: ["severity", "code", "message"] },
);

const nat = fc.nat({ max: 1_000_000 });
const totals = fc.record(
  {
    create: nat,
    update: nat,
    upgrade: nat,
    remove: nat,
    forget: nat,
    rename: nat,
    protect: nat,
    unprotect: nat,
    manual: nat,
    seats: fc.integer(),
    money,
  },
  {
    requiredKeys: [
      "create",
      "update",
      "upgrade",
      "remove",
      "forget",
      "rename",
      "protect",
      "unprotect",
      "manual",
      "seats",
    ],
  },
);

/** Any plan whose shape is right, whatever its texts hold. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    account: fc.record({ id: words, adapter: words }),
    asOf: words,
    scope: fc.option(fc.array(addresses), { nil: undefined }),
    commit: words,
    environment: words,
    head: words,
    changes: fc.array(change, { maxLength: 70 }),
    unchanged: nat,
    unmanaged: fc.option(
      fc.array(fc.record({ kind: words, id: words, key: words, parent: words })),
    ),
    coverage: fc.option(fc.record({ managed: nat, unmanaged: nat, toCreate: nat })),
    problems: fc.array(diagnostic, { maxLength: 5 }),
    tripped: fc.array(
      fc.record({
        name: words.map(madeUpGuard),
        message: words,
        amount: nat.map(String),
        changes: fc.array(addresses.map((one): ChangeId => `${one}#1`)),
      }),
      {
        maxLength: 4,
      },
    ),
    totals,
    forecast: fc.record({ reads: nat, writes: nat }),
    names: fc.dictionary(words, words),
    refers: fc.dictionary(words, words),
  })
  .map(
    ({ scope, commit, environment, head, ...rest }): Plan => ({
      version: 1,
      ...rest,
      ...(scope && { scope }),
      digest: "sha256:9f86d081",
      basis: {
        ledger: { id: "l", head },
        manifests: "sha256:1",
        settings: "sha256:2",
        commit,
        environment,
      },
    }),
  );

/** A plan of very many changes alike, with a few that are not. */
export function hugePlan(size: number): Plan {
  const alike = Array.from({ length: size - 2 }, (_, index) =>
    quantityOf(index, {
      reversible: "yes",
      money: { perMonth: "90.00", committed: "0.00", currency: "CNY" },
      seats: 1,
    }),
  );
  const grave = [
    quantityOf(size - 2, { reversible: "no" }),
    quantityOf(size - 1, { reversible: "until", until: "2027-01-21", destructive: true }),
  ];
  return {
    version: 1,
    account: { id: "contoso", adapter: "local" },
    asOf: "2026-03-01",
    digest: "sha256:9f86d081",
    names: {},
    refers: {},
    changes: [...alike, ...grave],
    unchanged: 0,
    unmanaged: [],
    basis: { ledger: { id: "l", head: "b5bb9d80" }, manifests: "sha256:1", settings: "sha256:2" },
    coverage: { managed: size, unmanaged: 0, toCreate: 0 },
    problems: [],
    tripped: [],
    totals: {
      create: 0,
      update: size,
      upgrade: 0,
      remove: 0,
      forget: 0,
      rename: 0,
      protect: 0,
      unprotect: 0,
      manual: 0,
      seats: size,
    },
    forecast: { reads: size, writes: size },
  };
}

function quantityOf(index: number, impact: Change["impact"]): Change {
  const at = address("Subscription", `plan-${index % 10}`, `customer-${Math.floor(index / 10)}`);
  return {
    id: `${at}#1`,
    address: at,
    kind: "Subscription",
    by: "adapter",
    reason: "differs",
    cause: "manifest",
    basedOn: ["/quantity"],
    requires: [],
    impact,
    fields: [{ pointer: "/quantity", before: index, after: index + 1, cause: "manifest" }],
    action: "update",
    desired: {},
    observed: { id: "i", key: "k", spec: {} },
    patch: [],
  };
}
