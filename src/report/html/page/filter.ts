import { html, type Markup, nothing } from "./markup.ts";
import type { Facets, PageRow } from "./rows.ts";
import type { Language } from "../../language/language.ts";
import { ends } from "../../text/receipt/outcomes.ts";
import { verbs } from "../../wording/format.ts";

/** With fewer rows, no filter is shown. */
const few = 4;

type Choice = Exclude<keyof Facets, "manual" | "money">;

/** Search and filters for a page's rows. Hidden until the page's script runs. */
export function filterForm(rows: readonly Pick<PageRow, "facets">[], language: Language): Markup {
  if (rows.length < few) return nothing;
  const choices = [
    select(
      "kind",
      language.say`Kind`,
      optionsOf(rows, "kind", (kind) => kind),
      language,
    ),
    select(
      "action",
      language.say`Action`,
      optionsOf(rows, "action", (action) => actionWord(action, language)),
      language,
    ),
    select(
      "status",
      language.say`Result`,
      optionsOf(rows, "status", (status) => statusWord(status, language)),
      language,
    ),
    select(
      "back",
      language.say`Way back`,
      optionsOf(rows, "back", (back) => backWords(language)[back] ?? back),
      language,
    ),
    who(rows, language),
    box("manual", language.say`Manual`, rows),
    box("money", language.say`Changes what is paid`, rows),
  ];
  const all = language.say`${"{0}"} of ${"{0}"} shown`;
  const some = language.say`${"{0}"} of ${"{1}"} shown`;
  return html`<form id="filter" role="search" aria-label="${language.say`Search and filter`}" hidden>
<label class="search"><span>${language.say`Search`}</span><input type="search" name="text" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></label>
${choices}<p class="found"><output aria-live="polite" data-all="${all}" data-some="${some}"></output> <button type="reset">${language.say`Show all`}</button></p>
</form>
`;
}

function optionsOf(
  rows: readonly Pick<PageRow, "facets">[],
  facet: Choice,
  told: (value: string) => string,
): readonly (readonly [string, string])[] {
  return [...new Set(rows.flatMap(({ facets }) => facets[facet] ?? []))].map(
    (value) => [value, told(value)] as const,
  );
}

function select(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  language: Language,
): Markup {
  if (options.length < 2) return nothing;
  return html`<label><span>${label}</span><select name="${name}"><option value="">${language.say`all`}</option>${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></label>
`;
}

function who(rows: readonly Pick<PageRow, "facets">[], language: Language): Markup {
  const options = optionsOf(rows, "who", (value) => value);
  if (options.length < 2) return nothing;
  return html`<label><span>${language.say`Who`}</span><input name="who" list="who" autocomplete="off" spellcheck="false" placeholder="${language.say`all`}"></label><datalist id="who">${options.map(([value]) => html`<option value="${value}"></option>`)}</datalist>
`;
}

function box(
  name: "manual" | "money",
  label: string,
  rows: readonly Pick<PageRow, "facets">[],
): Markup {
  if (!rows.some(({ facets }) => facets[name]) || rows.every(({ facets }) => facets[name]))
    return nothing;
  return html`<label class="box"><input type="checkbox" name="${name}"><span>${label}</span></label>
`;
}

function actionWord(action: string, language: Language): string {
  const word = Object.entries(verbs).find(([name]) => name === action)?.[1];
  return word === undefined ? action : language.told(word);
}

function statusWord(status: string, language: Language): string {
  const end = Object.entries(ends).find(([name]) => name === status)?.[1];
  return end === undefined ? language.say`open` : language.told(end.words);
}

function backWords(language: Language): Readonly<Record<string, string>> {
  return {
    yes: language.say`can be undone`,
    until: language.say`can be undone for a time`,
    no: language.say`cannot be undone`,
  };
}
