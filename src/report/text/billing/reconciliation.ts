import type {
  BilledSums,
  ExpectedLine,
  LineFinding,
  NotBilled,
  Reconciliation,
} from "../../../model/billing/reconciliation.ts";
import { clean } from "../../sanitize.ts";
import { languageOf } from "../../language/language.ts";
import type { Style } from "../../report.ts";
import { billedWords, orderWords, statusWords, sumWords } from "./wording.ts";
import { count } from "../../wording/format.ts";
import { page } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import { lineText } from "./invoices.ts";

/** Lines that are not explained come in full; those that are, with --verbose only. */
export function textReconciliation(given: Reconciliation, style: Style): string {
  const { lines, notBilled, sums, voided } = clean(given);
  const language = languageOf(style);
  const open = lines.filter(({ status }) => status !== "explained");
  const explained = lines.length - open.length;
  return page([
    open.flatMap((one) => findingText(one, style)),
    notBilled.flatMap((one) => notBilledText(one, style)),
    style.verbose
      ? lines.filter((one) => !open.includes(one)).flatMap((one) => findingText(one, style))
      : [],
    sums.flatMap((one) => sumText(one, style)),
    voided.map(
      (id) => language.say`${id} was taken back by a void note; its lines are not compared.`,
    ),
    [
      language.say`Explained: ${count(explained, "line", language)}; not explained: ${open.length}; ordered and not billed: ${notBilled.length}.`,
    ],
  ]);
}

function findingText(finding: LineFinding, style: Style): readonly string[] {
  const language = languageOf(style);
  const { line, status, order, expected } = finding;
  const sign = status === "explained" ? paint("good", "✓", style) : paint("bad", "✗", style);
  const [title = "", ...rest] = lineText(line, style);
  const words = [
    language.told(statusWords[status]),
    expected ? language.say`expected ${expectedText(expected)}` : "",
    order ? orderWords(order, language) : "",
  ].filter(Boolean);
  return [`${sign} ${title.trimStart()}`, ...rest, ...words.map((one) => `      ${one}`)];
}

function expectedText({ quantity, from, to, unitPrice, amount, tax }: ExpectedLine): string {
  const days = from === undefined ? undefined : `${from} – ${to}`;
  const cost = unitPrice === undefined ? undefined : `${unitPrice}, ${amount}`;
  return [quantity, days, cost, tax].filter((one) => one !== undefined).join(", ");
}

function notBilledText(one: NotBilled, style: Style): readonly string[] {
  const language = languageOf(style);
  return [
    `${paint("bad", "✗", style)} ${paint("strong", one.order.address, style)}`,
    `      ${billedWords(one, language)}`,
    `      ${orderWords(one.order, language)}`,
  ];
}

function sumText(sums: BilledSums, style: Style): readonly string[] {
  return sumWords(sums, languageOf(style)).map(([name, value]) => `${name}: ${value}`);
}
