/** What a code means, in one sentence, and what to do about it. */
export interface CodeText {
  readonly means: string;
  readonly hint?: string;
}

/** Texts by their codes, which become a type. */
export function describeCodes<C extends string>(
  texts: Readonly<Record<C, CodeText>>,
): Readonly<Record<C, CodeText>> {
  return texts;
}
