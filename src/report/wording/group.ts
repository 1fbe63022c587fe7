import type { Change } from "../../model/plan/plan.ts";
import { clean } from "../sanitize.ts";
import { clusters } from "./clusters.ts";
import { english, type Language } from "../language/language.ts";
import { formatPointer, type IdNames, formatValue } from "./value.ts";
import { actions, causes, list, number } from "./format.ts";

/** Changes shown together. */
export interface ChangeGroup {
  /** What all addresses begin with, or in words what the changes have in common; empty where they share nothing. */
  readonly title: string;
  /** Left out of the addresses below the title. */
  readonly prefix: string;
  readonly shown: readonly Change[];
  /** More of them, alike in kind, offer, seats and money to those shown. */
  readonly hidden: readonly Change[];
  /** The title says the cause of them all. */
  readonly causeTold?: boolean;
}

/** Whom changes are grouped for: their language, and what they call ids. */
export interface Grouping {
  readonly names: IdNames;
  readonly language?: Language;
}

const many = 40;
const few = 3;

/** All changes by where their objects live; where there are many and not all are asked for, by likeness, of each sort the first few. What cannot be undone is always shown. */
export function groupChanges(changes: readonly Change[], all: boolean, grouping: Grouping): readonly ChangeGroup[] {
  return all || changes.length <= many ? byHome(changes) : byLikeness(changes, grouping);
}

function byHome(changes: readonly Change[]): readonly ChangeGroup[] {
  const homes = [...collect(changes, (change) => change.address.slice(0, change.address.lastIndexOf("/") + 1))];
  const isLone = ([prefix, members]: (typeof homes)[number]) => prefix === "" || members.length === 1;
  const lone = homes.filter(isLone).flatMap(([, members]) => members);
  const shared = homes.filter((home) => !isLone(home));
  const groups = shared.map(([prefix, members]) => ({ title: prefix, prefix, shown: members, hidden: [] }));
  return lone.length === 0 ? groups : [{ title: "", prefix: "", shown: lone, hidden: [] }, ...groups];
}

function byLikeness(changes: readonly Change[], grouping: Grouping): readonly ChangeGroup[] {
  const alike = [...collect(changes, likeness).values()];
  const sorts = alike
    .flatMap((members) => (isGrave(members[0]) ? [members] : clusters(members, ({ impact }) => impact)))
    .sort(([one], [other]) => gravity(one) - gravity(other));
  return sorts.map((members) => {
    const [first] = members;
    const whole = members.length <= few + 1 || isGrave(first);
    const title = first === undefined ? "" : titleOf(first, members.length, grouping);
    const [shown, hidden] = whole ? [members, []] : [members.slice(0, few), members.slice(few)];
    return { title, prefix: "", shown, hidden, causeTold: true };
  });
}

/** What cannot be undone comes first, and then what takes something away. */
function gravity(change: Change | undefined): number {
  if (isGrave(change)) return 0;
  return change?.impact.destructive ? 1 : 2;
}

function isGrave(change: Change | undefined): boolean {
  return change?.impact.reversible === "no";
}

/** A group whose texts can be shown. What is hidden is only summed up, so it stays as it is: it may be very many. */
export function cleanGroup({ hidden, ...group }: ChangeGroup): ChangeGroup {
  return { ...clean(group), hidden };
}

function titleOf(first: Change, members: number, { names, language = english }: Grouping): string {
  const what = actions[first.action](language, number(members));
  const cause = language.told(causes[first.cause]);
  const { item } = first.impact;
  const about = item === undefined ? first.kind : `${first.kind} · ${formatValue(item.offer, names, language)}`;
  if (first.action !== "update") return language.say`${about}, ${what} (${cause})`;
  const fields = list(
    first.fields.map((one) => formatPointer(one.pointer)),
    language,
  );
  return language.say`${about}, ${what}: ${fields} (${cause})`;
}

/** Changes that a reader who has seen one need not look at, if their seats and money are about the same: same sort, offer and fields, same way back and access. */
function likeness(change: Change): string {
  const { kind, action, by, reason, cause, protect, impact } = change;
  const { reversible, destructive, access, item, money } = impact;
  const fields = action === "update" ? change.fields.map((one) => one.pointer) : [];
  return JSON.stringify([kind, action, by, reason, cause, protect, fields, reversible, destructive, access, item?.offer, money?.currency]);
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
