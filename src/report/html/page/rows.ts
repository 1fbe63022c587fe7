import { html, type Markup, nothing } from "./markup.ts";

/** The properties a row can be filtered by. */
export interface Facets {
  readonly kind?: string;
  readonly action?: string;
  readonly back?: string;
  readonly status?: string;
  readonly who?: string;
  readonly manual?: boolean;
  readonly money?: boolean;
}

/** A searchable row of a page: a change or a result. */
export interface PageRow {
  /** The group that contains the row. */
  readonly home: string;
  readonly head: Markup;
  readonly body: Markup;
  readonly facets: Facets;
}

/** Rows shown together. */
export interface RowGroup {
  readonly title: Markup;
  /** Shown beside the title. */
  readonly aside?: Markup;
  /** Shown above the rows. */
  readonly lead?: Markup;
  /** Facets of a group without rows. */
  readonly facets?: Facets;
  readonly rows: readonly PageRow[];
}

/** Groups rows by home, in order of first occurrence. */
export function byHome(rows: readonly PageRow[]): ReadonlyMap<string, readonly PageRow[]> {
  const found = new Map<string, PageRow[]>();
  for (const row of rows) {
    const members = found.get(row.home);
    if (members === undefined) found.set(row.home, [row]);
    else members.push(row);
  }
  return found;
}

// On pages with more than `many` rows, the browser lays out blocks of rows only near the viewport.
const block = 50;
const many = 300;

/** Groups with all their rows; the page's script hides rows that do not match the filter. */
export function groupList(groups: readonly RowGroup[]): Markup {
  const rows = groups.reduce((all, group) => all + group.rows.length, 0);
  return html`<div id="rows"${rows > many ? html` class="many"` : nothing}>${groups.map(groupItem)}</div>
`;
}

function groupItem({ title, aside = nothing, lead = nothing, rows, facets }: RowGroup): Markup {
  const blocks = Array.from({ length: Math.ceil(rows.length / block) }, (_, index) =>
    rows.slice(index * block, (index + 1) * block),
  );
  const own = rows.length === 0 ? html` data-row${attributes(facets ?? {})}` : nothing;
  return html`<details class="group" open${own}><summary><h3>${title}</h3> <span class="aside">${aside}</span></summary>
${lead}${blocks.map(
  (some) => html`<ul class="rows n${Math.ceil(some.length / 5)}">
${some.map(rowItem)}</ul>
`,
)}</details>
`;
}

/** One row as a list item. */
export function rowItem({ head, body, facets }: PageRow): Markup {
  return html`<li data-row${attributes(facets)}><p class="head">${head}</p>${body}</li>
`;
}

function attributes({ kind, action, back, status, who, manual, money }: Facets): Markup {
  const texts = Object.entries({ kind, action, back, status, who });
  return html`${texts.map(([name, value]) => (value === undefined ? nothing : html` data-${name}="${value}"`))}${manual ? html` data-manual` : nothing}${money ? html` data-money` : nothing}`;
}
