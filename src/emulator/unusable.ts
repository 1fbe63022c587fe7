/** What is wrong with an option. */
export interface OptionProblem {
  readonly said: string;
  /** A name that there is not, and those that there are. */
  readonly name?: { readonly typed: string; readonly known: readonly string[] };
}

/** The emulator cannot start with these options. The message says why. */
export class Unusable extends Error {
  readonly unknown: OptionProblem["name"];

  constructor(message: string, options?: ErrorOptions & Pick<OptionProblem, "name">) {
    super(message, options);
    this.name = "Unusable";
    this.unknown = options?.name;
  }
}
