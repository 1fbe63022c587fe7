import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CompiledSet } from "../../model/source.ts";
import { readRows, writeRows } from "./authenticated-file.ts";

/** A persistent cache of compiled manifest sets, one file per set. */
export interface CompiledSets {
  get(key: string): CompiledSet | undefined;
  set(key: string, compiled: CompiledSet): void;
  /** Writes the set that was added last, if any. Failure to write is not an error. */
  save(): void;
}

/** Smaller sets are not cached: compiling them is cheaper than reading a file. */
const fewest = 200;
/**
 * Maximum number of cached sets; the newest are kept. Allows several environments, and a partial
 * set beside the full one.
 */
const most = 4;

/** Opens the compiled sets in a folder. Sets written by another version are ignored. */
export function openCompiledSets(folder: string, version: string): CompiledSets {
  const format = JSON.stringify({ format: "partnerctl compiled set 1", version });
  let made: { readonly key: string; readonly compiled: CompiledSet } | undefined;
  return {
    get(key) {
      const [first, ...resources] = readRows(fileOf(folder, key), format) as Rows;
      return first?.key === key ? { digest: first.digest, resources } : undefined;
    },
    set(key, compiled) {
      if (compiled.resources.length >= fewest) made = { key, compiled };
    },
    save() {
      if (!made) return;
      const { key, compiled } = made;
      writeRows(fileOf(folder, key), format, [
        { key, digest: compiled.digest },
        ...compiled.resources,
      ]);
      prune(folder);
      made = undefined;
    },
  };
}

type Rows = [
  ({ readonly key: string } & Pick<CompiledSet, "digest">)?,
  ...CompiledSet["resources"],
];

function fileOf(folder: string, key: string): string {
  return join(folder, `compiled-${key.slice(0, 16)}.jsonl`);
}

function prune(folder: string): void {
  try {
    const files = readdirSync(folder).filter((name) => /^compiled-[0-9a-f]{16}\.jsonl$/.test(name));
    if (files.length <= most) return;
    const aged = files.map((name) => ({
      path: join(folder, name),
      at: statSync(join(folder, name)).mtimeMs,
    }));
    for (const { path } of aged.sort((left, right) => right.at - left.at).slice(most))
      rmSync(path, { force: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}
