import type { Change } from "../../model/plan/plan.ts";
import { clean } from "../sanitize.ts";
import { clusters } from "./clusters.ts";
import { english, type Language } from "../language/language.ts";
import { formatPointer, type IdNames, formatValue } from "./value.ts";
import { actions, causes, list, number } from "./format.ts";

/** Changes shown together. */
export interface ChangeGroup {
  /**
   * The common prefix of all addresses, or the changes' common properties in words. Empty if they
   * have none.
   */
  readonly title: string;
  /** The prefix omitted from the addresses below the title. */
  readonly prefix: string;
  readonly shown: readonly Change[];
  /** Further changes that are similar in kind, offer, seats and money. */
  readonly hidden: readonly Change[];
  /** The title states the cause of all changes. */
  readonly causeTold?: boolean;
}

/** The reader's language, and display names of ids. */
export interface Grouping {
  readonly names: IdNames;
  readonly language?: Language;
}

const many = 40;
const few = 3;

/**
 * Groups changes by parent. More than 40 changes are grouped by similarity unless `all` is set, and
 * each group shows its first ones. Changes that cannot be undone are always shown.
 */
export function groupChanges(
  changes: readonly Change[],
  all: boolean,
  grouping: Grouping,
): readonly ChangeGroup[] {
  return all || changes.length <= many ? byHome(changes) : byLikeness(changes, grouping);
}

function byHome(changes: readonly Change[]): readonly ChangeGroup[] {
  const homes = [
    ...collect(changes, (change) => change.address.slice(0, change.address.lastIndexOf("/") + 1)),
  ];
  const isLone = ([prefix, members]: (typeof homes)[number]) =>
    prefix === "" || members.length === 1;
  const lone = homes.filter(isLone).flatMap(([, members]) => members);
  const shared = homes.filter((home) => !isLone(home));
  const groups = shared.map(([prefix, members]) => ({
    title: prefix,
    prefix,
    shown: members,
    hidden: [],
  }));
  return lone.length === 0
    ? groups
    : [{ title: "", prefix: "", shown: lone, hidden: [] }, ...groups];
}

function byLikeness(changes: readonly Change[], grouping: Grouping): readonly ChangeGroup[] {
  const alike = [...collect(changes, likeness).values()];
  const sorts = alike
    .flatMap((members) =>
      isGrave(members[0]) ? [members] : clusters(members, ({ impact }) => impact),
    )
    .sort(([one], [other]) => gravity(one) - gravity(other));
  return sorts.map((members) => {
    const [first] = members;
    const whole = members.length <= few + 1 || isGrave(first);
    const title = first === undefined ? "" : titleOf(first, members.length, grouping);
    const [shown, hidden] = whole ? [members, []] : [members.slice(0, few), members.slice(few)];
    return { title, prefix: "", shown, hidden, causeTold: true };
  });
}

/** The sort order: irreversible changes first, then destructive ones. */
function gravity(change: Change | undefined): number {
  if (isGrave(change)) return 0;
  return change?.impact.destructive ? 1 : 2;
}

function isGrave(change: Change | undefined): boolean {
  return change?.impact.reversible === "no";
}

/**
 * Sanitizes a group for display. Hidden changes are only summarized and can be many, so they stay
 * as they are.
 */
export function cleanGroup({ hidden, ...group }: ChangeGroup): ChangeGroup {
  return { ...clean(group), hidden };
}

function titleOf(first: Change, members: number, { names, language = english }: Grouping): string {
  const what = actions[first.action](language, number(members));
  const cause = language.told(causes[first.cause]);
  const { item } = first.impact;
  const about =
    item === undefined ? first.kind : `${first.kind} · ${formatValue(item.offer, names, language)}`;
  if (first.action !== "update") return language.say`${about}, ${what} (${cause})`;
  const fields = list(
    first.fields.map((one) => formatPointer(one.pointer)),
    language,
  );
  return language.say`${about}, ${what}: ${fields} (${cause})`;
}

/** Changes with the same key differ at most in seats and money. */
function likeness(change: Change): string {
  const { kind, action, by, reason, cause, protect, impact } = change;
  const { reversible, destructive, access, item, money } = impact;
  const fields = action === "update" ? change.fields.map((one) => one.pointer) : [];
  return JSON.stringify([
    kind,
    action,
    by,
    reason,
    cause,
    protect,
    fields,
    reversible,
    destructive,
    access,
    item?.offer,
    money?.currency,
  ]);
}

function collect(
  changes: readonly Change[],
  key: (change: Change) => string,
): ReadonlyMap<string, Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) {
    const at = key(change);
    const members = found.get(at);
    if (members === undefined) found.set(at, [change]);
    else members.push(change);
  }
  return found;
}
