import { digest } from "../model/values/digest.ts";
import type { Kind } from "../model/kind.ts";
import type { ParseCache } from "../model/source.ts";

/** What compiling needs to know besides the files. */
export interface CompileContext {
  readonly kinds: readonly Kind[];
  /** Ids by alias by kind, for kinds that are not declared (offers named in the settings). */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly cache?: ParseCache;
  /** Stands for the compiler and its schemas in the keys of what is cached: a build's digest. The schemas themselves do where it is left out. */
  readonly build?: string;
}

/** Changes with what reading and checking mean, so that nothing stored by an older version is believed. */
const version = 1;

/** What cached documents and sets were read and checked by. */
export function versionOf({ kinds, build }: CompileContext): string {
  if (build !== undefined) return build;
  const schemas = digest(kinds.map(({ name, declared, schema }) => [name, declared, schema]));
  return `${version}-${schemas.slice("sha256:".length)}`;
}
