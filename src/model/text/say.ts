/**
 * Marks an English text for people as one that every language file must translate. Returns it with
 * its values inserted.
 */
export function say(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  return String.raw({ raw: strings }, ...values);
}

/** Returns the key of a tagged text in a language file, with numbered values: `{0} of {1}`. */
export function template(strings: TemplateStringsArray): string {
  return strings.reduce(
    (all, part, index) => (index === 0 ? part : `${all}{${index - 1}}${part}`),
    "",
  );
}
