import assert from "node:assert/strict";
import type { Adapter, WriteContext } from "../model/adapter.ts";
import type { Address } from "../model/address.ts";
import type { Credential } from "../model/credential.ts";
import { type Change, isForLedger } from "../model/plan/plan.ts";
import { covers } from "../model/values/pointer.ts";

/** A write as it was sent. */
export interface Sent {
  readonly change: Change;
  readonly context: WriteContext;
}

/** An adapter whose writes and delivered credentials are recorded. */
export interface WatchedAdapter {
  readonly adapter: Adapter;
  /** The adapter itself, without recording. */
  readonly bare: Adapter;
  /** The last write to each address. */
  readonly sent: ReadonlyMap<Address, Sent>;
  readonly delivered: readonly Credential[];
}

/**
 * Records an adapter's writes. Asserts that it is never sent a verb or a field that it does not
 * support.
 */
export function watchAdapter(adapter: Adapter): WatchedAdapter {
  const sent = new Map<Address, Sent>();
  const delivered: Credential[] = [];
  const write: Adapter["write"] = (change, context) => {
    demandStated(adapter, change);
    const deliver = async (credential: Credential) => {
      await context.deliver(credential);
      delivered.push(credential);
    };
    const watchedContext = {
      ...context,
      bound: (address: Address) => context.bound(address),
      deliver,
    };
    sent.set(change.address, { change, context: watchedContext });
    return adapter.write(change, watchedContext);
  };
  return { adapter: { ...readerOf(adapter), write }, bare: adapter, sent, delivered };
}

function readerOf(adapter: Adapter): Omit<Adapter, "write"> {
  const { name, supports } = adapter;
  return {
    name,
    supports,
    account: (signal) => adapter.account(signal),
    read: (query, signal) => adapter.read(query, signal),
  };
}

function demandStated({ name, supports }: Adapter, change: Change): void {
  const support = supports[change.kind];
  assert(
    support && !isForLedger(change) && support.verbs.includes(change.action),
    `${name} was asked to ${change.action} a ${change.kind}`,
  );
  const fields = change.action === "update" ? change.patch.map(({ path }) => path) : [];
  const unstated = fields.filter((field) => !covers(support.writable, field));
  assert.deepEqual(
    unstated,
    [],
    `${name} was asked to write fields of ${change.address} it does not state as writable`,
  );
}
