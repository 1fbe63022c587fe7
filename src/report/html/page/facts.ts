import { html, type Markup, nothing, type Piece } from "./markup.ts";

/** A name and what it is; one whose value is missing or empty is left out. */
export type Fact = readonly [name: string, value: Piece];

/** Names and values, one pair a line. */
export function facts(pairs: readonly Fact[]): Markup {
  const known = pairs.filter(([, value]) => value !== undefined && value !== false && value !== "");
  if (known.length === 0) return nothing;
  return html`<dl class="facts">${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A number worth seeing from afar. */
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

/** Text that is an id, a hash, an address: not to be read as words, and broken anywhere. */
export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}

/** An address, its name standing out from the path to it. */
export function addressMarkup(address: string): Markup {
  const at = address.lastIndexOf("/") + 1;
  return html`<code class="at"><span>${address.slice(0, at)}</span>${address.slice(at)}</code>`;
}
