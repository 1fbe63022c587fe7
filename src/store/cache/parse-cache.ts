import { join } from "node:path";
import type { CachedFile, ParseCache } from "../../model/source.ts";
import { readRows, writeRows } from "./authenticated-file.ts";
import { openCompiledSets } from "./compiled-sets.ts";

/** A persistent parse cache. */
export interface StoredParseCache extends ParseCache {
  /** Writes new entries to disk, if any. Failure to write is not an error. */
  save(): void;
}

/** A parsed file; `age` counts the saves since it was last used. */
type Row = [hash: string, file: CachedFile, age: number];

/**
 * Entries unused for this many saves are dropped. A few runs on part of the manifests must not
 * empty the cache.
 */
const oldest = 8;

/**
 * Opens the parse cache in a folder. Content of another version, or that fails its integrity check,
 * is ignored.
 */
export function openParseCache(folder: string, version: string): StoredParseCache {
  const path = join(folder, "parsed.jsonl");
  const format = JSON.stringify({ format: "partnerctl parse cache 1", version });
  const compiled = openCompiledSets(folder, version);
  const used = new Set<string>();
  let loaded: Map<string, Row> | undefined;
  let learnt = false;
  // Loaded on first use: a compiled set that is cached needs no single file.
  const rows = (): Map<string, Row> => {
    loaded ??= new Map((readRows(path, format) as Row[]).map((row) => [row[0], row]));
    return loaded;
  };
  return {
    compiled,
    get: (hash) => {
      const row = rows().get(hash);
      if (row) used.add(hash);
      return row?.[1];
    },
    set: (hash, file) => {
      rows().set(hash, [hash, file, 0]);
      used.add(hash);
      learnt = true;
    },
    save: () => {
      compiled.save();
      if (!learnt) return;
      const kept = [...rows().values()]
        .map(([hash, file, age]): Row => [hash, file, used.has(hash) ? 0 : age + 1])
        .filter(([, , age]) => age < oldest);
      writeRows(path, format, kept);
      learnt = false;
    },
  };
}
