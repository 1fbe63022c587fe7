import { record } from "../../model/text/recorded.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { Kind } from "../../model/kind.ts";
import { hundredths, formatMoney } from "../../model/values/money.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { ApprovalNeed } from "../../model/plan/approval-need.ts";
import { say, sentences, type Wording } from "../../model/text/phrase.ts";
import { isUnpriced } from "../../model/plan/unpriced.ts";

/** The settings' approval rules: who may approve, and which plans need how many approvals. */
export type ApprovalRules = NonNullable<Settings["approvals"]>;

type Rule = ApprovalRules["rules"][number];
type Because = (
  changes: readonly Change[],
  when: Rule["when"],
  kinds: readonly Kind[],
) => Wording | undefined;

const reasons: readonly Because[] = [
  always,
  money,
  priceless,
  irreversible,
  destructive,
  administrators,
];

interface Asking {
  readonly approvals?: readonly Rule[];
  readonly kinds: readonly Kind[];
  /** The plan is applied without its manifests: every rule applies. */
  readonly detached?: true;
}

/**
 * The approvals that these changes need: one entry per rule that applies, in the rules' order.
 * Empty if there are no changes.
 */
export function needs(
  changes: readonly Change[],
  { approvals: rules = [], kinds, detached }: Asking,
): readonly ApprovalNeed[] {
  if (changes.length === 0) return [];
  return rules.flatMap(({ name, when, approvals }) => {
    const found = reasons.flatMap((reason) => reason(changes, when, kinds) ?? []);
    const because = sentences(
      detached ? [...found, say`it is applied without its manifests`] : found,
    );
    if (because === undefined) return [];
    return [record({ ...(name !== undefined && { rule: name }), approvals, because })];
  });
}

function always(_: readonly Change[], when: Rule["when"]): Wording | undefined {
  return when.always ? say`every plan needs it` : undefined;
}

function money(
  changes: readonly Change[],
  { moneyPerMonth: limit }: Rule["when"],
): Wording | undefined {
  if (limit === undefined) return undefined;
  const dearer = changes.flatMap(({ impact }) =>
    impact.money && hundredths(impact.money.perMonth) > 0n ? [impact.money] : [],
  );
  const total = dearer.reduce((sum, { perMonth }) => sum + hundredths(perMonth), 0n);
  const most = BigInt(Math.round(limit * 100));
  if (total <= most) return undefined;
  const currency = dearer[0]?.currency ?? "";
  return say`${formatMoney(total, currency)} a month of new money is over ${formatMoney(most, currency)}`;
}

/** An unknown price could exceed any limit. */
function priceless(
  changes: readonly Change[],
  { moneyPerMonth: limit }: Rule["when"],
): Wording | undefined {
  if (limit === undefined) return undefined;
  const number = changes.filter(isUnpriced).length;
  return told(
    number,
    say`1 change orders seats at a price nobody knows`,
    say`${number} changes order seats at a price nobody knows`,
  );
}

function irreversible(changes: readonly Change[], when: Rule["when"]): Wording | undefined {
  const number = when.irreversible
    ? changes.filter(({ impact }) => impact.reversible === "no").length
    : 0;
  return told(number, say`1 change cannot be undone`, say`${number} changes cannot be undone`);
}

function destructive(changes: readonly Change[], when: Rule["when"]): Wording | undefined {
  const number = when.destructive ? changes.filter(({ impact }) => impact.destructive).length : 0;
  return told(
    number,
    say`1 change takes service or data away`,
    say`${number} changes take service or data away`,
  );
}

function administrators(
  changes: readonly Change[],
  when: Rule["when"],
  kinds: readonly Kind[],
): Wording | undefined {
  if (!when.administrators) return undefined;
  const named = new Map(kinds.map((kind) => [kind.name, kind]));
  const number = changes.filter((change) => named.get(change.kind)?.administers?.(change)).length;
  return told(
    number,
    say`1 change is about an administrator`,
    say`${number} changes are about administrators`,
  );
}

function told(number: number, one: string, many: Wording): Wording | undefined {
  return number === 0 ? undefined : number === 1 ? one : many;
}
