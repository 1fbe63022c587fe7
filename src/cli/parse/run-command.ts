import { resolve } from "node:path";
import type { Code } from "../../model/codes.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { Language } from "../../report/language/language.ts";
import { canShow, type Format } from "../../report/report.ts";
import type { Command } from "./command.ts";
import type { Flags } from "./flags.ts";

/** The context of all commands. */
export interface Context {
  readonly version: string;
  readonly language: Language;
}

/** `out` exists only for some commands. It is compared with the files of --save. */
type Given = Flags & { readonly out?: string };

/** The parsed command line: arguments and option values. */
export interface Typed {
  readonly words: readonly string[];
  /** The parser represents --no-color as `color: false`. */
  readonly flags: Partial<Given> & { readonly color?: boolean };
}

/**
 * Runs a command and returns its exit status. Refuses contradictory options and unsuitable formats
 * first.
 */
export async function runCommand(
  command: Command,
  context: Context,
  { words, flags: typed }: Typed,
): Promise<number> {
  const flags: Given = {
    ...typed,
    ...(typed.color === false && { noColor: true }),
    format: typed.format ?? "text",
  };
  const { language } = context;
  const [{ run }, { terminal }, { tellTrouble }, { loadFormats }] = await Promise.all([
    command.load(),
    import("../output/terminal.ts"),
    import("../output/error-message.ts"),
    import("../../report/load.ts"),
  ]);
  const formats = await loadFormats(askedFormats(flags));
  const refusal = contradiction(flags) ?? (await unfit(command, flags, formats));
  if (refusal !== undefined)
    return terminal({ ...flags, save: [] }, language, formats).refuse(...refusal);
  const own = terminal(flags, language, formats);
  return tellTrouble(own, () => run({ words, flags, terminal: own, ...context }));
}

type Refusal = readonly [code: Code, why: Wording];

function contradiction({ showPersonal, maskPersonal, save = [], out }: Given): Refusal | undefined {
  if (showPersonal && maskPersonal)
    return [
      "usage/contradiction",
      say`--show-personal and --mask-personal contradict each other: say one.`,
    ];
  const both = save.find(({ file }) => out !== undefined && resolve(file) === resolve(out));
  return (
    both && [
      "usage/contradiction",
      say`--save and --out both write to ${both.file}: give each a file of its own.`,
    ]
  );
}

/** The refusal if a requested format cannot show the command's result. Undefined otherwise. */
async function unfit(
  { name, shows = [], showsOne }: Command,
  flags: Given,
  formats: ReadonlyMap<string, Format>,
): Promise<Refusal | undefined> {
  const unable = askedFormats(flags).find((name) => {
    const format = formats.get(name);
    return format === undefined || shows.some((kind) => !canShow(format, kind));
  });
  if (unable === undefined || showsOne) return undefined;
  const able = (await import("../../report/index.ts")).formatsFor(shows);
  // Format names are quoted, because `text` is also a word in some languages.
  return [
    "usage/format",
    say`${name} cannot be shown as ${unable}: expected ${{ list: able.map((one) => `"${one}"`) }}.`,
  ];
}

function askedFormats({ format, save = [] }: Given): readonly string[] {
  return [format, ...save.map((one) => one.format)];
}
