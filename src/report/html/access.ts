import type { Change } from "../../model/plan/plan.ts";
import { addressMarkup } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { Language } from "../language/language.ts";
import { number } from "../wording/format.ts";

interface Pattern {
  readonly addresses: string[];
  readonly gains: ReadonlySet<string>;
  readonly loses: ReadonlySet<string>;
}

// The number of names shown at once; more are collapsed.
const most = 8;

/** A matrix of gained and lost access. Objects with the same access changes share a row. */
export function accessMatrix(
  changes: readonly Change[],
  language: Language,
): { readonly content: Markup; readonly people: number } {
  const patterns = alike(changes);
  if (patterns.length === 0) return { content: nothing, people: 0 };
  const capabilities = [...new Set(patterns.flatMap(({ gains, loses }) => [...gains, ...loses]))];
  const content = html`<p class="note" id="access-key"><b class="good">+</b> ${language.say`gains`} · <b class="bad">−</b> ${language.say`loses`}</p>
<div class="wide" role="region" tabindex="0" aria-labelledby="access-title"><table class="matrix"><caption class="hidden">${language.say`Capabilities gained and lost, by whom`}</caption>
<thead><tr><th scope="col">${language.say`Who`}</th>${capabilities.map((one) => html`<th scope="col"><span>${language.told(one)}</span></th>`)}</tr></thead>
<tbody>${patterns.map((one) => rowOf(one, capabilities, language))}</tbody></table></div>
`;
  return { content, people: patterns.reduce((all, { addresses }) => all + addresses.length, 0) };
}

function alike(changes: readonly Change[]): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const { address, impact } of changes) {
    const { gains = [], loses = [] } = impact.access ?? {};
    if (gains.length === 0 && loses.length === 0) continue;
    const key = JSON.stringify([gains, loses]);
    const pattern = found.get(key) ?? {
      addresses: [],
      gains: new Set(gains),
      loses: new Set(loses),
    };
    pattern.addresses.push(address);
    found.set(key, pattern);
  }
  return [...found.values()];
}

function rowOf(
  { addresses, gains, loses }: Pattern,
  capabilities: readonly string[],
  language: Language,
): Markup {
  const told = { gain: language.say`gains`, loss: language.say`loses` };
  const cells = capabilities.map((one) => {
    if (gains.has(one))
      return html`<td class="good"><span aria-hidden="true">+</span><span class="hidden">${told.gain}</span></td>`;
    return loses.has(one)
      ? html`<td class="bad"><span aria-hidden="true">−</span><span class="hidden">${told.loss}</span></td>`
      : html`<td></td>`;
  });
  return html`<tr><th scope="row">${names(addresses, language)}</th>${cells}</tr>
`;
}

function names(addresses: readonly string[], language: Language): Markup {
  const line = (one: string) => html`<div>${addressMarkup(one)}</div>`;
  if (addresses.length <= most) return html`${addresses.map(line)}`;
  return html`${addresses.slice(0, 3).map(line)}<details><summary>${language.say`and ${number(addresses.length - 3)} more`}</summary>${addresses.slice(3).map(line)}</details>`;
}
