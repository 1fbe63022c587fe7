import type { ChangeId, Impact } from "../../model/plan/plan.ts";
import type { Result } from "../../model/plan/receipt.ts";
import { clean } from "../sanitize.ts";
import { clusters } from "./clusters.ts";

/** The outcome of a change; without a status it is open. */
type Ended = Pick<Result, "change" | "address" | "action" | "credential"> &
  Partial<Pick<Result, "status" | "code">>;

/** The planned impacts by change. */
export type Impacts = ReadonlyMap<ChangeId, Impact>;

/** Results with similar outcomes, of which only the first are shown. */
export interface Fold<T> {
  /** Sanitized. */
  readonly shown: readonly T[];
  readonly hidden: number;
  /** The planned impacts of the hidden results, if known. */
  readonly impacts: readonly { readonly impact: Impact }[];
}

const many = 30;
const few = 10;

/**
 * Groups results. If there are more than 30, groups of more than 11 similar results (kind, action,
 * status, code, impact) show only 10. Results that cannot be undone or whose outcome is unknown are
 * always shown, and with `all`, every result.
 */
export function foldedResults<T extends Ended>(
  results: readonly T[],
  impacts: Impacts,
  all: boolean,
): readonly Fold<T>[] {
  if (all || results.length <= many) return [foldOf(results, results.length, impacts)];
  const sorts = new Map<string, T[]>();
  for (const result of results) {
    const sort = likeness(result, impacts.get(result.change));
    const members = sorts.get(sort);
    if (members === undefined) sorts.set(sort, [result]);
    else members.push(result);
  }
  const alike = [...sorts.values()].flatMap((members) =>
    clusters(members, ({ change }) => impacts.get(change)),
  );
  return alike.map((members) => {
    const folds =
      members.length > few + 1 && members.every((one) => mayHide(one, impacts.get(one.change)));
    return foldOf(members, folds ? few : members.length, impacts);
  });
}

function foldOf<T extends Ended>(members: readonly T[], most: number, impacts: Impacts): Fold<T> {
  const rest = members.slice(most);
  const known = rest.flatMap(({ change }) => impacts.get(change) ?? []);
  return {
    shown: clean(members.slice(0, most)),
    hidden: rest.length,
    impacts: known.map((impact) => ({ impact })),
  };
}

function mayHide({ status, action, credential }: Ended, impact: Impact | undefined): boolean {
  if (status === undefined || status === "unknown" || credential === "lost") return false;
  if (status !== "done") return true;
  return impact === undefined
    ? action !== "create" && action !== "upgrade"
    : impact.reversible !== "no";
}

function likeness(
  { address, action, status, code, credential }: Ended,
  impact: Impact | undefined,
): string {
  const { reversible, destructive, access, item, money } = impact ?? {};
  const kind = address.slice(0, address.indexOf("/"));
  return JSON.stringify([
    kind,
    action,
    status,
    code,
    credential,
    reversible,
    destructive,
    access,
    item?.offer,
    money?.currency,
  ]);
}
