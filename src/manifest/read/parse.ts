import type { Document } from "yaml";
import type { Diagnostic, Location } from "../../model/diagnostic.ts";
import { type Digest, sha256 } from "../../model/values/digest.ts";
import type { Json } from "../../model/values/json.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import type { ParseCache, Source } from "../../model/source.ts";
import { compose } from "./compose.ts";
import { decode } from "./decode.ts";
import { type FieldPart, position } from "./position.ts";
import { readFast } from "./read-fast.ts";
import { isEmpty, readDocument } from "./read-yaml.ts";
import type { Text } from "./text.ts";

/** A document of a file. If not `sound`, its syntax has errors and its value is incomplete. */
export interface ParsedDocument {
  readonly value: Json;
  readonly sound: boolean;
  /** Set only for a file from the cache. */
  readonly digest?: Digest;
}

/** A file's documents; empty ones are omitted. */
export interface ParsedFile {
  readonly path: string;
  readonly overlay: boolean;
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** The file comes from the cache, so its documents passed their schemas. */
  readonly checked: boolean;
  /** The key to cache the file under. Undefined for overlays, cached files and without a cache. */
  readonly hash?: string;
  /** The file could not be parsed, so its declarations are unknown. */
  readonly unreadable: boolean;
  /** Locates a field of document `index` by parsing the file again. Line 1 if that fails. */
  locate(index: number, pointer: Pointer, part: FieldPart): Location;
}

/**
 * Parser context. Cache keys start with `version`, which changes when parsing or validation does.
 */
export interface ParseOptions {
  readonly cache?: ParseCache;
  readonly version: string;
  /** Keeps recently composed files for `locate`. */
  readonly trees: Trees;
}

/**
 * Parses one file: from the cache by hash, else with the fast reader, else with the `yaml` parser.
 * Never throws; problems are in `diagnostics`.
 */
export function parse(source: Source, reading: ParseOptions): ParsedFile {
  const base = {
    path: source.path,
    overlay: source.overlay === true,
    locate: locator(source, reading.trees),
  };
  const hash =
    reading.cache && !base.overlay ? `${reading.version}-${sha256(source.bytes)}` : undefined;
  const cached = hash === undefined ? undefined : reading.cache?.get(hash);
  if (cached) {
    const documents = cached.documents.map(({ value, digest }) => ({ value, digest, sound: true }));
    return { ...base, documents, diagnostics: [], unreadable: false, checked: true };
  }
  return { ...base, ...(hash !== undefined && { hash }), ...read(source), checked: false };
}

type Outcome = Pick<ParsedFile, "documents" | "diagnostics" | "unreadable">;

function read(source: Source): Outcome {
  const text = decode(source.path, source.bytes);
  if (!("content" in text)) return { documents: [], diagnostics: [text], unreadable: true };
  const values = source.overlay ? undefined : readFast(text.content);
  if (values)
    return {
      documents: values.map((value) => ({ value, sound: true })),
      diagnostics: [],
      unreadable: false,
    };
  const composed = compose(text);
  return isList(composed)
    ? judge(text, composed, source.overlay === true)
    : { documents: [], diagnostics: [composed], unreadable: true };
}

function judge(text: Text, composed: readonly Document[], nulls: boolean): Outcome {
  const diagnostics: Diagnostic[] = [];
  const documents: ParsedDocument[] = [];
  for (const document of composed) {
    if (isEmpty(document)) continue;
    const { value, problems } = readDocument(text, document, nulls);
    for (const one of problems) diagnostics.push(one);
    documents.push({ value, sound: problems.length === 0 });
  }
  return { documents, diagnostics, unreadable: false };
}

/** A cache of composed files. `of` returns undefined for a file that cannot be decoded. */
export interface Trees {
  of(source: Source): { readonly text: Text; readonly documents: readonly Document[] } | undefined;
}

/**
 * Keeps the last `size` composed files. Locations are requested file by file, and a composed file
 * takes hundreds of times its size in memory.
 */
export function trees(size = 4): Trees {
  const kept = new Map<Source, ReturnType<Trees["of"]>>();
  const of = (source: Source): ReturnType<Trees["of"]> => {
    const found = kept.get(source) ?? composedOf(source);
    kept.delete(source);
    kept.set(source, found);
    const [oldest] = kept.keys();
    if (kept.size > size && oldest) kept.delete(oldest);
    return found;
  };
  return { of };
}

function composedOf(source: Source): ReturnType<Trees["of"]> {
  const text = decode(source.path, source.bytes);
  if (!("content" in text)) return undefined;
  const composed = compose(text);
  return {
    text,
    documents: isList(composed) ? composed.filter((document) => !isEmpty(document)) : [],
  };
}

function locator(source: Source, kept: Trees): ParsedFile["locate"] {
  return (index, pointer, part) => {
    const tree = kept.of(source);
    const document = tree?.documents[index];
    if (tree && document) return tree.text.at(position(document, pointer, part));
    return { file: source.path, line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
  };
}

function isList(composed: readonly Document[] | Diagnostic): composed is readonly Document[] {
  return Array.isArray(composed);
}
