import type { Kind } from "../model/kind.ts";
import type { ParseCache } from "../model/source.ts";

/** What compiling needs to know besides the files. */
export interface CompileContext {
  readonly kinds: readonly Kind[];
  /** Ids by alias by kind, for kinds that are not declared (offers named in the settings). */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly cache?: ParseCache;
}
