import { code, made, plain, table } from "./markdown.ts";

/** A source file of the project. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Codes whose last part is found when they are made. */
export const families: Readonly<Record<string, string>> = {
  "schema/":
    "a document is not as its schema says; the last part is what the schema's keyword asks for (enum, required, max-items, unknown-field)",
  "syntax/": "a file is no YAML as manifests are written; the last part is what it stumbled over",
  "subscription/": "a subscription that cannot be ordered, changed or upgraded as declared; the last part says why",
  "backend/":
    "the account's backend refused, or could not be reached: denied, missing, conflict, throttled, rejected, unavailable, unknown-outcome",
  "guard/": "a guard stops the plan; the last part is what --allow takes",
  "policy/": "what a policy found; the last part is its name",
  "receipt/": "a change that is not done, in formats of findings; the last part is its status",
  "file/": "a file that could not be read or written as it was",
};

const literal = /"([a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*)"/g;
const template = /code(?::| \?\?) `([a-z]+\/)\$\{/g;
const foreign = ["application/", "text/", "image/"];

/** The files a code is made in, and the words that come with it there. */
interface Made {
  readonly files: readonly string[];
  readonly words: readonly string[];
}

/** The codes that stand in the sources, with the words that come with each, and the families of those that are put together. */
export function codesIn(files: readonly SourceText[]): { readonly codes: ReadonlyMap<string, Made>; readonly families: readonly string[] } {
  const codes = new Map<string, Made>();
  for (const { path, text } of files) {
    for (const found of text.matchAll(literal)) {
      const [, name = ""] = found;
      if (foreign.some((start) => name.startsWith(start))) continue;
      const words = wordsAt(text, found.index, found.index + found[0].length);
      const own = codes.get(name) ?? { files: [], words: [] };
      codes.set(name, {
        files: [...new Set([...own.files, path])],
        words: [...new Set([...own.words, ...(words === undefined ? [] : [words])])],
      });
    }
  }
  const made = files.flatMap(({ text }) => [...text.matchAll(template)].map(([, start = ""]) => start));
  return { codes, families: [...new Set(made)].sort() };
}

/** The message beside a code: what is said right after it, or what the message before it in the same function was made of. */
function wordsAt(text: string, from: number, to: number): string | undefined {
  const after = /^,\s*(?:message:\s*)?say`((?:[^`\\]|\\.)*)`/.exec(text.slice(to));
  if (after) return readable(after[1] ?? "");
  if (!/^,\s*message\b(?!:)/.test(text.slice(to))) return undefined;
  const own = text.slice(0, from).split("\n}\n").at(-1) ?? "";
  const [only, another] = [...own.matchAll(/message =\s*say`((?:[^`\\]|\\.)*)`;/g)];
  return only === undefined || another !== undefined ? undefined : readable(only[1] ?? "");
}

function readable(words: string): string | undefined {
  const shown = words.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, "…").replaceAll("\\`", "`");
  return shown.includes("${") || /^[… ]*$/.test(shown) ? undefined : shown;
}

/** An index of codes: what each is called for. */
export function codesPage(files: readonly SourceText[]): string {
  const { codes } = codesIn(files);
  const named = [...codes]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { words, files }]) => [
      code(name),
      words.map(plainWords).join("<br>"),
      files.map((path) => code(`src/${path}`)).join("<br>"),
    ]);
  const open = Object.entries(families).map(([start, what]) => [code(`${start}…`), plain(what)]);
  const intro =
    "Every finding has a code that stays the same, whatever the language of its message; `…` stands for what differs. Where a message is\nput together, only the file is named that does it.";
  const parts = [
    "# Codes",
    made,
    intro,
    "## Families",
    table(["code", "found where"], open),
    "## Codes by name",
    table(["code", "message", "where"], named),
  ];
  return `${parts.join("\n\n")}\n`;
}

function plainWords(words: string): string {
  return words.replaceAll(/[<>*_]/g, (letter) => `\\${letter}`);
}
