import { nouns } from "../../src/model/text/nouns.ts";
import type { LanguageFile } from "../../src/report/language/language-file.ts";
import { leftovers } from "./leftovers.ts";
import { everyText } from "./texts.ts";

/** The tag of the language that no one speaks: English whose every text is in white brackets. */
export const pseudoTag = "en-XA";

/** The file of that language, made of every text that the program says. */
export function pseudoFile(): LanguageFile {
  const { report, messages, help, schemas } = everyText();
  const marked = (texts: ReadonlyMap<string, string>) =>
    Object.fromEntries([...texts.keys()].map((text) => [text, `⟦${text}⟧`]));
  const plurals = Object.entries(nouns).map(([one, other]) => [
    one,
    { one: `⟦{0} ${one}⟧`, other: `⟦{0} ${other}⟧` },
  ]);
  return {
    report: marked(report),
    messages: marked(messages),
    help: marked(help),
    schemas: marked(schemas),
    plurals: Object.fromEntries(plurals),
  };
}

/** The English sentences that are in no brackets, but for those that stand in the data. */
export function untranslated(shown: string, data: string): readonly string[] {
  const words = shown.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, "");
  // A text that is cut off at the end of its line has lost its last bracket.
  return leftovers(withoutMarked(words).replaceAll(/⟦[^⟦⟧\n]*$/gm, "·"), data);
}

function withoutMarked(shown: string): string {
  const less = shown.replace(/⟦[^⟦⟧]*⟧/g, "·");
  return less === shown ? shown : withoutMarked(less);
}

/** Whether a text is in brackets as a whole. */
export function isMarked(text: string): boolean {
  return withoutMarked(text) === "·";
}
