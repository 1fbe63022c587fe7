import type { World } from "../model/kind.ts";
import { hundredths, priced } from "../model/money.ts";
import type { Change, Tripped } from "../model/plan.ts";
import { say } from "../model/say.ts";
import { append } from "./append.ts";
import type { Desk } from "./draft.ts";
import type { Limits } from "./input.ts";

interface Case {
  readonly changes: readonly Change[];
  readonly limits: Limits;
  /** How many objects of a kind live in the account. */
  live(kind: string): number;
}

type Guard = (of: Case) => readonly Tripped[];

const guards: readonly Guard[] = [protectedObjects, share, count, money, seats, irreversible];

/** Every guard that stops these changes: the generic ones, then each kind's own. None where nothing changes. */
export function guard(changes: readonly Change[], world: World, { input, matching }: Desk): readonly Tripped[] {
  if (changes.length === 0) return [];
  const of: Case = { changes, limits: input.guards, live: (kind) => Math.max(matching.live(kind).length, input.known?.[kind] ?? 0) };
  return [...guards.flatMap((one) => one(of)), ...input.kinds.flatMap((kind) => kind.guard?.(changes, world) ?? [])];
}

function protectedObjects({ changes }: Case): readonly Tripped[] {
  const stopped = changes.filter(
    ({ protect, action, impact }) =>
      protect && action !== "create" && (action === "remove" || impact.reversible === "no" || impact.destructive),
  );
  return stopped.length === 0 ? [] : [tripped("protected", protectedWords(addresses(stopped)), stopped)];
}

/** The smallest kind a share is judged of: below it one object is already more than any sensible share. */
const shareFrom = 10;

function share({ changes, limits, live }: Case): readonly Tripped[] {
  const limit = limits.share ?? 25;
  return [...touched(changes)].flatMap(([kind, of]) => {
    const [part, all] = [addresses(of), live(kind)];
    if (all < shareFrom || part * 100 <= limit * all) return [];
    const percent = Math.floor((part * 1000) / all) / 10;
    return [
      tripped("share", say`${part} of ${all} ${kind} objects (${percent} %) would be removed or changed; the limit is ${limit} %`, of),
    ];
  });
}

function count({ changes, limits: { count: limit } }: Case): readonly Tripped[] {
  if (limit === undefined) return [];
  return [...touched(changes)].flatMap(([kind, of]) =>
    addresses(of) <= limit
      ? []
      : [tripped("count", say`${addresses(of)} ${kind} objects would be removed or changed; the limit is ${limit}`, of)],
  );
}

function money({ changes, limits: { moneyPerMonth: limit } }: Case): readonly Tripped[] {
  if (limit === undefined) return [];
  const dearer = changes.filter(({ impact }) => impact.money !== undefined && hundredths(impact.money.perMonth) > 0n);
  const total = dearer.reduce((sum, { impact }) => sum + hundredths(impact.money?.perMonth ?? "0"), 0n);
  const most = BigInt(Math.round(limit * 100));
  if (total <= most) return [];
  const currency = dearer[0]?.impact.money?.currency ?? "";
  return [tripped("money", say`${priced(total, currency)} a month would be added; the limit is ${priced(most, currency)}`, dearer)];
}

function seats({ changes, limits: { seats: limit } }: Case): readonly Tripped[] {
  if (limit === undefined) return [];
  const more = changes.filter(({ impact }) => (impact.seats ?? 0) > 0);
  const total = more.reduce((sum, { impact }) => sum + (impact.seats ?? 0), 0);
  return total <= limit ? [] : [tripped("seats", say`${total} seats would be added; the limit is ${limit}`, more)];
}

function irreversible({ changes }: Case): readonly Tripped[] {
  const stopped = changes.filter(({ impact }) => impact.reversible === "no");
  return stopped.length === 0
    ? []
    : [
        tripped(
          "irreversible",
          stopped.length === 1 ? say`1 change cannot be undone` : say`${stopped.length} changes cannot be undone`,
          stopped,
        ),
      ];
}

/** Changes of what already lives, by kind. */
function touched(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const byKind = new Map<string, Change[]>();
  for (const change of changes) if (!isHarmless(change)) append(byKind, change.kind, change);
  return byKind;
}

function isHarmless(change: Change): boolean {
  return change.action === "create" || change.action === "release" || change.action === "rename" || change.observed.id === "";
}

function addresses(changes: readonly Change[]): number {
  return new Set(changes.map(({ address }) => address)).size;
}

function protectedWords(objects: number): string {
  return objects === 1
    ? say`1 object is protected and would be changed in a way that cannot be undone`
    : say`${objects} objects are protected and would be changed in a way that cannot be undone`;
}

function tripped(name: string, message: string, changes: readonly Change[]): Tripped {
  return { name, message, changes: changes.map(({ id }) => id) };
}
