import { similar } from "../../model/text/similar.ts";

/** Suggests commands for an unknown word. A command in a group is also found by its last word. */
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
