import type { Digest } from "./values/digest.ts";
import type { Json } from "./values/json.ts";
import type { Resource } from "./resource.ts";

/** A manifest file as it was read. `path` is what people are shown: relative to the project's folder, with slashes. */
export interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Its documents are merge patches by address, or whole new resources. */
  readonly overlay?: boolean;
}

/** A file that parsed and that its schemas found nothing wrong with; positions are found again when they are needed. */
export interface CachedFile {
  readonly documents: readonly { readonly value: Json; readonly digest: Digest }[];
}

/** A manifest set that compiled without a remark; where its fields were written is found again when it is needed. */
export interface CompiledSet {
  readonly digest: Digest;
  readonly resources: readonly Omit<Resource, "locate">[];
}

/** Parsed files by the SHA-256 of their bytes. It may forget; it must never answer with what was not stored under that key. */
export interface ParseCache {
  get(hash: string): CachedFile | undefined;
  set(hash: string, file: CachedFile): void;
  /** Whole sets, by the SHA-256 of all that compiling them depends on; under the same rule. */
  readonly compiled?: {
    get(key: string): CompiledSet | undefined;
    set(key: string, compiled: CompiledSet): void;
  };
}
