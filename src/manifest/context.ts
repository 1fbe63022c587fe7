import { digest } from "../model/values/digest.ts";
import type { Kind } from "../model/kind.ts";
import type { ParseCache } from "../model/source.ts";

/** The input of a compilation apart from the files. */
export interface CompileContext {
  readonly kinds: readonly Kind[];
  /** Ids by alias, by kind, for kinds that are not declared (offers named in the settings). */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly cache?: ParseCache;
  /**
   * Digest of the build that cache keys include. If omitted, they include the schemas' digest
   * instead.
   */
  readonly build?: string;
}

/**
 * Increase when reading or checking changes meaning; this invalidates entries of older versions.
 */
const version = 1;

/**
 * Identifies the compiler and schemas in cache keys: `build`, or the version and schemas' digest.
 */
export function versionOf({ kinds, build }: CompileContext): string {
  if (build !== undefined) return build;
  const schemas = digest(kinds.map(({ name, declared, schema }) => [name, declared, schema]));
  return `${version}-${schemas.slice("sha256:".length)}`;
}
