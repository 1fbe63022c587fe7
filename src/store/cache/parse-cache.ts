import { join } from "node:path";
import type { CachedFile, ParseCache } from "../../model/source.ts";
import { readRows, writeRows } from "./authenticated-file.ts";
import { openCompiledSets } from "./compiled-sets.ts";

/** A parse cache that lasts. */
export interface StoredParseCache extends ParseCache {
  /** Keeps what was learnt, if anything was. That it cannot is no error. */
  save(): void;
}

/** A file, and how many savings ago it was last of use. */
type Row = [hash: string, file: CachedFile, age: number];

/** Runs over a part of the manifests must not make the next full one start from nothing. */
const oldest = 8;

/** The parse cache in a folder. What another version wrote, or what is not exactly as it was written, counts as nothing. */
export function openParseCache(folder: string, version: string): StoredParseCache {
  const path = join(folder, "parsed.jsonl");
  const format = JSON.stringify({ format: "partnerctl parse cache 1", version });
  const compiled = openCompiledSets(folder, version);
  const used = new Set<string>();
  let loaded: Map<string, Row> | undefined;
  let learnt = false;
  // Where a whole set is known, its files are not asked for.
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
