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

/** A document of a file. Not `sound`: its syntax is wrong, and the value is what could be made out of it. */
export interface ParsedDocument {
  readonly value: Json;
  readonly sound: boolean;
  /** Known where the file came out of the cache. */
  readonly digest?: Digest;
}

/** A file's documents, empty ones left out. */
export interface ParsedFile {
  readonly path: string;
  readonly overlay: boolean;
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Its documents passed their schemas when they were stored. */
  readonly checked: boolean;
  /** The key to store it under. */
  readonly hash?: string;
  /** Nothing in it could be read, so nothing is known of what it declares. */
  readonly unreadable: boolean;
  /** Where a field of its nth document was written; the file is read once more for it. */
  locate(index: number, pointer: Pointer, part: FieldPart): Location;
}

/** How files are read: through a cache of checked ones, whose keys begin with a version that changes with what reading and checking mean. */
export interface ParseOptions {
  readonly cache?: ParseCache;
  readonly version: string;
  /** Where positions of files that were read lately are kept. */
  readonly trees: Trees;
}

/** Reads one file: by its hash from the cache, else quickly where its text is plain, else as `yaml` understands it. Never throws. */
export function parse(source: Source, reading: ParseOptions): ParsedFile {
  const base = { path: source.path, overlay: source.overlay === true, locate: locator(source, reading.trees) };
  const hash = reading.cache && !base.overlay ? `${reading.version}-${sha256(source.bytes)}` : undefined;
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
  if (values) return { documents: values.map((value) => ({ value, sound: true })), diagnostics: [], unreadable: false };
  const composed = compose(text);
  return isList(composed) ? judge(text, composed, source.overlay === true) : { documents: [], diagnostics: [composed], unreadable: true };
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

/** The composed documents of the files that were looked into last. */
export interface Trees {
  of(source: Source): { readonly text: Text; readonly documents: readonly Document[] } | undefined;
}

/** Keeps a few files composed, because places are asked for file by file; more would cost hundreds of times their size. */
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
  return { text, documents: isList(composed) ? composed.filter((document) => !isEmpty(document)) : [] };
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
