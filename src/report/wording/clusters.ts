import { hundredths } from "../../model/values/money.ts";
import type { Impact } from "../../model/plan/plan.ts";

/** The compared amounts: seats, money per month and committed money, in hundredths. */
type Sizes = readonly number[];

/**
 * Groups members with similar seats and money: amounts in a group have the same sign and are at
 * most twice the smallest. Members of equal size keep their order.
 */
export function clusters<T>(
  members: readonly T[],
  impactOf: (member: T) => Impact | undefined,
): readonly (readonly T[])[] {
  const sized = members.map((member) => ({ member, sizes: sizesOf(impactOf(member)) }));
  sized.sort((left, right) => weight(left.sizes) - weight(right.sizes));
  const found: { readonly least: Sizes; readonly members: T[] }[] = [];
  for (const { member, sizes } of sized) {
    const near = found.find(({ least }) =>
      least.every((one, index) => areNear(one, sizes[index] ?? 0)),
    );
    if (near) near.members.push(member);
    else found.push({ least: sizes, members: [member] });
  }
  return found.map((one) => one.members);
}

function sizesOf({ seats = 0, money }: Partial<Impact> = {}): Sizes {
  return [
    seats,
    ...[money?.perMonth, money?.committed].map((one) => Number(hundredths(one ?? "0"))),
  ];
}

function weight(sizes: Sizes): number {
  return sizes.reduce((sum, one) => sum + Math.abs(one), 0);
}

function areNear(one: number, other: number): boolean {
  const [less, more] = [
    Math.min(Math.abs(one), Math.abs(other)),
    Math.max(Math.abs(one), Math.abs(other)),
  ];
  return Math.sign(one) === Math.sign(other) && more <= 2 * less;
}
