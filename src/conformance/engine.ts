import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { catalogue } from "../kinds/prices/catalogue.ts";
import { kinds } from "../kinds/index.ts";
import { resolveSettings } from "../manifest/settings/resolve-settings.ts";
import type { Adapter } from "../model/adapter.ts";
import type { Address } from "../model/address.ts";
import type { Clock } from "../model/clock.ts";
import { digest } from "../model/values/digest.ts";
import type { Project, View, Writers } from "../operations/project/project.ts";
import { bytesOf, type Document } from "./documents.ts";
import { type MemoryLedger, memoryLedger } from "./memory-ledger.ts";

/**
 * What the operations need: a project whose documents can change, an adapter, a ledger in memory,
 * and a sink that discards credentials.
 */
export interface Engine {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
  readonly ledger: MemoryLedger;
}

const clock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal && { signal }),
};

/** Sets up the real engine for an adapter. `documents` is read again for each plan. */
export function engine(adapter: Adapter, documents: ReadonlyMap<Address, Document>): Engine {
  const ledger = memoryLedger(() => new Date().toISOString());
  const ledgerKey = randomBytes(32);
  const seen = new Map<string, number>();
  const view: View = {
    reader: adapter,
    ledgerKey,
    ledger,
    state: async () => ledger.state,
    plannedLedgerId: () => "conformance",
    catalogue: (offers) => ({ ok: true, value: catalogue(offers), diagnostics: [] }),
    now: () => new Date().toISOString(),
    clock,
    firstSeen: (what) => {
      if (!seen.has(what)) seen.set(what, clock.monotonic());
      return seen.get(what) ?? 0;
    },
    signal: new AbortController().signal,
  };
  const writers: Writers = {
    adapter,
    sink: { deliver: async () => {} },
    lease: ledger.lease,
    ensureLedgerKey: async () => ({ ok: true, value: ledgerKey, diagnostics: [] }),
    password: () => `${randomBytes(12).toString("base64url")}aA1!`,
    runId: randomUUID,
  };
  return { project: projectOf(documents), view, writers, ledger };
}

function projectOf(documents: ReadonlyMap<Address, Document>): Project {
  const settings = resolveSettings({ apiVersion: "partnercenter/v1", kind: "Settings" });
  const sources: Project["sources"] = () => {
    const value = [{ path: "story.yaml", bytes: bytesOf(documents.values()) }];
    return { ok: true, value, diagnostics: [] };
  };
  return { settings, settingsDigest: digest({}), kinds, sources };
}
