import type { ReportSubject } from "../../report/index.ts";
import type { Flags } from "./flags.ts";
import type { Terminal } from "../output/terminal.ts";

/** What a position or an option's value may be completed with; `file` is left to the shell. */
export type Completion = "file" | readonly string[];

/** A positional argument; `name` is what help shows. */
export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required?: true;
  readonly repeated?: true;
  readonly values?: Completion;
}

/** An option; without `value` it is a switch. */
export interface Option {
  readonly flag: `--${string}`;
  readonly short?: `-${string}`;
  /** What help calls the value. */
  readonly value?: string;
  /** It may be given more than once: one value each time, or as many as follow. */
  readonly many?: "each" | "following";
  /** The only values that are taken. */
  readonly choices?: readonly string[];
  readonly values?: Completion;
  readonly shape?: "date" | "count" | "duration" | "save";
  readonly description: string;
}

/** What a command is started with. */
export interface Invocation {
  readonly words: readonly string[];
  readonly flags: Flags;
  readonly terminal: Terminal;
  /** The tool's own version. */
  readonly version: string;
  /** The whole command line, for what describes it. */
  readonly commands: readonly Command[];
  readonly globalOptions: readonly Option[];
}

/** Does the command and says which exit status it ends with. */
export type RunCommand = (invocation: Invocation) => Promise<number>;

/** A command as data: parsing, help and completion are all made from it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  /** What each exit status means here. */
  readonly exits: Readonly<Record<number, string>>;
  readonly examples: readonly string[];
  /** What its result is made of; a format that cannot show one of these is refused before anything is done. */
  readonly shows?: readonly ReportSubject[];
  /** Its result is one of these, which only its document tells: the command itself refuses a format for the others. */
  readonly showsOne?: true;
  load(): Promise<{ readonly run: RunCommand }>;
}
