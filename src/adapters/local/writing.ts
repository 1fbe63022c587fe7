import { randomUUID } from "node:crypto";
import { type Adapter, AdapterError, type WriteContext } from "../../model/adapter.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { type LocalAccount, findLiving } from "./account.ts";
import type { Stored } from "./contents.ts";
import { cartOf, orderedBy, orderedCart } from "./carts.ts";
import type { SimulatedFaults } from "./faults.ts";
import { guid } from "./seed.ts";
import { observedObject, scopeOf } from "./reading.ts";
import { type Effect, type WriteRequest, type Rules, rejection } from "./rules/rules.ts";
import type { Scope } from "./capabilities.ts";

/** The dependencies of writes in addition to the account. */
export interface WriteDependencies {
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly faults: SimulatedFaults;
  readonly pending: number;
  /** Makes generated ids reproducible. Ids are random if undefined. */
  readonly seed: string | undefined;
  /** The current time in milliseconds since 1970. */
  time(): number;
  /** Every request awaits this first. */
  arrive(signal: AbortSignal): Promise<void>;
}

/**
 * Writes to the account. A repeatable write with a known request id returns the object of the first
 * one; nothing is written or handed out again.
 */
export function localWriter(account: LocalAccount, writing: WriteDependencies): Adapter["write"] {
  return async (change, context) => {
    const { rules, support, hidden } = scopeOf(writing.scopes, change.kind);
    const repeatable = support.repeatable.some((verb) => verb === change.action);
    const proposes = support.proposes?.some((verb) => verb === change.action) === true;
    const at = new Date(writing.time()).toISOString();
    const newId = (kind: string, ...about: readonly string[]) =>
      freeId(account, kind, writing.seed && [writing.seed, kind, ...about]);
    await writing.arrive(context.signal);
    const cart = proposes ? await cartOf(account, context, { at, newId }) : undefined;
    await context.permit();
    writing.faults.before(change);
    const answered = cart
      ? orderedBy(cart)
      : repeatable
        ? account.answered(context.requestId)
        : undefined;
    const known = answered === undefined ? undefined : account.find(change.kind, answered);
    const effect = known
      ? { objects: [], reply: known }
      : decide(rules, { change, context, account, at, pending: writing.pending, newId });
    if (!known)
      await account.write({
        type: "written",
        at,
        ...(repeatable && { request: context.requestId }),
        reply: effect.reply.id,
        objects: cart ? [...effect.objects, orderedCart(cart, effect.reply)] : effect.objects,
      });
    writing.faults.after(change, repeatable || proposes);
    await handOut(effect, change, context);
    return change.action === "remove" ? undefined : observedObject(effect.reply, hidden);
  };
}

function decide(rules: Rules, request: WriteRequest): Effect {
  const { change } = request;
  switch (change.action) {
    case "create":
      return (rules.create ?? unable(change))({ ...request, change });
    case "update":
      return (rules.update ?? unable(change))(
        { ...request, change },
        current(request, change.observed.id),
      );
    case "upgrade":
      return (rules.upgrade ?? unable(change))(
        { ...request, change },
        current(request, change.observed.id),
      );
    case "remove":
      return (rules.remove ?? unable(change))(
        { ...request, change },
        current(request, change.observed.id),
      );
    case "forget":
    case "rename":
    case "protect":
    case "unprotect":
      return unable(change);
  }
}

function unable(change: Change): never {
  throw rejection(say`This backend cannot ${change.action} a ${change.kind}.`);
}

function current({ account, change, context }: WriteRequest, id: string): Stored {
  const object = findLiving(account, change.kind, id);
  if (context.current?.etag !== undefined && context.current.etag !== String(object.version))
    throw new AdapterError("conflict", say`${change.address} has changed since it was read.`);
  return object;
}

async function handOut(
  { credential }: Effect,
  { address }: Change,
  context: WriteContext,
): Promise<void> {
  if (credential)
    await context.deliver({
      ...credential,
      address,
      purpose: "customer-admin",
      requestId: context.requestId,
    });
}

function freeId(
  account: LocalAccount,
  kind: string,
  about: readonly string[] | "" | undefined,
): string {
  if (!about) return randomUUID();
  for (let number = 0; ; number += 1) {
    const id = guid(...about, String(number));
    if (account.find(kind, id) === undefined) return id;
  }
}
