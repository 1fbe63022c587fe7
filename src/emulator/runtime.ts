import { bill, isBillingDue } from "./account/billing/billing.ts";
import { drawBilling } from "./account/billing/billing-ways.ts";
import { recordUsage } from "./account/billing/usage.ts";
import { auditDirectory } from "./account/directory-audit.ts";
import { seedAccount } from "./account/seed.ts";
import type { Collections, EmulatedAccount } from "./account/state.ts";
import { collections, emptyAccount } from "./account/state.ts";
import {
  type Asker,
  begin,
  commit,
  type Premises,
  type Transaction,
  type Write,
} from "./account/transaction.ts";
import { clockOf } from "./clock.ts";
import { type FaultQueue, faults } from "./faults.ts";
import { type TokenIssuer, tokens } from "./http/sign-in/tokens.ts";
import { noJournal, openJournal, type WriteLog } from "./journal.ts";
import { defaultQuirks, noQuirks, type Quirks, type QuirkSettings, setQuirks } from "./quirks.ts";
import { type RequestLog, requestLog } from "./request-log.ts";
import { type Throttle, throttle } from "./throttle.ts";

/** The application that can sign in. */
export interface RegisteredApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM (X.509). The application can sign in with this certificate's key instead of the secret. */
  readonly certificate?: string;
}

/** Options of the emulated account and service. */
export interface EmulationOptions {
  /** Path of the file that keeps the account. In memory if omitted. */
  readonly data?: string;
  /** The same seed and the same requests give the same ids, passwords and random faults. */
  readonly seed?: string;
  /** Emulate the integration sandbox: its limits apply and customers can be deleted. */
  readonly sandbox?: boolean;
  /** The time at which the emulator's clock starts (ISO 8601). Now if omitted. */
  readonly startsAt?: string;
  /** Quirks that differ from the defaults. "none" stands for `noQuirks`. */
  readonly quirks?: QuirkSettings | "none";
  readonly application?: Partial<RegisteredApp>;
  /** Milliseconds by which each response is delayed. */
  readonly latency?: number;
}

/** An account that can be saved and restored: the time of its clock, and each collection by id. */
export interface Dump {
  readonly version: 1;
  readonly now: string;
  readonly account: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The emulated service without its HTTP routes: the account, the clock, faults and quirks. */
export interface Emulation {
  readonly premises: Premises;
  readonly application: RegisteredApp;
  /** PEM. The application can sign in with the key of any of these. */
  readonly certificates: Set<string>;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
  readonly throttle: Throttle;
  readonly tokens: TokenIssuer;
  /** Called with the writes of each transaction after they are saved. */
  readonly watchers: Set<(writes: readonly Write[]) => void>;
  quirks: Quirks;
  latency: number;
  now(): number;
  advance(milliseconds: number): void;
  read<T>(asker: Asker, rule: (transaction: Transaction) => T): T;
  /** Runs a rule and saves its writes. If the rule throws, nothing is saved. */
  write<T>(asker: Asker, rule: (transaction: Transaction) => T): T;
  dump(): Dump;
  restore(dump: Dump): void;
  close(): void;
}

/** The application that can sign in if the options name none. */
export const defaultApplication: RegisteredApp = {
  clientId: "6baccf25-558c-5fab-8c6e-3ce03d3ba3c7",
  clientSecret: "emulator-secret",
};

/**
 * Sets up the account: read from the data file if it has one, otherwise a new one. Throws Unusable
 * if the data file is not valid.
 */
export function emulation(options: EmulationOptions): Emulation {
  const premises = { seed: options.seed ?? "partnerctl", sandbox: options.sandbox ?? false };
  const { journal, account } = opened(options, premises);
  const clock = clockOf(account, options.startsAt);
  const watchers: Emulation["watchers"] = new Set();
  let quirks =
    options.quirks === "none"
      ? noQuirks
      : setQuirks({ ...defaultQuirks, billing: drawBilling(premises.seed) }, options.quirks ?? {});
  const transact = <T>(asker: Asker, rule: (transaction: Transaction) => T, keep: boolean): T => {
    if (isBillingDue(account, clock.now())) run({}, (one) => bill(one, quirks.billing), true);
    return run(asker, rule, keep);
  };
  const run = <T>(asker: Asker, rule: (transaction: Transaction) => T, keep: boolean): T => {
    const transaction = begin(account, premises, {
      now: clock.now(),
      asker,
      provisioning: quirks.provisioning * 1000,
    });
    const result = rule(transaction);
    if (keep) {
      recordUsage(transaction, account);
      auditDirectory(account, transaction);
      journal.append(transaction.writes);
      commit(account, transaction.writes);
      for (const watcher of watchers) watcher(transaction.writes);
    }
    return result;
  };
  return {
    premises,
    watchers,
    faults: faults(premises.seed),
    log: requestLog(),
    throttle: throttle(),
    tokens: tokens(premises.seed),
    application: { ...defaultApplication, ...options.application },
    certificates: new Set(
      options.application?.certificate === undefined ? [] : [options.application.certificate],
    ),
    get quirks() {
      return quirks;
    },
    set quirks(settings) {
      quirks = settings;
    },
    latency: options.latency ?? 0,
    now: clock.now,
    advance: (milliseconds) => {
      clock.move(milliseconds);
      transact(
        {},
        (transaction) => transaction.put("counters", "clock", { value: clock.offset() }),
        true,
      );
    },
    read: (asker, rule) => transact(asker, rule, false),
    write: (asker, rule) => transact(asker, rule, true),
    dump: () => ({
      version: 1,
      now: new Date(clock.now()).toISOString(),
      account: Object.fromEntries(
        collections.map((name) => [name, Object.fromEntries<unknown>(account[name])]),
      ),
    }),
    restore: (dump) => {
      load(account, dump);
      clock.set(dump.now);
      account.counters.set("clock", { value: clock.offset() });
      journal.rewrite(account);
    },
    close: () => journal.close(),
  };
}

function opened(
  { data, startsAt }: EmulationOptions,
  premises: Premises,
): { readonly journal: WriteLog; readonly account: EmulatedAccount } {
  const { journal, account } =
    data === undefined ? { journal: noJournal, account: undefined } : openJournal(data);
  if (account !== undefined) return { journal, account };
  const founded = seedAccount(premises, startsAt === undefined ? Date.now() : Date.parse(startsAt));
  journal.rewrite(founded);
  return { journal, account: founded };
}

function load(account: EmulatedAccount, dump: Dump): void {
  const { version, now, account: dumped } = dump;
  if (version !== 1 || Number.isNaN(Date.parse(now)) || typeof dumped !== "object")
    throw new Error("not a dump of this emulator's account");
  const fresh = emptyAccount();
  commit(
    fresh,
    collections.flatMap((name) =>
      Object.entries(dumped[name] ?? {}).map(([id, value]) => ({ in: name, id, value })),
    ),
  );
  for (const name of collections) fill(account[name], fresh[name]);
}

function fill(
  target: Map<string, Collections[keyof Collections]>,
  source: ReadonlyMap<string, Collections[keyof Collections]>,
): void {
  target.clear();
  for (const [id, value] of source) target.set(id, value);
}
