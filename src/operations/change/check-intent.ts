import type { Address } from "../../model/address.ts";
import { isSentAs } from "../../model/ledger/applied-fields.ts";
import { digest } from "../../model/values/digest.ts";
import { type Binding, isCreation, type OpenIntent } from "../../model/ledger/ledger-state.ts";
import { type Change, isForLedger } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { knownParentId } from "./resolve-references.ts";
import { marksFor, setBy } from "./ledger-values.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { type Ending, endAsStale } from "./step-results.ts";
import { record } from "../../model/text/recorded.ts";

/**
 * Checks a write against the ledger's current state: an open write, the same write by another plan,
 * a different binding of the object or, for a detached plan, any later change of it. Undefined if
 * the write may be sent.
 */
export function checkIntent(run: ApplyRun, change: Change): Ending | undefined {
  return (
    openWrite(run, change) ??
    earlier(run, change) ??
    moved(run, change) ??
    changedSince(run, change)
  );
}

/**
 * Whether another plan has done exactly this since the plan was made: the same action on the same
 * object with the same values.
 */
function isDoneEarlier(run: ApplyRun, change: Change, last: Binding | undefined): last is Binding {
  if (last === undefined || last.run === run.id || last.seq <= run.since) return false;
  return last.action === change.action && last.digest === digest(setBy(run, change));
}

function earlier(run: ApplyRun, change: Change): Ending | undefined {
  const { bindings, vanished } = run.ledger;
  const last =
    bindings[change.address] ?? (change.action === "remove" ? vanished[change.address] : undefined);
  if (isForLedger(change) && change.action !== "forget")
    return isTold(run, change) ? { status: "done-earlier", id: change.observed.id } : undefined;
  return isDoneEarlier(run, change, last)
    ? { status: "done-earlier", id: last.id, ...(last.lacks && { lacks: last.lacks }) }
    : undefined;
}

/** Whether the ledger already knows what the change would record. */
function isTold(
  run: ApplyRun,
  change: Extract<Change, { readonly action: "rename" | "protect" | "unprotect" }>,
): boolean {
  const { ledger } = run;
  if (ledger.ids[change.address] !== change.observed.id) return false;
  if (change.action === "rename") return ledger.ids[change.from] === undefined;
  return (ledger.protected[change.address] === true) === (change.action === "protect");
}

function openWrite(run: ApplyRun, change: Change): Ending | undefined {
  if (change.action === "rename") return undefined;
  const names = namesOf(change);
  const marks = isCreation(change.action) ? marksFor(run, change, knownParentId(run, change)) : [];
  const isIts = ({ address, action, marks: own = [] }: OpenIntent) =>
    names.includes(address) || (isCreation(action) && own.some((mark) => marks.includes(mark)));
  const open = [...Object.values(run.ledger.open), ...livingCarts(run, names)].find(isIts);
  return open && unsettled(open, change);
}

/** Creations of other addresses that only a reading reports as not done, and that have a cart. */
function livingCarts({ ledger }: ApplyRun, names: readonly Address[]): readonly OpenIntent[] {
  const pending = Object.values(ledger.attempts).flatMap((one) => one.pending ?? []);
  return pending.filter(
    ({ proposal, address }) => proposal !== undefined && !names.includes(address),
  );
}

function unsettled(open: OpenIntent, { address }: Change): Ending {
  const because =
    open.address === address
      ? say`Whether ${open.change} was done is not known yet.`
      : say`Whether ${open.change} was done is not known yet, and ${address} could be what it made.`;
  return record({
    status: "skipped",
    code: "skipped/unsettled",
    because,
    hint: say`Run apply again later, which finds out by reading; or say it with \`partnerctl ledger settle ${open.change}\`.`,
  });
}

function namesOf(change: Change): readonly Address[] {
  return change.action === "create"
    ? [change.address, ...(change.formerly ?? [])]
    : [change.address];
}

function moved(run: ApplyRun, change: Change): Ending | undefined {
  if (change.action !== "create")
    return (
      movedObject(run, change) ?? (change.action === "upgrade" ? creation(run, change) : undefined)
    );
  for (const name of namesOf(change)) {
    const id = run.ledger.ids[name];
    if (id !== undefined)
      return endAsStale("stale/ledger", say`The ledger knows ${name} as ${id} by now.`);
  }
  return creation(run, change);
}

/**
 * A detached plan has no manifests to show that it is still wanted. It must not touch objects that
 * another plan has changed or removed since.
 */
function changedSince(run: ApplyRun, change: Change): Ending | undefined {
  const { facts, head } = run;
  if (!facts.detached) return undefined;
  const names = change.action === "rename" ? [change.address, change.from] : namesOf(change);
  const marks = isCreation(change.action) ? marksFor(run, change, knownParentId(run, change)) : [];
  const changed =
    names.find((name) => head.changed.has(name)) ??
    marks.flatMap((mark) => head.removed.get(mark) ?? [])[0];
  return changed === undefined
    ? undefined
    : endAsStale(
        "stale/ledger",
        say`Another plan changed ${changed}, or took it away, after this plan was made.`,
      );
}

type Live = Exclude<Change, { readonly action: "create" }>;

/**
 * Whether the ledger now knows the object by another address, or the address with another object.
 */
function movedObject(run: ApplyRun, change: Live): Ending | undefined {
  const { ledger } = run;
  const { id } = change.observed;
  const name = run.head.names.get(`${change.kind}\n${id}`);
  const own = ledger.ids[change.address];
  const from = change.action === "rename" ? change.from : change.address;
  if (name !== undefined && name !== from && ledger.ids[name] === id)
    return endAsStale("stale/ledger", say`The ledger knows ${id} as ${name} by now.`);
  const isOwn = ledger.bindings[change.address]?.run === run.id;
  if (own !== undefined && own !== id && !isOwn)
    return endAsStale("stale/ledger", say`The ledger knows ${change.address} as ${own} by now.`);
  return undefined;
}

function creation(run: ApplyRun, change: Change): Ending | undefined {
  const pending = run.ledger.attempts[change.address]?.pending;
  if (pending && !isSentAs(pending, setBy(run, change))) return differing(pending);
  const marks = marksFor(run, change, knownParentId(run, change));
  const [like] = marks.flatMap((mark) => run.head.news.get(mark) ?? []);
  if (like === undefined) return undefined;
  return endAsStale(
    "stale/possible-duplicate",
    say`${like} was made since this plan was, and could be the same.`,
  );
}

/**
 * Only the identical request may be repeated: the service accepts a repeated request id for no
 * other one.
 */
function differing({ change }: OpenIntent): Ending {
  return record({
    ...endAsStale(
      "stale/attempt",
      say`${change} was sent with other values, and only a reading says that it was not done.`,
    ),
    hint: say`Look in the account. If it is not there, say so with \`partnerctl ledger settle ${change} --did-not-happen\`, and plan again.`,
  });
}
