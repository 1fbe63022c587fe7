import type { RenewalRow, Renewals } from "../../model/plan/renewals.ts";
import { type Language, languageOf } from "../language/language.ts";
import { renderJson } from "../machine/json.ts";
import type { Style } from "../report.ts";
import { decisions, nowAndThen } from "../text/renewals.ts";
import { count, money, number } from "../wording/format.ts";
import { renderBars, renderTimeline, type Span } from "./page/drawing.ts";
import { addressMarkup, code, figures } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import { page, printCommand } from "./page/page.ts";

/** With more of them, the rest is in the table alone. */
const drawn = 40;

/** The ends of terms as a page: a timeline, the money of twelve months, and a table of each. */
export function htmlRenewals(renewals: Renewals, style: Style): string {
  const language = languageOf(style);
  const { asOf, until, rows, months } = renewals;
  const open = rows.filter(isOpen).length;
  const lead = figures([
    { value: number(rows.length), name: language.say`terms that end` },
    { value: number(open), name: language.say`undecided` },
  ]);
  const embedded = {
    json: renderJson({ kind: "renewals", renewals }, style),
    command: printCommand("partnerctl renewals", style),
    file: "renewals.json",
  };
  const parts = [
    {
      id: "ends",
      title: language.say`Ends of terms`,
      count: number(rows.length),
      content: endsPart(renewals, language),
    },
    {
      id: "months",
      title: language.say`Billed in the next twelve months`,
      content: months.length === 0 ? nothing : monthsPart(renewals, language),
    },
  ];
  const title = language.say`${asOf} to ${until}`;
  return page({ sort: language.say`Renewals`, title, lead, parts, embedded }, language);
}

function isOpen({ decision, status }: RenewalRow): boolean {
  return status === "active" && (decision === "undecided" || decision === "unmanaged");
}

function endsPart({ asOf, until, rows }: Renewals, language: Language): Markup {
  if (rows.length === 0) return nothing;
  const [from, to] = [Date.parse(asOf), Date.parse(until)];
  const spans = rows.slice(0, drawn).map(
    (row): Span => ({
      name: `${row.customer} ${row.name}`,
      part: to === from ? 1 : (Date.parse(row.endsOn) - from) / (to - from),
      label: `${row.endsOn} ${language.told(decisions[row.decision])}`,
      tone: toneOf(row),
    }),
  );
  const about = {
    id: "timeline",
    title: language.say`Timeline of the ends of terms`,
    description: language.say`${count(rows.length, "subscription", language)}, each with a line from ${asOf} to the last day of its term. The table below has them all.`,
  };
  return html`${renderTimeline(spans, about)}${endsTable(rows, language)}`;
}

function toneOf({ decision }: RenewalRow): Span["tone"] {
  if (decision === "undecided") return "bad";
  return decision === "unmanaged" ? "caution" : "good";
}

function endsTable(rows: readonly RenewalRow[], language: Language): Markup {
  const heads = [
    language.say`Last day`,
    language.say`Subscription`,
    language.say`Decided`,
    language.say`Changed on`,
    language.say`Now and then`,
  ];
  const lines = rows.map((row) => {
    const who =
      row.address === undefined
        ? html`${row.customer} ${row.name} ${code(row.id)}`
        : addressMarkup(row.address);
    return html`<tr><th scope="row" class="when">${row.endsOn}</th><td>${who}<br>${row.offerName ?? row.offer}</td><td>${language.told(decisions[row.decision])}</td><td class="when">${row.actsOn}</td><td>${nowAndThen(row, language)}</td></tr>
`;
  });
  return html`<div class="wide" role="region" tabindex="0" aria-labelledby="ends-title"><table><thead><tr>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${lines}</tbody></table></div>
`;
}

function monthsPart({ months }: Renewals, language: Language): Markup {
  const currencies = [...new Set(months.map(({ currency }) => currency))];
  const charts = currencies.map((currency) => {
    const own = months.filter((one) => one.currency === currency);
    return renderBars(
      own.map(({ month, amount }) => ({
        name: month,
        size: Number(amount),
        label: money(amount, currency),
      })),
      {
        id: `months-${currency}`,
        title: language.say`Money by month in ${currency}`,
        description: language.say`A bar for each of the next twelve months. The table below has the amounts.`,
      },
    );
  });
  const heads = [language.say`Month`, language.say`Billed`, language.say`Without a known price`];
  return html`<p class="note">${language.say`Without proration and tax. Annual terms are billed whole in the month in which they begin.`}</p>
${charts}<div class="wide" role="region" tabindex="0" aria-labelledby="months-title"><table class="sums"><thead><tr>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${months.map(
    ({
      month,
      currency,
      amount,
      unpriced,
    }) => html`<tr><th scope="row">${month}</th><td>${money(amount, currency)}</td><td>${number(unpriced)}</td></tr>
`,
  )}</tbody></table></div>
`;
}
