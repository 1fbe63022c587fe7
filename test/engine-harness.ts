import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { local } from "../src/adapters/local/local.ts";
import { type MemoryLedger, memoryLedger } from "../src/conformance/memory-ledger.ts";
import { catalogue } from "../src/kinds/prices/catalogue.ts";
import { kinds } from "../src/kinds/index.ts";
import type { PriceList } from "../src/kinds/prices/price-list.ts";
import { systemClock } from "../src/adapters/system-clock.ts";
import type { Adapter } from "../src/model/adapter.ts";
import type { Checked } from "../src/model/diagnostic.ts";
import { digest } from "../src/model/values/digest.ts";
import type { WrittenSettings } from "../src/model/generated/written-settings.ts";
import type { Spec } from "../src/model/values/json.ts";
import type { Observed } from "../src/model/observed.ts";
import type { Plan } from "../src/model/plan/plan.ts";
import type { Source } from "../src/model/source.ts";
import { type ApplyResult, apply, type ApplyOptions } from "../src/operations/apply/apply.ts";
import { exportAccount } from "../src/operations/export/export.ts";
import { collect } from "../src/operations/plan/observe.ts";
import { type PlanOptions, planChanges } from "../src/operations/plan/plan.ts";
import type { Project, View, Writers } from "../src/operations/project/project.ts";
import { settingsWith } from "./settings.ts";
import { firstSeenBy } from "./simulated-clock.ts";

/**
 * The real engine in this process: a project of sources that may change, an account, and a ledger
 * in memory.
 */
export interface EngineHarness {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
  readonly ledger: MemoryLedger;
  readonly adapter: Adapter;
  /** The manifests from now on. */
  declare(sources: readonly Source[]): void;
  plan(options?: PlanOptions): Promise<Plan>;
  /** Applies with every guard lifted. */
  apply(options?: Partial<ApplyOptions>): Promise<ApplyResult>;
  export(): Promise<ReadonlyMap<string, string>>;
  /** Everything of the declared kinds that the account holds. */
  read(): Promise<readonly Observed[]>;
}

/** Options of the engine; all have a default. */
export interface EngineOptions {
  readonly settings?: Partial<WrittenSettings>;
  readonly prices?: PriceList;
  readonly now?: () => string;
}

/** A new account of the local adapter, and the folder it is kept in. */
export interface Account {
  readonly root: string;
  readonly adapter: Adapter;
  /** Removes it. */
  close(): Promise<void>;
}

/** An account as it is founded. The same seed gives the same account and ids. */
export function newAccount(options: Spec): Account {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-stage-"));
  const adapter = local(options, { root });
  return {
    root,
    adapter,
    close: async () => {
      await adapter.close();
      rmSync(root, { recursive: true });
    },
  };
}

/** The engine around an account, with an empty ledger and no manifests. */
export function setUpEngine(adapter: Adapter, setting: EngineOptions = {}): EngineHarness {
  const { prices, now = () => new Date().toISOString() } = setting;
  const settings = settingsWith(setting.settings);
  const ledger = memoryLedger(now);
  const ledgerKey = randomBytes(32);
  const signal = new AbortController().signal;
  let sources: readonly Source[] = [];
  const project: Project = {
    settings,
    settingsDigest: digest(settings),
    kinds,
    sources: () => ({ ok: true, value: sources, diagnostics: [] }),
  };
  const view: View = {
    reader: adapter,
    ledger,
    ledgerKey,
    state: async () => ledger.state,
    plannedLedgerId: () => "stage",
    catalogue: (offers) => ({ ok: true, value: catalogue(offers, prices), diagnostics: [] }),
    now,
    clock: { ...systemClock, now: () => new Date(now()) },
    firstSeen: firstSeenBy(systemClock),
    signal,
  };
  const writers: Writers = {
    adapter,
    sink: { deliver: async () => {} },
    lease: ledger.lease,
    ensureLedgerKey: async () => ({ ok: true, value: ledgerKey, diagnostics: [] }),
    password: () => `${randomBytes(12).toString("base64url")}aA1!`,
    runId: randomUUID,
  };
  const plan = async (options: PlanOptions = {}) =>
    demand(await planChanges(project, view, options));
  return {
    ...{ project, view, writers, ledger, adapter, plan },
    declare: (next) => {
      sources = next;
    },
    apply: async (options = {}) => {
      const { tripped } = options.plan ?? (await plan(options));
      const allow = tripped.map(({ name }) => name);
      const confirm = async () => true;
      return apply(project, view, writers, {
        actor: "stage",
        interactive: false,
        allow,
        reason: "a test",
        confirm,
        ...options,
      });
    },
    export: async () => demand(await exportAccount(project, view)),
    read: () => readAll(adapter, signal),
  };
}

async function readAll(adapter: Adapter, signal: AbortSignal): Promise<readonly Observed[]> {
  const declared = kinds.filter((kind) => kind.declared);
  const pages = await Promise.all(
    declared.map(({ name }) => collect(adapter, { kind: name }, signal)),
  );
  return pages.flat();
}

/** What was asked for, or an error with every reason why there is none. */
export function demand<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new Error(
    checked.diagnostics
      .map(({ code, message, at }) => `${at?.file}:${at?.line} ${code}: ${message}`)
      .join("\n"),
  );
}

/** Files of manifests, by path. */
export function sourcesOf(files: Iterable<readonly [string, string]>): readonly Source[] {
  return [...files].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
}
