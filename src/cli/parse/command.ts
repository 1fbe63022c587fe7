import type { ReportSubject } from "../../report/index.ts";
import type { Terminal } from "../output/terminal.ts";
import type { Group } from "./command-groups.ts";
import type { Flags } from "./flags.ts";
import type { Argument, FlagsOf, Option } from "./option.ts";

/** What a command is started with; its own options are `Own`. */
export interface Invocation<Own extends readonly Option[] = readonly []> {
  readonly words: readonly string[];
  readonly flags: Flags & FlagsOf<Own>;
  readonly terminal: Terminal;
  /** The tool's own version. */
  readonly version: string;
  /** The whole command line, for what describes it. */
  readonly commands: readonly Command[];
  readonly globalOptions: readonly Option[];
}

/** A command as data: parsing, help and completion are all made from it. */
export interface Command {
  /** As it is typed: `plan`, `ledger verify`. */
  readonly name: string;
  /** The heading of help that it stands under, or the group that its name begins with. */
  readonly group: Group;
  /** Its place under the heading; those without one follow by name. */
  readonly order?: number;
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
  /** Loads what does the command and says which exit status it ends with. */
  load(): Promise<{ run(invocation: Invocation): Promise<number> }>;
}
