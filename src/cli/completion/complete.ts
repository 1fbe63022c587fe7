// `partnerctl complete`, which the shells' scripts call: it stands in no help.
import { commands } from "../commands/index.ts";
import { localeLanguage } from "../language.ts";
import { families } from "../parse/command-groups.ts";
import type { Completion } from "../parse/option.ts";
import { globalOptions } from "../parse/options.ts";
import { toldCommands, toldOptions } from "../parse/translate-commands.ts";
import { type HalfLine, optionOf, readHalfLine, splitOption } from "./half-line.ts";

/** A word that can stand here, and what it is about. */
interface Candidate {
  readonly word: string;
  readonly about?: string;
}

/** The answer that asks the shell for the names of files. */
const files: Candidate = { word: ":file" };

/**
 * The words that can stand at a place of a command line, a line each. The arguments are the place
 * and the line's words. Never fails: where something cannot be read, there is no such answer.
 */
export async function complete([place = "", ...words]: readonly string[]): Promise<string> {
  try {
    const at = Number(place);
    const typed = words[at] ?? "";
    const half = typed === "=" ? "" : typed;
    const fitting = (await answers(words.slice(0, at), half)).filter(
      (one) => one === files || one.word.startsWith(half),
    );
    return fitting
      .map(({ word, about }) => `${word}${about === undefined ? "" : `\t${about}`}\n`)
      .join("");
  } catch {
    return "";
  }
}

async function answers(before: readonly string[], half: string): Promise<readonly Candidate[]> {
  const language = localeLanguage(process.env);
  const surface = {
    commands: toldCommands(commands, language),
    globalOptions: toldOptions(globalOptions, language),
  };
  const line = readHalfLine(before, surface);
  const lookUp = (values: Completion | undefined, part = half) => valuesOf(values, part, line);
  const { flag, value } = splitOption(half);
  if (value !== undefined) {
    const option = optionOf(flag, line.options);
    const found = await lookUp(option?.choices ?? option?.values, value);
    return found.map((one) => (one === files ? one : { ...one, word: `${flag}=${one.word}` }));
  }
  if (half.startsWith("-")) return flags(line);
  if (line.due) return lookUp(line.due.choices ?? line.due.values);
  if (line.command) return lookUp(line.argument?.values);
  return commandWords(line.names, surface.commands).map((one) => ({
    ...one,
    about: language.told(one.about),
  }));
}

async function valuesOf(
  values: Completion | undefined,
  half: string,
  { values: given }: HalfLine,
): Promise<readonly Candidate[]> {
  if (values === undefined) return [];
  if (values === "file") return [files];
  if (typeof values !== "string") return values.map((word) => ({ word }));
  const { findNames } = await import("./names.ts");
  const found = await findNames(values, half, given);
  return found.map((word) => (word === files.word ? files : { word }));
}

function flags({ options, command }: HalfLine): readonly Candidate[] {
  const all = options.map(({ flag, description }) => ({ word: flag, about: description }));
  return [...all, { word: "--help" }, ...(command ? [] : [{ word: "--version" }])];
}

/** The next words of the commands whose names begin with these. */
function commandWords(
  names: readonly string[],
  all: readonly { readonly name: string; readonly summary: string }[],
): readonly { readonly word: string; readonly about: string }[] {
  const groups: Readonly<Record<string, { readonly summary: string }>> = families;
  const found = new Map<string, string>();
  for (const { name, summary } of all) {
    const parts = name.split(" ");
    const word = parts[names.length];
    if (word === undefined || names.some((one, index) => one !== parts[index])) continue;
    found.set(word, parts.length > names.length + 1 ? (groups[word]?.summary ?? "") : summary);
  }
  return [...found].map(([word, about]) => ({ word, about }));
}
