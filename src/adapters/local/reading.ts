import { AdapterError, type Query, type Reader } from "../../model/adapter.ts";
import type { Observed } from "../../model/observed.ts";
import { type Pointer, withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import type { LocalAccount } from "./account.ts";
import type { Stored } from "./contents.ts";
import { loadOffers } from "./load-offers.ts";
import { termFacts } from "./term-facts.ts";
import type { Scope } from "./capabilities.ts";

/** The object as reads return it, without the hidden fields. */
export function observedObject(
  { kind, id, key, spec, parentId, exempt, version }: Stored,
  hidden: readonly Pointer[],
): Observed {
  const visible =
    hidden.length === 0
      ? spec
      : hidden.reduce((rest, pointer) => withValue(rest, pointer, undefined), spec);
  return { kind, id, key, spec: visible, parentId, exempt, etag: String(version) };
}

/**
 * Returns the capabilities of a kind. Throws AdapterError `rejected` if the backend does not
 * support the kind.
 */
export function scopeOf(scopes: ReadonlyMap<string, Scope>, kind: string): Scope {
  const scope = scopes.get(kind);
  if (scope === undefined)
    throw new AdapterError("rejected", say`This backend has no way to read or write a ${kind}.`);
  return scope;
}

/** Reads of the account. Every request awaits `arrive` first. */
export function localReader(
  account: LocalAccount,
  scopes: ReadonlyMap<string, Scope>,
  {
    arrive,
    time,
  }: { readonly arrive: (signal: AbortSignal) => Promise<void>; readonly time: () => number },
): Pick<Reader, "account" | "read"> {
  return {
    async account(signal) {
      await arrive(signal);
      const principal = account.find("User", account.principal());
      return {
        id: account.id(),
        ...(principal && principal.deletedAt === undefined && { principal: principal.id }),
      };
    },
    async *read(query, signal) {
      const { hidden } = scopeOf(scopes, query.kind);
      await arrive(signal);
      const withFacts = await factsFor(query.kind, time);
      for (const object of query.kind === "Offer"
        ? await catalogue(query)
        : matching(account, query)) {
        signal.throwIfAborted();
        const shown = account.shown(object);
        if (shown) yield withFacts(observedObject(shown, hidden), shown);
      }
    },
  };
}

/** Adds the term of a subscription. */
async function factsFor(
  kind: string,
  time: () => number,
): Promise<(observed: Observed, stored: Stored) => Observed> {
  if (kind !== "Subscription") return (observed) => observed;
  const [offers, today] = [await loadOffers(), new Date(time()).toISOString().slice(0, 10)];
  return (observed, stored) => {
    const offer = offers.get(String(stored.spec.offer).toUpperCase());
    const facts = termFacts(stored, offer, today);
    return facts ? { ...observed, facts } : observed;
  };
}

function matching(account: LocalAccount, { kind, id, parentId }: Query): readonly Stored[] {
  if (id === undefined) return [...account.all(kind, parentId)];
  const object = account.find(kind, id);
  return object && (parentId === undefined || object.parentId === parentId) ? [object] : [];
}

async function catalogue({ id, parentId }: Query): Promise<readonly Stored[]> {
  const offers = await loadOffers();
  const all = [...offers].map(([key, spec]) => ({ kind: "Offer", id: key, key, spec, version: 1 }));
  if (parentId !== undefined) return [];
  return id === undefined ? all : all.filter((one) => one.key === id.toUpperCase());
}
