import type { Save } from "../output/saving.ts";

/**
 * Names that completion looks up. `target` is an address or a kind, `recorded` a run or an address
 * of the ledger, `compared` a revision or a folder.
 */
export type NameSort =
  | "address"
  | "target"
  | "environment"
  | "guard"
  | "schema"
  | "explained"
  | "recorded"
  | "open-change"
  | "actor"
  | "invoice"
  | "revision"
  | "compared";

/** Completion candidates for an argument or option value. `file` leaves it to the shell. */
export type Completion = "file" | NameSort | readonly string[];

/** A positional argument. The help shows `name`. */
export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required?: true;
  readonly repeated?: true;
  readonly values?: Completion;
}

/** An option. Without `value`, it is a switch. */
export interface Option {
  readonly flag: `--${string}`;
  readonly short?: `-${string}`;
  /** The placeholder of the value in the help. */
  readonly value?: string;
  /** It may be repeated: one value each time (`each`) or several values (`following`). */
  readonly many?: "each" | "following";
  /** The only values allowed. */
  readonly choices?: readonly string[];
  readonly values?: Completion;
  readonly shape?: "date" | "count" | "duration" | "period" | "save";
  readonly description: string;
}

/** The types of the parsed values, by option name in camel case. */
export type FlagsOf<Options extends readonly Option[]> = {
  readonly [One in Options[number] as NameOf<One["flag"]>]?: ValueOf<One>;
};

type NameOf<Flag extends string> = Flag extends `--${infer Name}` ? CamelCase<Name> : never;

type CamelCase<Text extends string> = Text extends `${infer Word}-${infer More}`
  ? `${Word}${Capitalize<CamelCase<More>>}`
  : Text;

type ValueOf<One extends Option> = One extends { readonly shape: "save" }
  ? readonly Save[]
  : One extends { readonly many: string }
    ? readonly string[]
    : One extends { readonly shape: "count" }
      ? number
      : One extends { readonly value: string }
        ? string
        : true;
