import type { DocumentKind } from "../../report/document.ts";
import type { Terminal } from "../output/terminal.ts";
import type { Group } from "./command-groups.ts";
import type { Flags } from "./flags.ts";
import type { Argument, FlagsOf, Option } from "./option.ts";

/** What a command receives when it runs. `Own` are its own options. */
export interface Invocation<Own extends readonly Option[] = readonly []> {
  readonly words: readonly string[];
  readonly flags: Flags & FlagsOf<Own>;
  readonly terminal: Terminal;
  /** The version of partnerctl. */
  readonly version: string;
}

/** A command as data. Parsing, help and completion use it. */
export interface Command {
  /** The words to type: `plan`, `ledger verify`. */
  readonly name: string;
  /** The heading in the help, or the group of the name's first word. */
  readonly group: Group;
  /** The position under the heading. Commands without one follow, by name. */
  readonly order?: number;
  readonly summary: string;
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  /** The meaning of each exit status of this command. */
  readonly exits: Readonly<Record<number, string>>;
  readonly examples: readonly string[];
  /**
   * The kinds of documents it shows. A format that cannot show one of them is refused before the
   * command runs.
   */
  readonly shows?: readonly DocumentKind[];
  /**
   * The result is only one of `shows`, known once the document is read. The command itself refuses
   * unsuitable formats.
   */
  readonly showsOne?: true;
  /** Loads the implementation. `run` returns the exit status. */
  load(): Promise<{ run(invocation: Invocation): Promise<number> }>;
}
