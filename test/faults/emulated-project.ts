import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import {
  type Dump,
  defaultApplication,
  type Emulator,
  type EmulatorOptions,
  firstRefreshToken,
  startEmulator,
} from "../../src/emulator/emulator.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { sha256 } from "../../src/model/values/digest.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import { newIdentity } from "../../src/store/credentials/credentials.ts";
import { repostedWhileOpen } from "../crash/demands.ts";
import { credentials } from "../crash/scene.ts";
import {
  type OpenedProject,
  type ProjectHarness,
  setUpProject,
} from "../operations/project-harness.ts";
import { lookAfter } from "./look-after.ts";
import { composition, recordsOf } from "./records.ts";

/**
 * How long a write may take to show, in seconds, where nobody moves the clock: the emulator's lists
 * stay within it, and the adapter is told so.
 */
const shortly = 0.1;
const reader = await newIdentity();

/** An emulator, and what went over its wire. */
export async function setUpEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  process.env.PARTNERCTL_ALLOWED_HOSTS = "127.0.0.1";
  // Spares asking git for it each time.
  process.env.GIT_COMMIT = "0".repeat(40);
  process.env.PARTNER_CENTER_CLIENT_SECRET = defaultApplication.clientSecret;
  process.env.PARTNER_CENTER_REFRESH_TOKEN = firstRefreshToken;
  const quirks = {
    throttle: { perMinute: 0, per: "tenant" },
    accepted: { every: 2, seconds: 0.02 },
    lag: { subscriptions: shortly / 2, users: shortly / 2 },
  } as const;
  return startEmulator({ seed: "wired", ...options, quirks });
}

/** A project and its account, kept to be gone on from. */
export interface Kept {
  readonly folder: string;
  readonly account: Dump;
}

/** How subscriptions are ordered. */
export type Ordering = "cart" | "direct";

/** What a project begins with, how long what is written takes to show, and how it orders. */
export interface EmulatedProject {
  readonly from?: Kept | undefined;
  /** In seconds. */
  readonly lag?: number;
  readonly orders?: Ordering;
}

/**
 * A copy of the example whose account is on the emulator; both as they were kept, where that is
 * given.
 */
export async function setUpEmulatedProject(
  { url, control }: Emulator,
  { from, lag = shortly, orders = "direct" }: EmulatedProject = {},
): Promise<ProjectHarness> {
  const shop = await setUpProject({ env: "emulator", reader });
  shop.edit(
    "partnerctl.yaml",
    ["emulator-credentials", "credentials"],
    ...Array.from({ length: 3 }, () => ["http://127.0.0.1:8021", url] as const),
    [
      "        refreshTokenFile:",
      `        requestsPerMinute: 1000000\n        timeoutSeconds: 1.5\n        orders: ${orders}\n        retry: { seconds: 0.005 }\n        poll: { seconds: 0.01 }\n        capabilities: { User: { lag: ${lag} }, Subscription: { lag: ${lag} } }\n        refreshTokenFile:`,
    ],
  );
  control.clearFaults();
  control.clearRequests();
  if (!from) return shop;
  if (from.folder !== "")
    cpSync(from.folder, join(shop.folder, ".partnerctl"), { recursive: true });
  control.restore(from.account);
  return shop;
}

/** What there is now, to go on from. */
export function keep({ folder }: ProjectHarness, { control }: Emulator): Kept {
  const kept = mkdtempSync(join(tmpdir(), "partnerctl-kept-"));
  cpSync(join(folder, ".partnerctl"), kept, { recursive: true });
  return { folder: kept, account: control.dump() };
}

/** How an apply is made. */
export interface Round {
  readonly parallelism: number;
  /** Whether something may go wrong. */
  readonly disturbed: boolean;
  /** What happens between planning and doing. */
  meanwhile?(plan: Plan): void;
}

const allow = [
  "irreversible",
  "removals",
  "service",
  "rights",
  "money-taken",
  "seats-taken",
  "money",
  "seats",
];

/**
 * What one more apply came to, by a desk as it is or as somebody changed it; demands that nothing
 * went wrong with the project itself.
 */
export async function once(
  shop: ProjectHarness,
  { parallelism, disturbed, meanwhile }: Round,
  at: (desk: OpenedProject) => OpenedProject = (desk) => desk,
): Promise<ApplyResult> {
  const applied = await shop.at((desk) => {
    const { project, view, writers } = at(desk);
    const confirm = async (plan: Plan) => {
      meanwhile?.(plan);
      return true;
    };
    return apply(project, view, writers, {
      actor: "li.wei",
      allow,
      reason: "a test",
      interactive: false,
      confirm,
      parallelism,
    });
  });
  const errors = errorsOf([...(applied.plan?.problems ?? []), ...applied.diagnostics]);
  if (!disturbed) {
    expect(errors, errors.join("\n")).toEqual([]);
    // What a killed process left open is counted from a first reading on, and known by a later one.
    expect(applied.status).toMatch(/applied|stale|nothing|unsettled/);
  }
  return applied;
}

/** The errors among diagnostics, in short. */
export function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(said);
}

/** A diagnostic in short. */
export function said({ code, message }: Diagnostic): string {
  return `${code}: ${message}`;
}

/** What a calming is about, and what is done before each time. */
export interface Calming {
  readonly what?: string;
  /** What the compiler remarks of the manifests each time. */
  readonly remarks?: ReadonlySet<string>;
  before?(): Promise<void>;
  /**
   * Lets so much time pass that all that was written shows, by the clock of the service, which
   * tells whole seconds.
   */
  pass?(): void;
  /** The desk they are made at. */
  at?(desk: OpenedProject): OpenedProject;
}

/** Remarks on the settings, which are the same each time. */
const ofSettings: readonly string[] = ["ledger/no-public-key"];

/**
 * Applies undisturbed until there is nothing left but what is done manually, and says what each
 * time came to.
 */
export async function calm(
  shop: ProjectHarness,
  { control }: Emulator,
  { what = "", remarks = new Set(), before, pass, at }: Calming = {},
): Promise<readonly ApplyResult[]> {
  control.clearFaults();
  const rounds: ApplyResult[] = [];
  for (;;) {
    if (pass) pass();
    else control.advance(shortly + 1);
    await before?.();
    const applied = await once(shop, { parallelism: 16, disturbed: rounds.length === 0 }, at);
    rounds.push(applied);
    // All that may be open was sent before time passed, so that what does not show now was not
    // done.
    await shop.at((desk) => lookAfter(at ? at(desk) : desk, applied));
    const left = (applied.plan?.changes ?? []).filter(({ by }) => by === "adapter");
    // Even a warning: it may say that something cannot be told yet.
    const told = [...(applied.plan?.problems ?? []), ...applied.diagnostics].filter(
      ({ code }) => !ofSettings.includes(code),
    );
    const problems = told.map(said).filter((one) => !remarks.has(one));
    if (applied.plan && left.length === 0 && problems.length === 0) return rounds;
    expect(
      rounds.length,
      `${what}: left to do: ${left.map(({ id }) => id)}; ${problems}`,
    ).toBeLessThan(5);
  }
}

/** What an account is to be made of, and the domains of customers that somebody else made. */
export interface Demand {
  readonly composed: readonly string[];
  readonly what: string;
  readonly others?: ReadonlySet<string>;
}

/**
 * Demands what holds after every disturbance: the account that was declared, nothing twice, no
 * credential gone unnoticed, a ledger that verifies.
 */
export async function demand(
  shop: ProjectHarness,
  { control }: Emulator,
  { composed, what, others = new Set() }: Demand,
): Promise<void> {
  const entries = await shop.entries();
  const dump = control.dump();
  expect(
    composition(recordsOf(dump)),
    `${what}: the account${differences(composition(recordsOf(dump)), composed)}`,
  ).toEqual(composed);
  expect(await shop.consistent(), `${what}: the ledger`).toBe(true);
  expect(repostedWhileOpen(entries), `${what}: sent again while open`).toEqual([]);
  const last = new Map(
    (await credentials(shop, shop.kept.sink)).map((one) => [
      one.userName.toLowerCase(),
      one.secret,
    ]),
  );
  const lost = new Set(
    entries.flatMap((entry) =>
      entry.type === "outcome" && entry.credential === "lost" ? [entry.id] : [],
    ),
  );
  const { users, customers } = recordsOf(dump);
  for (const { userPrincipalName, passwordHash, deletedAt } of Object.values(users))
    if (passwordHash !== undefined && deletedAt === undefined)
      // Who signs in under another name by now still has the password of the first.
      expect(
        [last.get(userPrincipalName.toLowerCase()) ?? [...last.values()]].flat().map(sha256),
        `${what}: the password of ${userPrincipalName}`,
      ).toContain(passwordHash);
  for (const { id, domain } of Object.values(customers).filter((one) => !others.has(one.domain)))
    expect(
      last.has(`admin@${domain}`) || lost.has(id),
      `${what}: the credential of ${domain}`,
    ).toBe(true);
}

/** What only one of two lists has, a line each. */
function differences(is: readonly string[], composed: readonly string[]): string {
  const [found, wanted] = [new Set(is), new Set(composed)];
  const unexpected = is.filter((line) => !wanted.has(line)).map((line) => `\n  it is     ${line}`);
  return [
    ...unexpected,
    ...composed.filter((line) => !found.has(line)).map((line) => `\n  should be ${line}`),
  ].join("");
}
