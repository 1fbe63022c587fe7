import type { Address } from "../model/address.ts";
import type { Change, ChangeId, Plan } from "../model/plan/plan.ts";
import type { Note } from "../model/plan/receipt.ts";
import { say } from "../model/text/phrase.ts";
import { equal, type Json } from "../model/values/json.ts";
import type { Draft, PlanContext } from "./diff/draft.ts";
import { refers } from "./diff/referenced-ids.ts";
import { finish } from "./diff/serialize-change.ts";
import {
  awaitsChange,
  becauseOf,
  type Dropped,
  exists,
  fieldMoved,
  gone,
  notAsked,
  possibleDuplicateOf,
  stale,
  waitingReasons,
} from "./dropped.ts";
import { graver, milder } from "./guard/graver.ts";
import type { Proposal } from "./propose/proposal.ts";
import { record } from "../model/text/recorded.ts";

/** A reviewed plan compared with what is planned now. */
export interface ReviewedAgain {
  /** The drafts to send, as planned now. */
  readonly kept: readonly Draft[];
  readonly dropped: ReadonlyMap<ChangeId, Dropped>;
  readonly notes: readonly Note[];
}

/** The result of planning again. */
export interface Anew {
  readonly drafts: readonly Draft[];
  readonly problems: Proposal["problems"];
  readonly planContext: PlanContext;
}

/** Compares a reviewed plan with what is planned now. Trusts none of the plan's own claims. */
export function review(reviewed: Plan, anew: Anew): ReviewedAgain {
  const now = new Map(anew.drafts.map((draft) => [draft.change.id, draft]));
  const dropped = new Map<ChangeId, Dropped>();
  const notes: Note[] = [];
  const ids = new Set(reviewed.changes.map(({ id }) => id));
  for (const was of reviewed.changes) {
    const draft = now.get(was.id);
    const reason = draft ? differs(was, draft, { anew, reviewed, ids }) : missing(was, anew);
    if (reason) dropped.set(was.id, reason);
    const milderNow = draft && !reason && milder(was.impact, draft.change.impact);
    if (milderNow) notes.push(record({ change: was.id, message: milderNow }));
  }
  const others = anew.drafts.filter(({ change }) => !ids.has(change.id));
  const isSent = sentOf(now, { ids, dropped });
  return {
    kept: anew.drafts.filter(({ change }) => ids.has(change.id) && isSent(change.id)),
    dropped,
    notes: [...notes, ...elsewhere(others)],
  };
}

/** A change is sent only if the reviewed changes that it now requires are sent too. */
function sentOf(
  now: ReadonlyMap<ChangeId, Draft>,
  {
    ids,
    dropped,
  }: { readonly ids: ReadonlySet<ChangeId>; readonly dropped: ReadonlyMap<ChangeId, Dropped> },
): (id: ChangeId) => boolean {
  const known = new Map<ChangeId, boolean>();
  const isSent = (id: ChangeId): boolean => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const requires = now.get(id)?.change.requires.filter((one) => ids.has(one)) ?? [];
    const sent = !dropped.has(id) && requires.every(isSent);
    known.set(id, sent);
    return sent;
  };
  return isSent;
}

function elsewhere(others: readonly Draft[]): readonly Note[] {
  const [first] = others;
  if (!first) return [];
  const more = others.length - 1;
  const { id } = first.change;
  if (more === 0)
    return [
      record({ message: say`Planning now also gives ${id}, which this plan does not hold.` }),
    ];
  return [
    record({
      message: say`Planning now also gives ${id} and ${more} more changes, which this plan does not hold.`,
    }),
  ];
}

/** Why a reviewed change is no longer planned. */
function missing(was: Change, { problems, planContext }: Anew): Dropped {
  const { pairs } = planContext.matching;
  const pair = pairs.get(was.address);
  const problem = problems.find(
    ({ address, severity }) => address === was.address && severity !== "note",
  );
  const waits = problem && waitingReasons[problem.code];
  if (waits) return { ...waits, ...becauseOf(problem) };
  if (was.action === "create" && pair) return exists;
  if (was.action !== "create" && !isThere(was, planContext)) return gone;
  if (problem) return { status: "stale", code: "stale/problem", ...becauseOf(problem) };
  const [field] = was.fields;
  return field && pair ? fieldMoved(field.pointer) : notAsked;
}

function isThere(
  was: Change & { readonly observed: { readonly id: string } },
  { matching }: PlanContext,
): boolean {
  const { id } = was.observed;
  return (
    id === "" || matching.live(was.kind).some((one) => one.id.toLowerCase() === id.toLowerCase())
  );
}

interface Context {
  readonly anew: Anew;
  readonly reviewed: Plan;
  readonly ids: ReadonlySet<ChangeId>;
}

/** The first difference from the reviewed change. Undefined if it can be sent. */
function differs(was: Change, draft: Draft, { anew, reviewed, ids }: Context): Dropped | undefined {
  const now = finish(draft);
  if (was.action === "create" && now.action !== "create") return exists;
  if (was.action !== "create" && now.action === "create") return gone;
  const newcomer = appearedBeside(was, now);
  if (newcomer !== undefined) return possibleDuplicateOf(newcomer);
  if (!isSame(was, now) || !leadsTheSameWay(draft, { anew, reviewed })) return notAsked;
  const more = now.requires.find((id) => !ids.has(id));
  if (more !== undefined) return awaitsChange(more);
  const other = now.fields.find(
    ({ pointer, before }) => !equal(fieldAt(was, pointer)?.before, before),
  );
  if (other) return fieldMoved(other.pointer);
  const worse = graver(was.impact, draft.change);
  return worse === undefined ? undefined : stale("stale/graver", worse);
}

/** Adds the reviewed create's former addresses. They can stop a change, never permit one. */
export function withNames(now: Change, reviewed: Change): Change {
  if (now.action !== "create" || reviewed.action !== "create") return now;
  const formerly = [...new Set([...(now.formerly ?? []), ...(reviewed.formerly ?? [])])];
  return formerly.length > 0 ? { ...now, formerly } : now;
}

/** A live object that could be the same and that the reviewed plan does not list. */
function appearedBeside(was: Change, now: Change): string | undefined {
  const before = "beside" in was ? was.beside : [];
  return "beside" in now ? now.beside?.find((id) => !before?.includes(id)) : undefined;
}

function fieldAt({ fields }: Change, pointer: string) {
  return fields.find((one) => one.pointer === pointer);
}

/** Whether two changes do the same to the same object. The object's id ignores case. */
function isSame(was: Change, now: Change): boolean {
  const told = (change: Change): Json => [
    ...[change.address, change.kind, change.action, change.by, change.parent ?? null],
    "observed" in change ? change.observed.id.toLowerCase() : change.key,
    "desired" in change ? change.desired : null,
    "from" in change ? change.from : null,
    change.fields.map(({ pointer, after }) => [pointer, after]),
  ];
  return equal(told(was), told(now));
}

/**
 * Whether the parent and the referenced objects are those of the reviewed plan, or objects that it
 * was to create and that another plan has created since.
 */
function leadsTheSameWay(draft: Draft, { anew, reviewed }: Omit<Context, "ids">): boolean {
  const ids = refers([draft], anew.planContext);
  return Object.entries(ids).every(([address, id]) => {
    const target = address as Address;
    const isMade = reviewed.changes.some(
      (one) => one.action === "create" && one.address === target,
    );
    const known =
      reviewed.refers[target] ?? (isMade ? anew.planContext.input.applied.id(target) : undefined);
    return known?.toLowerCase() === id.toLowerCase();
  });
}
