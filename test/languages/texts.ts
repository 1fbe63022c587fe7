import { readdirSync, readFileSync } from "node:fs";
import { commands } from "../../src/cli/commands/index.ts";
import { parserTexts } from "../../src/cli/parse/help.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { joints } from "../../src/model/text/phrase.ts";
import type { LanguageFile } from "../../src/report/language/language-file.ts";
import { folder, sources, tagged } from "./source.ts";

/** What a language file is made of. */
export const groups = ["report", "messages", "help", "schemas"] as const;

/** The groups of a language file. */
export type Group = (typeof groups)[number];

/** Every language file by its tag. */
export function languageFiles(): readonly (readonly [tag: string, file: LanguageFile])[] {
  return readdirSync(`${folder}languages`)
    .filter((name) => name.endsWith(".json"))
    .map(
      (name) =>
        [
          name.replace(".json", ""),
          JSON.parse(readFileSync(`${folder}languages/${name}`, "utf8")),
        ] as const,
    );
}

/** The English of every text there is, with where it is from, by its group. */
export function everyText(): Readonly<Record<Group, ReadonlyMap<string, string>>> {
  const { report: said, messages } = tagged(sources());
  const joining = Object.values(joints).map((text) => [text, "src/model/text/phrase.ts"] as const);
  const report = new Map([...joining, ...said]);
  return { report, messages, help: help(), schemas: schemas() };
}

function help(): ReadonlyMap<string, string> {
  const found = new Map<string, string>(parserTexts.map((text) => [text, "src/cli/parse/help.ts"]));
  for (const { description, flag } of globalOptions) found.set(description, flag);
  for (const { name, summary, exits, arguments: places = [], options = [] } of commands) {
    const texts = [
      summary,
      ...Object.values(exits),
      ...[...places, ...options].map(({ description }) => description),
    ];
    for (const text of texts) found.set(text, `partnerctl ${name}`);
  }
  return found;
}

function schemas(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(`${folder}schemas`, { recursive: true, encoding: "utf8" }).filter(
    (one) => one.endsWith(".json"),
  )) {
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if ((key === "description" || key === "x-message") && typeof inner === "string")
          found.set(inner, `schemas/${name}`);
        else visit(inner);
      }
    };
    visit(JSON.parse(readFileSync(`${folder}schemas/${name}`, "utf8")));
  }
  return found;
}

/** The order of texts in a file. */
export function byLetter(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
