import type { LineFinding } from "../../model/billing/reconciliation.ts";
import { absolute, cent, decimalText, millionths } from "./amounts.ts";
import { familyOf } from "./charge-type.ts";

/** Rates are compared in millionths of the amount, rounded to this. */
const step = 1000n;

/**
 * Marks explained lines whose tax is not that of the invoice's own rate, the one that most of its
 * lines have. Credits include their tax and are left alone.
 */
export function taxFindings(findings: readonly LineFinding[]): readonly LineFinding[] {
  const rate = usualRate(findings);
  if (rate === undefined) return findings;
  return findings.map((finding) => {
    const { line, status } = finding;
    if (status !== "explained" || familyOf(line.chargeType) === "offset") return finding;
    const due = (millionths(line.subtotal) * rate) / 1_000_000n;
    const isRight = absolute(millionths(line.tax) - due) <= cent && addsUp(finding);
    if (isRight) return finding;
    const rounded = ((absolute(due) + cent / 2n) / cent) * cent * (due < 0n ? -1n : 1n);
    return { ...finding, status: "tax", expected: { tax: decimalText(rounded) } };
  });
}

/** The total of a line is what remains after discount, and the tax. */
function addsUp({ line }: LineFinding): boolean {
  const [subtotal, tax] = [millionths(line.subtotal), millionths(line.tax)];
  const discount = millionths(line.discount ?? "0");
  return (
    absolute(subtotal + tax - millionths(line.total)) <= cent &&
    absolute(millionths(line.amount) - absolute(discount) - subtotal) <= cent
  );
}

/** The most common rate. Small lines are left out: a cent makes too much of it. */
function usualRate(findings: readonly LineFinding[]): bigint | undefined {
  const lines = findings
    .filter(({ line }) => familyOf(line.chargeType) !== "offset")
    .map(({ line }) => ({
      subtotal: absolute(millionths(line.subtotal)),
      tax: absolute(millionths(line.tax)),
    }))
    .filter(({ subtotal }) => subtotal > 100n * cent);
  const rates = lines.map(
    ({ subtotal, tax }) => ((tax * 1_000_000n) / subtotal + step / 2n) / step,
  );
  const counts = new Map<bigint, number>();
  for (const rate of rates) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  const usual = [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
  return usual === undefined ? undefined : usual * step;
}
