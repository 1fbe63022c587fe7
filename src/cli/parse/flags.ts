import type { FlagsOf } from "./option.ts";
import type { globalOptions } from "./options.ts";

/** The values of the options that all commands take. */
export type Flags = FlagsOf<typeof globalOptions> & { readonly format: string };
