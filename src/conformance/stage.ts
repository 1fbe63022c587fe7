import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Adapter, Query } from "../model/adapter.ts";
import { type Address, address } from "../model/address.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan/plan.ts";
import { apply } from "../operations/apply/apply.ts";
import { planChanges } from "../operations/plan/plan.ts";
import type { Document } from "./documents.ts";
import { engine } from "./engine.ts";
import { lookAfterPurchases } from "./look-after.ts";
import type { Offers } from "./offers.ts";
import { reach } from "./reach.ts";
import type { AdapterUnderTest } from "./subject.ts";
import { type WatchedAdapter, watchAdapter } from "./watched.ts";

/**
 * What the steps act on: the adapter under test, the documents declared so far, and the real
 * engine.
 */
export interface Stage extends WatchedAdapter {
  readonly subject: AdapterUnderTest;
  readonly offers: Offers;
  /** The user principal name, or the domain, that this run uses for a short name. */
  userName(name: string): string;
  customerDomain(name: string): string;
  /**
   * Declares these documents in addition to the previous ones and applies them until a new plan is
   * empty. If that fails, throws an AssertionError and restores the previous documents.
   */
  reach(...documents: readonly Document[]): Promise<void>;
  /** Plans what is declared. Throws an AssertionError if planning fails. */
  plan(): Promise<Plan>;
  /** Reads all objects of a query. */
  read(query: Query): Promise<readonly Observed[]>;
  /**
   * Reads the object that the ledger binds to an address. Throws an AssertionError unless there is
   * exactly one.
   */
  live(address: Address): Promise<Observed>;
  /** Waits until reads must show the last write. */
  settled(): Promise<void>;
}

const applying = { actor: "conformance", interactive: false, confirm: async () => true } as const;

/** Creates the stage for one run of the suite. */
export function setStage(subject: AdapterUnderTest, adapter: Adapter, offers: Offers): Stage {
  const watch = watchAdapter(adapter);
  const documents = new Map<Address, Document>();
  const { project, view, writers, ledger } = engine(watch.adapter, documents);
  const lag = Math.max(0, ...Object.values(adapter.supports).map((support) => support.lag ?? 0));
  const settled = () => delay(lag * 1000 + (lag > 0 ? 20 : 0));
  const plan = async () => demandOk(await planChanges(project, view, {}));
  return {
    ...watch,
    ...names(subject),
    subject,
    offers,
    plan,
    settled,
    read: (query) => collect(watch.adapter, query),
    async reach(...wanted) {
      const before = [...documents];
      for (const one of wanted) documents.set(addressOf(one), one);
      const unsettled = () => Object.keys(ledger.state.open);
      const act = (allow: readonly string[]) =>
        apply(project, view, writers, { ...applying, allow, reason: "the suite asks for it" });
      const lookAfter = () => lookAfterPurchases({ project, view, writers });
      await reach({
        patience: subject.patience ?? 1,
        plan,
        apply: act,
        settled,
        lookAfter,
        unsettled,
      }).catch((error: unknown) => {
        documents.clear();
        for (const [at, one] of before) documents.set(at, one);
        throw error;
      });
    },
    async live(at) {
      const { id } = ledger.state.bindings[at] ?? assert.fail(`nothing is bound to ${at}`);
      const [found, ...more] = await collect(watch.adapter, {
        kind: documents.get(at)?.kind ?? "",
        id,
      });
      assert.equal(more.length, 0, `reading ${at} by its id yields more than one`);
      return found ?? assert.fail(`${at} is not there under its id ${id}`);
    },
  };
}

function names({
  prefix = "conformance",
  userDomain = "contoso.partner.onmschina.cn",
}: AdapterUnderTest) {
  return {
    userName: (name: string) => `${prefix}-${name}@${userDomain}`,
    customerDomain: (name: string) => `${prefix}${name}.partner.onmschina.cn`,
  };
}

function addressOf({ kind, metadata, spec }: Document): Address {
  return address(
    kind,
    metadata.name,
    typeof spec.customer === "string" ? spec.customer : undefined,
  );
}

async function collect(adapter: Adapter, query: Query): Promise<readonly Observed[]> {
  const items: Observed[] = [];
  for await (const item of adapter.read(query, new AbortController().signal)) items.push(item);
  return items;
}

function demandOk<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new assert.AssertionError({
    message: checked.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"),
  });
}
