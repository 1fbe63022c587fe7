import type { Change, Plan } from "../model/plan.ts";
import type { Result } from "../model/receipt.ts";
import { clean } from "./clean.ts";
import { clusters } from "./clusters.ts";

/** Results that ended alike, of which only the first are shown. */
export interface Fold {
  /** Ready to be shown. */
  readonly shown: readonly Result[];
  readonly hidden: number;
  /** What the hidden ones were to do, as far as the plan says. */
  readonly impacts: readonly Pick<Change, "impact">[];
}

const many = 30;
const few = 10;

/** Results of one status; where there are many, those alike in kind, action, code, offer, seats and money are told by the first of them. What cannot be undone, and what may have happened or not, is always shown. */
export function foldedResults(block: readonly Result[], plan: Plan | undefined, all: boolean): readonly Fold[] {
  if (all || block.length <= many) return [foldOf(block, block.length, new Map())];
  const planned = new Map(plan?.changes.map((change) => [change.id, change]));
  const sorts = new Map<string, Result[]>();
  for (const result of block) {
    const sort = likeness(result, planned.get(result.change));
    const members = sorts.get(sort);
    if (members === undefined) sorts.set(sort, [result]);
    else members.push(result);
  }
  const alike = [...sorts.values()].flatMap((members) => clusters(members, ({ change }) => planned.get(change)?.impact));
  return alike.map((members) => {
    const folds = members.length > few + 1 && members.every((one) => mayHide(one, planned.get(one.change)));
    return foldOf(members, folds ? few : members.length, planned);
  });
}

function foldOf(members: readonly Result[], most: number, planned: ReadonlyMap<string, Change>): Fold {
  const rest = members.slice(most);
  return { shown: clean(members.slice(0, most)), hidden: rest.length, impacts: rest.flatMap((one) => planned.get(one.change) ?? []) };
}

function mayHide({ status, action, credential }: Result, change: Change | undefined): boolean {
  if (status === "unknown" || credential === "lost") return false;
  if (status !== "done") return true;
  return change === undefined ? action !== "create" && action !== "upgrade" : change.impact.reversible !== "no";
}

function likeness({ address, action, code, credential }: Result, change: Change | undefined): string {
  const { item, money } = change?.impact ?? {};
  const kind = address.slice(0, address.indexOf("/"));
  return JSON.stringify([kind, action, code, credential, item?.offer, money?.currency]);
}
