import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../src/kinds/prices/catalogue.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Adapter } from "../../src/model/adapter.ts";
import { digest } from "../../src/model/values/digest.ts";
import type { Founding } from "../../src/model/ledger/ledger.ts";
import { digestKey } from "../../src/model/ledger/ledger-keys.ts";
import type { WriteLease, Project, View, Writers } from "../../src/operations/project/project.ts";
import { fileLedger } from "../../src/store/ledger/file/file.ts";
import { gitLedger } from "../../src/store/ledger/git/git.ts";
import { keepRenewing, type Leasing } from "../../src/store/ledger/lease/held-lease.ts";
import { ledgerStates } from "../../src/store/ledger/index.ts";
import { takeLease } from "../../src/store/ledger/lease/lease.ts";
import { ledgerMemory } from "../../src/store/ledger/file/memory.ts";
import type { StoredLedger } from "../../src/store/ledger/chain/stored-ledger.ts";
import { gitIn } from "../store/repository.ts";
import { key } from "../store/test-ledger.ts";
import type { Machine, Process } from "./clocks.ts";
import { pricesOf, settingsOf, sources } from "./declared.ts";
import type { Story } from "./draw-story.ts";

/** A machine with what it keeps: a clone of the repository, and when it first saw what. */
export interface Host {
  readonly machine: Machine;
  readonly folder: string;
  readonly seen: Map<string, number>;
  /** Its processes that are no more. */
  readonly dead: Set<number>;
}

/** Where a story takes place. */
export interface Site {
  readonly story: Story;
  readonly hosts: readonly Host[];
  readonly root: string;
  /** How many processes there were. */
  processes: number;
  /** Prices have risen. */
  rose: boolean;
  /** A person has said that the big order is meant. */
  decided: boolean;
}

/** An account as one process has it. */
export interface HostSession {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
  readonly pid: number;
}

/** Makes the hosts of a story; two that share a git ledger, or one with a file. */
export function hostsOf(
  { ledger }: Story,
  machines: readonly Machine[],
  root: string,
): readonly Host[] {
  if (ledger === "git") gitIn(root, "init", "--quiet", "--bare", "remote");
  return machines.map((machine) => {
    const folder = join(root, machine.name);
    if (ledger === "git") gitIn(root, "clone", "--quiet", "remote", folder);
    else mkdirSync(folder);
    return { machine, folder, seen: new Map(), dead: new Set() };
  });
}

/**
 * Everything a command is given, composed as the command line does it: kinds, ledgers and leases
 * are the real ones.
 */
export function openSession(
  site: Site,
  host: Host,
  given: { readonly process: Process; readonly adapter: Adapter; readonly version: number },
): HostSession {
  const { process, adapter, version } = given;
  const { story, rose, decided } = site;
  const { clock } = process;
  site.processes += 1;
  const pid = 100_000 + site.processes;
  const settings = settingsOf(story, decided);
  const project: Project = {
    ...{ settings, settingsDigest: digest(settings), kinds },
    sources: () => ({ ok: true, value: sources(story, version), diagnostics: [] }),
  };
  const ledger = ledgerOf(story, host, {});
  const state = ledgerStates(ledger, join(host.folder, ".partnerctl", "cache"));
  const firstSeen = (what: string) => {
    const at = host.seen.get(what) ?? clock.monotonic();
    host.seen.set(what, at);
    return at;
  };
  const view: View = {
    ...{ reader: adapter, ledger, state, ledgerKey: digestKey(key), clock, firstSeen },
    plannedLedgerId: () => memoryOf(story, host).plannedId(),
    catalogue: (offers) => ({
      ok: true,
      value: catalogue(offers, pricesOf(rose)),
      diagnostics: [],
    }),
    now: () => clock.now().toISOString(),
    signal: new AbortController().signal,
  };
  const leasing = () => leasingOf(host, { process, pid, firstSeen });
  const writers: Writers = {
    adapter,
    sink: { deliver: async () => {} },
    lease: async ({ founding }) => {
      const opened = ledgerOf(story, host, { key, ...(founding && { founding }) });
      const taking = { ...leasing(), state: await state() };
      const taken = await takeLease(opened, taking);
      return "heldBy" in taken ? taken : renewed(taken, taking);
    },
    ensureLedgerKey: async () => ({ ok: true, value: digestKey(key), diagnostics: [] }),
    password: () => `${randomUUID()}aA1!`,
    runId: randomUUID,
  };
  return { project, view, writers, pid };
}

function leasingOf(
  { machine: { name }, dead }: Host,
  {
    process,
    pid,
    firstSeen,
  }: { readonly process: Process; readonly pid: number; readonly firstSeen: Leasing["firstSeen"] },
): Leasing {
  const identity = { bootId: name, pidNamespace: name, startTime: "1" };
  return {
    owner: { actor: "li.wei", host: name, pid, token: randomUUID(), ...identity },
    ...{ clock: process.clock, leaseSeconds, firstSeen },
    machine: { identity, isDead: (one) => one.bootId === name && dead.has(one.pid) },
  };
}

/** How long a lease holds unrenewed. */
export const leaseSeconds = 300;

type Taken = Exclude<Awaited<ReturnType<typeof takeLease>>, { heldBy: unknown }>;

/** A lease that is renewed until it is given back. */
function renewed(taken: Taken, leasing: Leasing): WriteLease {
  const over = new AbortController();
  void keepRenewing(taken, leasing, over.signal);
  const release = async () => {
    over.abort();
    await taken.release();
  };
  return { journal: taken.journal, confirm: taken.confirm, release };
}

function memoryOf({ ledger }: Story, { folder }: Host) {
  return ledgerMemory(join(folder, ".partnerctl"), ledger);
}

/** A host's ledger; with a key it can be written to. */
export function ledgerOf(
  story: Story,
  host: Host,
  writing: { readonly key?: Uint8Array; readonly founding?: Founding },
): StoredLedger {
  const { folder } = host;
  const now = () => new Date();
  if (story.ledger === "git")
    return gitLedger({ folder, remote: "origin", branch: "ledger", now, ...writing });
  return fileLedger({
    path: join(folder, "ledger.jsonl"),
    memory: memoryOf(story, host),
    now,
    ...writing,
  });
}
