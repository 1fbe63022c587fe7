/** A text for people, in English: the tag changes nothing and marks the text as one that every language file has to have. */
export function say(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  return String.raw({ raw: strings }, ...values);
}

/** The key a tagged text has in a language file: its values numbered, `{0} of {1}`. */
export function template(strings: TemplateStringsArray): string {
  return strings.reduce((all, part, index) => (index === 0 ? part : `${all}{${index - 1}}${part}`), "");
}
