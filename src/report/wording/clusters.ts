import { hundredths } from "../../model/values/money.ts";
import type { Impact } from "../../model/plan/plan.ts";

/** What is compared: seats, and hundredths a month and for the whole term. */
type Sizes = readonly number[];

/** Members whose seats and money are of about the same size together: what is more than twice as much as the least of others stands apart. Each keeps its place among those of its size. */
export function clusters<T>(members: readonly T[], impactOf: (member: T) => Impact | undefined): readonly (readonly T[])[] {
  const sized = members.map((member) => ({ member, sizes: sizesOf(impactOf(member)) }));
  sized.sort((left, right) => weight(left.sizes) - weight(right.sizes));
  const found: { readonly least: Sizes; readonly members: T[] }[] = [];
  for (const { member, sizes } of sized) {
    const near = found.find(({ least }) => least.every((one, index) => areNear(one, sizes[index] ?? 0)));
    if (near) near.members.push(member);
    else found.push({ least: sizes, members: [member] });
  }
  return found.map((one) => one.members);
}

function sizesOf({ seats = 0, money }: Partial<Impact> = {}): Sizes {
  return [seats, ...[money?.perMonth, money?.committed].map((one) => Number(hundredths(one ?? "0")))];
}

function weight(sizes: Sizes): number {
  return sizes.reduce((sum, one) => sum + Math.abs(one), 0);
}

function areNear(one: number, other: number): boolean {
  const [less, more] = [Math.min(Math.abs(one), Math.abs(other)), Math.max(Math.abs(one), Math.abs(other))];
  return Math.sign(one) === Math.sign(other) && more <= 2 * less;
}
