import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CachedFile, ParseCache } from "../model/source.ts";
import { replaceFile } from "./replace-file.ts";

/** A parse cache that lasts. */
export interface StoredParseCache extends ParseCache {
  /** Keeps what was learnt, if anything was. That it cannot is no error. */
  save(): void;
}

/** A file, and how many savings ago it was last of use. */
type Row = [hash: string, file: CachedFile, age: number];

/** Runs over a part of the manifests must not make the next full one start from nothing. */
const oldest = 8;
const rowsPerLine = 500;

/** The parse cache in a folder. What another version wrote, or what is not exactly as it was written, counts as nothing. */
export function openParseCache(folder: string, version: string): StoredParseCache {
  const path = join(folder, "parsed.jsonl");
  const format = JSON.stringify({ format: "partnerctl parse cache 1", version });
  const rows = new Map(load(path, format).map((row) => [row[0], row]));
  const used = new Set<string>();
  let learnt = false;
  return {
    get: (hash) => {
      const row = rows.get(hash);
      if (row) used.add(hash);
      return row?.[1];
    },
    set: (hash, file) => {
      rows.set(hash, [hash, file, 0]);
      used.add(hash);
      learnt = true;
    },
    save: () => {
      if (!learnt) return;
      const kept = [...rows.values()]
        .map(([hash, file, age]): Row => [hash, file, used.has(hash) ? 0 : age + 1])
        .filter(([, , age]) => age < oldest);
      store(path, format, kept);
      learnt = false;
    },
  };
}

function load(path: string, format: string): readonly Row[] {
  try {
    const bytes = readFileSync(path);
    const end = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    const sum = createHash("sha256").update(bytes.subarray(0, end)).digest("hex");
    if (bytes.toString("latin1", end) !== `${sum}\n`) return [];
    return parsed(bytes.subarray(0, end), format);
  } catch {
    return [];
  }
}

/** One line at a time: neither the text nor its parsing is ever in memory as a whole. */
function parsed(bytes: Buffer, format: string): readonly Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const line = bytes.toString("utf8", at, end);
    if (at === 0 && line !== format) return [];
    if (at > 0) for (const row of JSON.parse(line)) rows.push(row);
    at = end + 1;
  }
  return rows;
}

function store(path: string, format: string, rows: readonly Row[]): void {
  try {
    replaceFile(path, lines(format, rows), { mode: 0o600, volatile: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}

function* lines(format: string, rows: readonly Row[]): Generator<Uint8Array> {
  const sum = createHash("sha256");
  for (let at = -rowsPerLine; at < rows.length; at += rowsPerLine) {
    const line = Buffer.from(`${at < 0 ? format : JSON.stringify(rows.slice(at, at + rowsPerLine))}\n`);
    sum.update(line);
    yield line;
  }
  yield Buffer.from(`${sum.digest("hex")}\n`);
}
