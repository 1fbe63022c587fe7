import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { catalogue } from "../kinds/catalogue.ts";
import { kinds } from "../kinds/index.ts";
import type { Adapter, Query } from "../model/adapter.ts";
import { type Address, address } from "../model/address.ts";
import type { Checked } from "../model/diagnostic.ts";
import { digest } from "../model/digest.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan.ts";
import type { Result } from "../model/receipt.ts";
import { apply } from "../operations/apply.ts";
import { planChanges } from "../operations/plan.ts";
import type { Project, View, Writers } from "../operations/project.ts";
import { bytesOf, type Document } from "./documents.ts";
import { memoryLedger } from "./memory-ledger.ts";
import type { Offers } from "./offers.ts";
import type { Subject } from "./subject.ts";
import { watched, type Watched } from "./watched.ts";

/** Where the story is played: the account as the adapter shows it, what is declared of it so far, and the real engine between the two. */
export interface Stage extends Watched {
  readonly subject: Subject;
  readonly offers: Offers;
  /** The user principal name, or the domain, that this run calls something by. */
  userName(name: string): string;
  customerDomain(name: string): string;
  /** What is declared under an address so far. */
  declared(address: Address): Document;
  /** Declares these beside what is declared already, applies, plans again, and demands that there is nothing to do; where that fails, they are not declared. */
  reach(...documents: readonly Document[]): Promise<void>;
  /** Plans what is declared, and says what a plan finds. */
  plan(): Promise<Plan>;
  /** Everything a reading yields. */
  read(query: Query): Promise<readonly Observed[]>;
  /** The live object behind an address. */
  live(address: Address): Promise<Observed>;
  /** Waits until the last write must be seen. */
  settled(): Promise<void>;
}

/** Sets the stage for one run of the story. */
export function setStage(subject: Subject, adapter: Adapter, offers: Offers): Stage {
  const watch = watched(adapter);
  const documents = new Map<Address, Document>();
  const ledger = memoryLedger(new Date().toISOString());
  const project = projectOf(documents);
  const view: View = {
    reader: watch.adapter,
    ledger,
    state: async () => ledger.state,
    catalogue: (all) => ({ ok: true, value: catalogue(all), diagnostics: [] }),
    now: () => new Date().toISOString(),
    signal: new AbortController().signal,
  };
  const writers: Writers = {
    adapter: watch.adapter,
    sink: { deliver: async () => {} },
    lease: ledger.lease,
    ensureLedgerKey: () => undefined,
    password: () => `${randomBytes(12).toString("base64url")}aA1!`,
    runId: randomUUID,
  };
  const name = subject.prefix ?? "conformance";
  const lag = Math.max(0, ...Object.values(adapter.supports).map((support) => support.lag ?? 0));
  const stage: Stage = {
    ...watch,
    subject,
    offers,
    userName: (user) => `${name}-${user}@${subject.userDomain ?? "contoso.partner.onmschina.cn"}`,
    customerDomain: (customer) => `${name}${customer}.partner.onmschina.cn`,
    declared: (at) => documents.get(at) ?? assert.fail(`nothing is declared under ${at}`),
    plan: async () => valueOf(await planChanges(project, view, {})),
    async reach(...wanted) {
      const before = [...documents];
      for (const one of wanted) documents.set(addressOf(one), one);
      const act = (allow: readonly string[]) =>
        apply(project, view, writers, { allow, actor: "conformance", interactive: false, confirm: async () => true });
      await reach(stage, { act, unsettled: () => Object.keys(ledger.state.open) }).catch((error: unknown) => {
        documents.clear();
        for (const [at, one] of before) documents.set(at, one);
        throw error;
      });
    },
    read: (query) => collect(watch.adapter, query),
    async live(at) {
      const { id } = ledger.state.bindings[at] ?? assert.fail(`nothing is bound to ${at}`);
      const [found, ...more] = await collect(watch.adapter, { kind: documents.get(at)?.kind ?? "", id });
      assert.equal(more.length, 0, `reading ${at} by its id yields more than one`);
      return found ?? assert.fail(`${at} is not there under its id ${id}`);
    },
    settled: () => delay(lag * 1000 + (lag > 0 ? 20 : 0)),
  };
  return stage;
}

interface Acting {
  act(allow: readonly string[]): ReturnType<typeof apply>;
  /** Writes whose outcome the ledger does not know yet. */
  unsettled(): readonly string[];
}

async function reach(stage: Stage, { act, unsettled }: Acting): Promise<void> {
  const { patience = 1 } = stage.subject;
  for (let attempt = 1; ; attempt += 1) {
    const { tripped } = await stage.plan();
    const { status, diagnostics, receipt } = await act(tripped.map(({ name }) => name));
    assert(status !== "refused", `the plan was refused: ${diagnostics.map(({ message }) => message).join("; ")}`);
    const results = receipt?.results ?? [];
    if (attempt >= patience)
      assert.deepEqual(results.filter((one) => one.status !== "done").map(words), [], "not every change was done");
    await demandNotAgain(stage, results);
    await stage.settled();
    const open = [...remaining(await stage.plan()), ...unsettled()];
    if (open.length === 0) return;
    if (attempt >= patience)
      assert.deepEqual(open, [], "after applying, a new plan of the same manifests is not empty");
  }
}

function words({ change, because = "" }: Result): string {
  return `${change}: ${because}`;
}

/** At once, even before a lagging backend shows it: what was made must never be planned to be made again. */
async function demandNotAgain(stage: Stage, results: readonly Result[]): Promise<void> {
  const { changes } = await stage.plan();
  const done = new Set(results.filter(({ status }) => status === "done").map(({ address }) => address));
  assert.deepEqual(
    changes.filter((one) => one.action === "create" && done.has(one.address)).map(({ id }) => id),
    [],
    "what was just made is planned to be made again",
  );
}

function remaining({ changes, problems }: Plan): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  return [...changes.map(({ id, action }) => `${action} ${id}`), ...errors.map(({ message }) => message)];
}

function projectOf(documents: ReadonlyMap<Address, Document>): Project {
  const settings = { apiVersion: "partnercenter/v1", kind: "Settings" } as const;
  const sources = () =>
    ({ ok: true, value: [{ path: "story.yaml", bytes: bytesOf(documents.values()) }], diagnostics: [] }) as const;
  return { settings, settingsDigest: digest(settings), kinds, sources };
}

function addressOf({ kind, metadata, spec }: Document): Address {
  return address(kind, metadata.name, typeof spec.customer === "string" ? spec.customer : undefined);
}

async function collect(adapter: Adapter, query: Query): Promise<readonly Observed[]> {
  const items: Observed[] = [];
  for await (const item of adapter.read(query, new AbortController().signal)) items.push(item);
  return items;
}

function valueOf<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new assert.AssertionError({
    message: checked.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"),
  });
}
