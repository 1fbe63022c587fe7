import { accountCodes } from "./codes/account.ts";
import { approvalCodes } from "./codes/approvals.ts";
import type { CodeText } from "./codes/code-text.ts";
import { documentCodes } from "./codes/documents.ts";
import { ledgerCodes } from "./codes/ledgers.ts";
import { objectCodes } from "./codes/objects.ts";
import { planCodes } from "./codes/plans.ts";
import { receiptCodes } from "./codes/receipts.ts";
import { renewalCodes } from "./codes/renewals.ts";
import { settingsCodes } from "./codes/settings.ts";
import { syntaxCodes } from "./codes/syntax.ts";
import { usageCodes } from "./codes/usage.ts";
import { say } from "./text/phrase.ts";

// Code that reports a diagnostic imports only the types, so the texts load only where they are
// shown.
const registry = {
  ...accountCodes,
  ...approvalCodes,
  ...documentCodes,
  ...ledgerCodes,
  ...objectCodes,
  ...planCodes,
  ...receiptCodes,
  ...renewalCodes,
  ...settingsCodes,
  ...syntaxCodes,
  ...usageCodes,
};

/** A code in the registry. */
export type RegisteredCode = keyof typeof registry;

/**
 * The code of a diagnostic: a registered code, or `policy/` and the name of a policy of the
 * project.
 */
export type Code = RegisteredCode | `policy/${string}`;

/** The part after `Word/` in every registered code that starts with it. */
export type CodeWithin<Word extends string> = PartAfter<RegisteredCode, Word>;

/** The name of a guard, as given to `--allow`. */
export type GuardName = CodeWithin<"guard">;

type PartAfter<One, Word extends string> = One extends `${Word}/${infer Name}` ? Name : never;

type WordOf<One> = One extends `${infer Word}/${string}` ? Word : never;

/** The documentation page, below `docs`, for the codes that start with each word. */
const pages: Readonly<Record<WordOf<RegisteredCode>, string>> = {
  adapter: "reference/settings.md#fields",
  address: "reference/customer.md#the-spec",
  allow: "reference/commands.md#apply",
  approval: "pipelines.md#approvals",
  attest: "reference/commands.md#ledger-attest",
  backend: "reference/commands.md#check",
  base: "pipelines.md#how-a-plan-travels",
  catalog: "reference/catalog-customization.md#the-spec",
  comment: "reference/commands.md#ci-comment",
  credential: "reference/commands.md#credentials",
  credentials: "reference/commands.md#credentials",
  customer: "reference/customer.md#the-spec",
  emulator: "reference/commands.md#emulator",
  explain: "reference/commands.md#explain",
  export: "reference/commands.md#export",
  file: "reference/commands.md#validate",
  format: "editors.md#formatting",
  git: "reference/commands.md#diff",
  guard: "reference/settings.md#fields",
  history: "reference/commands.md#history",
  identity: "glossary.md",
  init: "reference/commands.md#init",
  invoice: "reference/commands.md#invoices",
  ledger: "auditors.md",
  login: "sign-in.md#a-users-refresh-token",
  order: "orders.md",
  overlay: "glossary.md",
  plan: "reference/plan.md",
  policy: "policies.md",
  price: "orders.md",
  "price-list": "reference/settings.md#fields",
  problems: "reference/commands.md#validate",
  profile: "reference/partner-profile.md#the-spec",
  project: "reference/commands.md#init",
  pull: "editors.md#what-the-account-has",
  receipt: "reference/receipt.md",
  reference: "reference/README.md",
  renewal: "renewals.md",
  scaffold: "reference/commands.md#scaffold",
  schema: "reference/README.md",
  scope: "reference/commands.md#plan",
  seal: "pipelines.md#sealed-plans",
  secret: "sign-in.md#where-secrets-come-from",
  settings: "reference/settings.md",
  settle: "reference/commands.md#ledger-settle",
  settled: "reference/commands.md#ledger-settle",
  skipped: "reference/receipt.md",
  snapshot: "reference/commands.md#refresh",
  stale: "reference/receipt.md",
  subscription: "reference/subscription.md#the-spec",
  syntax: "reference/README.md",
  usage: "reference/commands.md",
  user: "reference/user.md#the-spec",
};

/** A code with its explanation and documentation page. */
export interface CodeEntry extends CodeText {
  readonly code: Code;
  /** Path of the documentation page, below `docs`. */
  readonly page: string;
}

/** Returns the public URL of a documentation page. */
export function documentationUrl(page: string): string {
  return `https://partnerctl.dev/docs/${page}`;
}

/** Returns every code of the registry, sorted. */
export function registeredCodes(): readonly RegisteredCode[] {
  return Object.keys(registry).filter(isRegistered).sort();
}

/** Returns the explanation of a code; undefined if no diagnostic has this code. */
export function describeCode(code: string): CodeEntry | undefined {
  if (isRegistered(code)) return { code, ...registry[code], page: pageOf(code) };
  if (!isOfPolicy(code)) return undefined;
  return { code, means: say`A policy of this project found something.`, page: pages.policy };
}

function isRegistered(code: string): code is RegisteredCode {
  return Object.hasOwn(registry, code);
}

function isOfPolicy(code: string): code is `policy/${string}` {
  return /^policy\/./.test(code);
}

function pageOf(code: RegisteredCode): string {
  const [word = ""] = code.split("/");
  return Object.entries(pages).find(([one]) => one === word)?.[1] ?? "";
}
