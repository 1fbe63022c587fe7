import { sum } from "../model/money.ts";
import type { Change } from "../model/plan.ts";
import { english, type Language } from "./language.ts";
import { field } from "./value.ts";
import { actions, causes, list, number } from "./words.ts";

/** Changes shown together. */
export interface Group {
  /** What all addresses begin with, or in words what the changes have in common; empty where they share nothing. */
  readonly title: string;
  /** Left out of the addresses below the title. */
  readonly prefix: string;
  readonly shown: readonly Change[];
  /** How many more there are, all of the same sort as those shown. */
  readonly hidden: number;
  readonly money: Change["impact"]["money"];
  /** The title says the cause of them all. */
  readonly causeTold?: boolean;
}

const many = 40;
const few = 3;

/** All changes by where their objects live; where there are many and not all are asked for, by likeness, of each sort the first few. */
export function grouped(changes: readonly Change[], all: boolean, language: Language = english): readonly Group[] {
  return all || changes.length <= many ? byHome(changes) : byLikeness(changes, language);
}

function byHome(changes: readonly Change[]): readonly Group[] {
  const homes = [...collect(changes, (change) => change.address.slice(0, change.address.lastIndexOf("/") + 1))];
  const isLone = ([prefix, members]: (typeof homes)[number]) => prefix === "" || members.length === 1;
  const lone = homes.filter(isLone).flatMap(([, members]) => members);
  const shared = homes.filter((home) => !isLone(home));
  const groups = shared.map(([prefix, members]) => ({
    title: prefix,
    prefix,
    shown: members,
    hidden: 0,
    money: undefined,
  }));
  return lone.length === 0 ? groups : [{ title: "", prefix: "", shown: lone, hidden: 0, money: undefined }, ...groups];
}

function byLikeness(changes: readonly Change[], language: Language): readonly Group[] {
  return [...collect(changes, likeness).values()].map((members) => {
    const first = members[0];
    const shown = members.length <= few + 1 ? members : members.slice(0, few);
    const title = first === undefined ? "" : titleOf(first, members.length, language);
    return { title, prefix: "", shown, hidden: members.length - shown.length, money: added(members), causeTold: true };
  });
}

function titleOf(first: Change, members: number, language: Language): string {
  const what = actions[first.action](language, number(members));
  const cause = language.told(causes[first.cause]);
  if (first.action !== "update") return language.say`${first.kind}, ${what} (${cause})`;
  const fields = list(
    first.fields.map((one) => field(one.pointer)),
    language,
  );
  return language.say`${first.kind}, ${what}: ${fields} (${cause})`;
}

/** Changes that a reader who has seen one need not look at: same sort, same fields, same way back, same access. */
function likeness(change: Change): string {
  const { kind, action, by, reason, cause, protect, impact } = change;
  const fields = action === "update" ? change.fields.map((one) => one.pointer) : [];
  return JSON.stringify([
    kind,
    action,
    by,
    reason,
    cause,
    protect,
    fields,
    impact.reversible,
    impact.destructive,
    impact.access,
    impact.money?.currency,
  ]);
}

function added(changes: readonly Change[]): Change["impact"]["money"] {
  const prices = changes.flatMap((change) => change.impact.money ?? []);
  const currency = prices[0]?.currency;
  if (currency === undefined) return undefined;
  return {
    currency,
    perMonth: sum(prices.map((one) => one.perMonth)),
    committed: sum(prices.map((one) => one.committed)),
  };
}

function collect(changes: readonly Change[], key: (change: Change) => string): ReadonlyMap<string, Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) {
    const at = key(change);
    const members = found.get(at);
    if (members === undefined) found.set(at, [change]);
    else members.push(change);
  }
  return found;
}
