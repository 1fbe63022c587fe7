import { beforeStop } from "./phrase.ts";

/**
 * Marks an English text for people as one that every language file must translate. Returns it with
 * its values inserted.
 */
export function say(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  return strings.reduce((all, part, index) => {
    const value = String(values[index - 1]);
    const [stop = ""] = /^\./.exec(part) ?? [];
    return all + beforeStop(value, stop) + part.slice(stop.length);
  });
}

/** Returns the key of a tagged text in a language file, with numbered values: `{0} of {1}`. */
export function template(strings: TemplateStringsArray): string {
  return strings.reduce(
    (all, part, index) => (index === 0 ? part : `${all}{${index - 1}}${part}`),
    "",
  );
}
