import { readdirSync, readFileSync } from "node:fs";
import { english, type Language, language } from "../report/language/language.ts";
import type { LanguageFile } from "../report/language/language-file.ts";

// Beside schemas/, two folders up from both the source and the build. Each file is one language.
const folder = new URL("../../languages/", import.meta.url);

/** The tags of the available languages, English first. */
export function languageTags(): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return [english.tag, ...files.map((file) => file.slice(0, -".json".length)).sort()];
}

/**
 * The language with this tag, ignoring case, or one with the same language and script (`zh` for
 * `zh-CN`). Undefined if there is none.
 */
export function readLanguage(wanted: string): Language | undefined {
  const all = languageTags();
  const [exact, alike] = [wanted.toLowerCase(), scriptOf(wanted.replaceAll("_", "-"))];
  const tag =
    all.find((one) => one.toLowerCase() === exact) ??
    all.find((one) => scriptOf(one) === alike && alike !== "");
  if (tag === undefined) return undefined;
  if (tag === english.tag) return english;
  return language(
    tag,
    JSON.parse(readFileSync(new URL(`${tag}.json`, folder), "utf8")) as LanguageFile,
  );
}

/**
 * The value of --lang anywhere before `--`. Undefined if absent. Help needs it before the command
 * line is parsed.
 */
export function askedLanguage(argv: readonly string[]): string | undefined {
  const end = argv.indexOf("--");
  const given = end < 0 ? argv : argv.slice(0, end);
  const at = given.findLastIndex((word) => word === "--lang" || word.startsWith("--lang="));
  if (at < 0) return undefined;
  return given[at] === "--lang" ? given[at + 1] : given[at]?.slice("--lang=".length);
}

/**
 * The language of the POSIX locale: the first of LC_ALL, LC_MESSAGES and LANG that is not empty.
 * English if there is no file for it.
 */
export function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = (LC_ALL || LC_MESSAGES || LANG || "")
    .replace(/[.@].*$/su, "")
    .replaceAll("_", "-");
  return /^(c|posix|en(-.*)?)?$/iu.test(locale) ? english : (readLanguage(locale) ?? english);
}

/** Language and script: zh, zh-Hans, zh-CN and zh-SG are equal, zh-TW differs. */
function scriptOf(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return "";
  }
}
