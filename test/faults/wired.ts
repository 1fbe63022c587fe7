import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import {
  defaultApplication,
  type Dump,
  type Emulator,
  type EmulatorOptions,
  firstRefreshToken,
  startEmulator,
} from "../../src/emulator/emulator.ts";
import { sha256 } from "../../src/model/digest.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { type Application, apply } from "../../src/operations/apply.ts";
import { newIdentity } from "../../src/store/credentials.ts";
import { repostedWhileOpen } from "../crash/demands.ts";
import { credentials } from "../crash/scene.ts";
import { type Workshop, workshop } from "../operations/workshop.ts";

/** How long a write may take to show, in seconds: the emulator's lists stay within it, and the adapter is told so. */
const lag = 0.1;
const reader = await newIdentity();

/** An emulator, and what went over its wire. */
export async function wire(options: EmulatorOptions = {}): Promise<Emulator> {
  process.env.PARTNERCTL_ALLOWED_HOSTS = "127.0.0.1";
  process.env.PARTNER_CENTER_CLIENT_SECRET = defaultApplication.clientSecret;
  process.env.PARTNER_CENTER_REFRESH_TOKEN = firstRefreshToken;
  const traps = {
    throttle: { perMinute: 0, per: "tenant" },
    accepted: { every: 2, seconds: 0.02 },
    lag: { subscriptions: lag / 2, users: lag / 2 },
  } as const;
  return startEmulator({ seed: "wired", ...options, traps });
}

/** A project and its account, kept to be gone on from. */
export interface Kept {
  readonly folder: string;
  readonly account: Dump;
}

/** A copy of the example whose account is on the emulator; both as they were kept, where that is given. */
export async function wired({ url, control }: Emulator, from?: Kept): Promise<Workshop> {
  const shop = await workshop({ env: "emulator", reader });
  shop.edit(
    "partnerctl.yaml",
    ["emulator-credentials", "credentials"],
    ...Array.from({ length: 3 }, () => ["http://127.0.0.1:8021", url] as const),
    [
      "        refreshTokenFile:",
      `        requestsPerMinute: 1000000\n        timeoutSeconds: 0.25\n        retry: { seconds: 0.005 }\n        poll: { seconds: 0.01 }\n        capabilities: { User: { lag: ${lag} }, Subscription: { lag: ${lag} } }\n        refreshTokenFile:`,
    ],
  );
  control.clearFaults();
  control.clearRequests();
  if (!from) return shop;
  if (from.folder !== "") cpSync(from.folder, join(shop.folder, ".partnerctl"), { recursive: true });
  control.restore(from.account);
  return shop;
}

/** What there is now, to go on from. */
export function keep({ folder }: Workshop, { control }: Emulator): Kept {
  const kept = mkdtempSync(join(tmpdir(), "partnerctl-kept-"));
  cpSync(join(folder, ".partnerctl"), kept, { recursive: true });
  return { folder: kept, account: control.dump() };
}

/** What one more apply came to; demands that nothing went wrong with the project itself. */
export async function once(shop: Workshop, parallelism: number, disturbed: boolean): Promise<Application> {
  const applied = await shop.at(({ project, view, writers }) =>
    apply(project, view, writers, { actor: "li.wei", allow: ["irreversible"], interactive: false, confirm: async () => true, parallelism }),
  );
  const errors = errorsOf([...(applied.plan?.problems ?? []), ...applied.diagnostics]);
  if (!disturbed)
    expect({ status: applied.status, errors }).toEqual({ status: expect.stringMatching(/applied|stale|nothing/), errors: [] });
  return applied;
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code}: ${message}`);
}

/** What a calming is about, and what is done before each time. */
export interface Calming {
  readonly what?: string;
  before?(): Promise<void>;
}

/** Applies undisturbed until there is nothing left but what is done by hand, and says what each time came to. */
export async function calm(shop: Workshop, { control }: Emulator, { what = "", before }: Calming = {}): Promise<readonly Application[]> {
  control.clearFaults();
  const rounds: Application[] = [];
  for (;;) {
    await delay(lag * 1000 + 20);
    await before?.();
    const applied = await once(shop, 16, rounds.length === 0);
    rounds.push(applied);
    const left = (applied.plan?.changes ?? []).filter(({ by }) => by === "adapter");
    // Even a warning: it may say that something cannot be told yet.
    const problems = [...(applied.plan?.problems ?? []), ...applied.diagnostics].map(({ code, message }) => `${code}: ${message}`);
    if (applied.plan && left.length === 0 && problems.length === 0) return rounds;
    expect(rounds.length, `${what}: left to do: ${left.map(({ id }) => id)}; ${problems}`).toBeLessThan(5);
  }
}

/** Demands what holds after every disturbance: the account that was declared, nothing twice, no credential gone unnoticed, a ledger that verifies. */
export async function demand(
  shop: Workshop,
  { control }: Emulator,
  { composed, what }: { readonly composed: readonly string[]; readonly what: string },
): Promise<void> {
  const entries = await shop.entries();
  const dump = control.dump();
  expect(composition(dump), `${what}: the account`).toEqual(composed);
  expect(await shop.consistent(), `${what}: the ledger`).toBe(true);
  expect(repostedWhileOpen(entries), `${what}: sent again while open`).toEqual([]);
  const last = new Map((await credentials(shop, shop.kept.sink)).map((one) => [one.userName.toLowerCase(), one.secret]));
  const lost = new Set(entries.flatMap((entry) => (entry.type === "outcome" && entry.credential === "lost" ? [entry.id] : [])));
  for (const { userPrincipalName, passwordHash, deletedAt } of records(dump, "users"))
    if (passwordHash !== undefined && deletedAt === undefined)
      expect(sha256(last.get(userPrincipalName.toLowerCase()) ?? ""), `${what}: the password of ${userPrincipalName}`).toBe(passwordHash);
  for (const { id, domain } of records(dump, "customers"))
    expect(last.has(`admin@${domain}`) || lost.has(id), `${what}: the credential of ${domain}`).toBe(true);
}

interface Records {
  readonly users: {
    readonly id: string;
    readonly userPrincipalName: string;
    readonly passwordHash?: string;
    readonly deletedAt?: string;
    readonly properties: object;
  };
  readonly customers: {
    readonly id: string;
    readonly domain: string;
    readonly billing: object;
    readonly orders: Readonly<Record<string, { readonly id: string; readonly lineItems: readonly Line[] }>>;
    readonly subscriptions: Readonly<
      Record<
        string,
        Line & {
          readonly id: string;
          readonly status: string;
          readonly billingCycle: string;
          readonly accepted?: { readonly change: object };
        }
      >
    >;
  };
  readonly groups: { readonly displayName: string; readonly members: readonly string[] };
  readonly roles: { readonly displayName: string; readonly members: readonly string[] };
  readonly profiles: { readonly fields: object };
}

interface Line {
  readonly offerId: string;
  readonly quantity: number;
  readonly friendlyName?: string;
}

function records<K extends keyof Records>({ account }: Dump, collection: K): readonly Records[K][] {
  return Object.values(account[collection] ?? {}) as readonly Records[K][];
}

/** What an account is made of, whatever the ids, versions and times. */
export function composition(dump: Dump): readonly string[] {
  const users = new Map(
    records(dump, "users")
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map((one) => [one.id, one]),
  );
  const names = (ids: readonly string[]) =>
    ids
      .map((id) => users.get(id)?.userPrincipalName)
      .sort()
      .join();
  return [
    ...records(dump, "profiles").map(({ fields }) => `profile ${JSON.stringify(fields)}`),
    ...[...users.values()].map(
      ({ userPrincipalName, properties }) => `user ${userPrincipalName} ${JSON.stringify(Object.entries(properties).sort())}`,
    ),
    ...[...records(dump, "groups"), ...records(dump, "roles")].map(
      ({ displayName, members }) => `members ${displayName} ${names(members)}`,
    ),
    ...records(dump, "customers").flatMap(({ domain, billing, orders, subscriptions }) => [
      `customer ${domain} ${JSON.stringify({ ...billing, id: "", version: 0 })}`,
      ...Object.values(orders).flatMap(({ lineItems }) =>
        lineItems.map(({ offerId, quantity }) => `ordered ${domain} ${offerId} ${quantity}`),
      ),
      // What was accepted (202) is done whenever it is looked at again.
      ...Object.values(subscriptions)
        .map((one) => ({ ...one, ...one.accepted?.change }))
        .map(
          ({ offerId, quantity, friendlyName, status, billingCycle }) =>
            `subscription ${domain} ${offerId} ${quantity} ${friendlyName} ${status} ${billingCycle}`,
        ),
    ]),
  ].sort();
}
