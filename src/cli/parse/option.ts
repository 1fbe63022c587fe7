import type { Save } from "../output/saving.ts";

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

/** The values of options as they are given, by the options' names in camel case. */
export type FlagsOf<Options extends readonly Option[]> = {
  readonly [One in Options[number] as NameOf<One["flag"]>]?: ValueOf<One>;
};

type NameOf<Flag extends string> = Flag extends `--${infer Name}` ? CamelCase<Name> : never;

type CamelCase<Text extends string> = Text extends `${infer Word}-${infer More}` ? `${Word}${Capitalize<CamelCase<More>>}` : Text;

type ValueOf<One extends Option> = One extends { readonly shape: "save" }
  ? readonly Save[]
  : One extends { readonly many: string }
    ? readonly string[]
    : One extends { readonly shape: "count" }
      ? number
      : One extends { readonly value: string }
        ? string
        : true;
