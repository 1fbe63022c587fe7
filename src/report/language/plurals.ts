/** A number with its noun, by the plural category of the number: `{0}` is the number. */
export type PluralForms = { readonly [category in Intl.LDMLPluralRule]?: string };

/** Returns a function that chooses the form for a number. */
export function pluralizer(tag: string): (value: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(tag);
  return (value, forms) => forms[rules.select(value)] ?? forms.other ?? "";
}
