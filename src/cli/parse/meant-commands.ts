import { similar } from "../../model/text/similar.ts";

/** The commands that may be meant by a word that is none of them; those of a group are also found by their own word. */
export function meantCommands(word: string, names: readonly string[]): readonly string[] {
  const inGroups = names.filter((name) => name.endsWith(` ${word}`));
  if (inGroups.length > 0) return inGroups;
  const byWord = new Map(
    names.flatMap((name) => [
      [name.split(" ", 1)[0] ?? "", name.split(" ", 1)[0] ?? ""],
      [name.split(" ").at(-1) ?? "", name],
    ]),
  );
  return similar(word, byWord.keys()).flatMap((near) => byWord.get(near) ?? []);
}
