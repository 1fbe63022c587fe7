import type { Change, FieldChange } from "../../model/plan/plan.ts";
import type { Language } from "../language/language.ts";
import { because, signs } from "../text/plan/change.ts";
import { ledgerLesson, protectedNote, seatsToTell } from "../text/plan/consequences.ts";
import { causes, perMonth, some, verbs, wayBack } from "../wording/format.ts";
import { costNotes, itemOf } from "../wording/item.ts";
import { formatPointer, formatValue, type IdNames } from "../wording/value.ts";
import { addressMarkup } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { PageRow } from "./page/rows.ts";

/** Display names of ids, and the reader's language. */
export interface ChangeContext {
  readonly names: IdNames;
  readonly language: Language;
}

/** A change as a row that can be searched and filtered. */
export function changeRow(
  change: Change,
  home: string,
  { names, language }: ChangeContext,
): PageRow {
  const { action, kind, by, impact } = change;
  const price = perMonth(impact.money, language).replace(/^-/, "−");
  const manual = by === "manual" ? html`<span class="tag">${language.say`manual`}</span>` : nothing;
  const head = html`${signOf(action, language)}${addressMarkup(change.address)} <span class="verb">${verbAndItem(action, itemOf(change, names), language)}</span>${manual}${price === "" ? nothing : html`<span class="money">${price}</span>`}`;
  const body = html`${fieldList(change, { names, language })}${consequences(change, language)}${access(change, language)}`;
  return {
    home,
    head,
    body,
    facets: {
      kind,
      action,
      back: impact.reversible,
      who: home,
      manual: by === "manual",
      money: price !== "",
    },
  };
}

/** The item of a change after its verb, which only screen readers tell; the verb if it has none. */
export function verbAndItem(action: Change["action"], item: string, language: Language): Markup {
  const verb = language.told(verbs[action]);
  return item === "" ? html`${verb}` : html`<span class="hidden">${verb} </span>${item}`;
}

/** The sign of an action, hidden from screen readers; the verb is its tooltip. */
export function signOf(action: Change["action"], language: Language): Markup {
  const { sign, tone } = signs[action];
  return html`<b class="sign ${tone}" title="${language.told(verbs[action])}" aria-hidden="true">${sign === "-" ? "−" : sign}</b>`;
}

/** The fields of a change: new values for a creation, else old and new values. */
export function fieldList(
  change: Pick<Change, "fields" | "action" | "cause">,
  { names, language }: ChangeContext,
): Markup {
  const { fields, action, cause } = change;
  if (fields.length === 0) return nothing;
  const created = action === "create";
  const mixed = fields.some((one) => one.cause !== cause);
  const items = fields.map((one) => {
    const why = mixed
      ? html` <span class="note">(${language.told(causes[one.cause])})</span>`
      : nothing;
    return html`<div><dt>${formatPointer(one.pointer)}</dt><dd>${created ? valueWords(one.after, names, language) : pair(one, names, language)}${why}</dd></div>`;
  });
  return html`<dl class="${created ? "new" : "pairs"}">${items}</dl>`;
}

function pair({ before, after }: FieldChange, names: IdNames, language: Language): Markup {
  return html`<del>${valueWords(before, names, language)}</del> <span class="arrow">→</span> <ins>${valueWords(after, names, language)}</ins>`;
}

function valueWords(
  value: FieldChange["after"] | undefined,
  names: IdNames,
  language: Language,
): Markup {
  const text = formatValue(value, names, language);
  const id =
    typeof value === "string" && Object.hasOwn(names, value) && text !== value
      ? html` <span class="note">${value}</span>`
      : nothing;
  return html`${text}${id}`;
}

function consequences(change: Change, language: Language): Markup {
  const { impact, requires } = change;
  const serious = impact.reversible === "no" || impact.destructive === true;
  const grave = [
    impact.destructive ? language.say`takes service or data away` : "",
    wayBack(impact, language),
  ]
    .filter(Boolean)
    .join(" · ");
  const notes = [
    because(change, language),
    ...costNotes(change, language),
    seatsToTell(change, language),
    protectedNote(change, language),
    ledgerLesson(change, language),
    requires.length > 0 ? language.say`after ${some(requires, 3, language)}` : "",
  ].filter(Boolean);
  const told = notes.join(" · ");
  if (grave === "" && told === "") return nothing;
  const first =
    grave === ""
      ? nothing
      : html`<span class="${serious ? "grave" : "back"}">${serious ? "! " : ""}${grave}</span>`;
  return html`<p class="note">${first}${grave !== "" && told !== "" ? " · " : ""}${told}</p>`;
}

function access({ impact }: Change, language: Language): Markup {
  const { gains = [], loses = [] } = impact.access ?? {};
  const told = (items: readonly string[]) =>
    items.map((one) => language.told(one)).join(language.say`, `);
  const gained =
    gains.length === 0
      ? nothing
      : html`<p class="note"><span class="good">${language.say`gains`}</span> ${told(gains)}</p>`;
  const lost =
    loses.length === 0
      ? nothing
      : html`<p class="note"><span class="bad">${language.say`loses`}</span> ${told(loses)}</p>`;
  return html`${gained}${lost}`;
}
