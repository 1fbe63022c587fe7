import { html, type Markup, nothing, type Piece } from "./markup.ts";

/** A name and its value. Facts with a missing or empty value are omitted. */
export type Fact = readonly [name: string, value: Piece];

/** Names and values, one pair per line. */
export function facts(pairs: readonly Fact[]): Markup {
  const known = pairs.filter(([, value]) => value !== undefined && value !== false && value !== "");
  if (known.length === 0) return nothing;
  return html`<dl class="facts">${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A number to be shown prominently. */
export interface Figure {
  readonly value: string;
  readonly name: string;
  readonly sign?: Markup;
}

/** Numbers side by side. */
export function figures(all: readonly Figure[]): Markup {
  if (all.length === 0) return nothing;
  return html`<ul class="figures">${all.map(({ value, name, sign = nothing }) => html`<li>${sign}<b>${value}</b> <span>${name}</span></li>`)}</ul>`;
}

/** An id, hash or address: in monospace, and broken anywhere. */
export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}

/** An address with its name emphasized. */
export function addressMarkup(address: string): Markup {
  const at = address.lastIndexOf("/") + 1;
  return html`<code class="at"><span>${address.slice(0, at)}</span>${address.slice(at)}</code>`;
}
