import type { FlagsOf } from "./option.ts";
import type { globalOptions } from "./options.ts";

/** The values of the options that every command takes. */
export type Flags = FlagsOf<typeof globalOptions> & { readonly format: string };
