import type { Digest } from "./values/digest.ts";
import type { Json } from "./values/json.ts";
import type { Resource } from "./resource.ts";

/**
 * A manifest file's content. `path` is relative to the project's folder, with slashes, for display.
 */
export interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The file is an overlay: its documents are merge patches by address, or whole new resources. */
  readonly overlay?: boolean;
}

/** A file that parsed and passed its schemas. Source positions are not stored. */
export interface CachedFile {
  readonly documents: readonly { readonly value: Json; readonly digest: Digest }[];
}

/** A manifest set that compiled without diagnostics. Source positions are not stored. */
export interface CompiledSet {
  readonly digest: Digest;
  readonly resources: readonly Omit<Resource, "locate">[];
}

/**
 * A cache of parsed files by the SHA-256 of their bytes. It may lose entries; it must never return
 * anything not stored under that key.
 */
export interface ParseCache {
  get(hash: string): CachedFile | undefined;
  set(hash: string, file: CachedFile): void;
  /** Compiled sets, by the SHA-256 of all inputs of the compilation. The same rule applies. */
  readonly compiled?: {
    get(key: string): CompiledSet | undefined;
    set(key: string, compiled: CompiledSet): void;
  };
}
