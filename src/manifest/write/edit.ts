import type { Code } from "../../model/codes.ts";
import { isSeq } from "yaml";
import { type Checked, compare, type Diagnostic } from "../../model/diagnostic.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { compileDocuments } from "../compile.ts";
import { compose } from "../read/compose.ts";
import type { CompileContext } from "../context.ts";
import { decode } from "../read/decode.ts";
import { editsOf, type TextEdit } from "./edit-text.ts";
import { findField } from "./find-field.ts";
import type { Resolved } from "../resolve/name-conflicts.ts";
import { findUnintended } from "./verify-edit.ts";
import { isEmpty } from "../read/read-yaml.ts";
import { rangeOf } from "../read/read-scalar.ts";
import type { Text } from "../read/text.ts";
import { itemsOf, nameValue, type Wish } from "./field-edit.ts";
import { ownerOf } from "../resolve/layers.ts";
import { record } from "../../model/text/recorded.ts";

export type { Wish } from "./field-edit.ts";

/** The edited files, the applied wishes, and a diagnostic for each refused one. */
export interface Edited {
  readonly files: readonly { readonly source: Source; readonly text: string }[];
  readonly done: readonly Wish[];
  readonly refused: readonly Diagnostic[];
}

type Context = Omit<CompileContext, "cache">;

/**
 * Edits files in place: sets each field where it is written and changes nothing else. Fields that
 * cannot be edited safely, or whose address is not declared, are refused. Returns an error if the
 * edited manifests would not compile to exactly this.
 */
export function edit(
  sources: readonly Source[],
  context: Context,
  wishes: readonly Wish[],
): Checked<Edited> {
  const compiled = compileDocuments(sources, context);
  if (!compiled.ok) return compiled;
  const byAddress = new Map(compiled.value.map((one) => [one.resource.address, one]));
  const openFiles: OpenFiles = {
    context,
    files: new Map(),
    sources: new Map(sources.map((one) => [one.path, one])),
  };
  const done: Wish[] = [];
  const refused: Diagnostic[] = [];
  for (const wish of wishes) {
    const resolved = byAddress.get(wish.address);
    const refusal = resolved ? write(wish, resolved, openFiles) : undeclared(wish);
    if (refusal) refused.push(refusal);
    else done.push(wish);
  }
  const files = [...openFiles.files.values()]
    .map(rewritten)
    .sort((left, right) => compare(left.source.path, right.source.path));
  const texts = new Map(
    files.map(({ source, text }) => [source.path, new TextEncoder().encode(text)]),
  );
  const after = sources.map((one) => ({ ...one, bytes: texts.get(one.path) ?? one.bytes }));
  const fault = findUnintended(after, context, { before: compiled.value, wishes: done });
  return fault
    ? { ok: false, diagnostics: [fault] }
    : { ok: true, value: { files, done, refused }, diagnostics: [] };
}

interface Open {
  readonly source: Source;
  readonly text: Text;
  readonly documents: ReturnType<typeof documentsOf>;
  readonly edits: TextEdit[];
}

interface OpenFiles {
  readonly context: Context;
  readonly sources: ReadonlyMap<string, Source>;
  /** The files with edits, by path. */
  readonly files: Map<string, Open>;
}

function write(wish: Wish, resolved: Resolved, openFiles: OpenFiles): Diagnostic | undefined {
  const pointer = `/spec${wish.pointer}`;
  const owner = ownerOf(resolved.entry.written, pointer);
  const source = owner && openFiles.sources.get(owner.file.path);
  const file = source && (openFiles.files.get(source.path) ?? opened(source));
  const document = owner && file?.documents[owner.index];
  const field = document && findField(document, pointer);
  if (!file || !field) return refuse(wish, resolved, unwritten);
  if ("shared" in field)
    return { ...refuse(wish, resolved, shared), at: file.text.at(rangeOf(field.shared)) };
  const { names } = openFiles.context;
  const items = Array.isArray(wish.value) ? itemsOf(wish, resolved.entry, names) : undefined;
  const value = items
    ? items.map((one) => one.value)
    : nameValue(wish.value, wish.pointer, { kind: resolved.entry.kind, names });
  const edits = editsOf(file.text.content, field.pair, {
    value,
    inFlow: field.inFlow,
    ...(items && {
      items: isSeq(field.pair.value) ? items : items.map((one) => ({ value: one.value })),
    }),
  });
  if (!edits) return refuse(wish, resolved, crowded);
  for (const one of edits) file.edits.push(one);
  openFiles.files.set(file.source.path, file);
  return undefined;
}

function opened(source: Source): Open | undefined {
  const text = decode(source.path, source.bytes);
  return "content" in text ? { source, text, documents: documentsOf(text), edits: [] } : undefined;
}

function documentsOf(text: Text) {
  const composed = compose(text, { keepSourceTokens: true });
  return "length" in composed ? composed.filter((document) => !isEmpty(document)) : [];
}

function rewritten({ source, text, edits }: Open): Edited["files"][number] {
  const mark = source.bytes[0] === 0xef && source.bytes[1] === 0xbb ? "\ufeff" : "";
  const parts: string[] = [];
  let at = 0;
  for (const one of [...edits].sort((left, right) => left.from - right.from)) {
    parts.push(text.content.slice(at, one.from), one.text);
    at = one.until;
  }
  return { source, text: `${mark}${parts.join("")}${text.content.slice(at)}` };
}

type Words = (field: string) => {
  readonly code: Code;
  readonly message: Wording;
  readonly hint: string;
};

const shared: Words = (field) => ({
  code: "pull/shared",
  message: say`${field} comes through an anchor or an alias (& and *), so changing it would change other fields too.`,
  hint: say`Write the value out where it is to differ, then pull again.`,
});

const crowded: Words = (field) => ({
  code: "pull/layout",
  message: say`${field} is written in a way that leaves no room to change it and keep its comments.`,
  hint: say`Write the list with one item a line, then pull again.`,
});

const unwritten: Words = (field) => ({
  code: "pull/unwritten",
  message: say`${field} is not written as a field of its own.`,
  hint: say`Write it out, then pull again.`,
});

function undeclared({ address }: Wish): Diagnostic {
  const message = say`${address} is not declared in the manifests that are edited.`;
  return record({ severity: "warning", code: "pull/unwritten", message, address });
}

function refuse({ address, pointer }: Wish, { resource }: Resolved, words: Words): Diagnostic {
  return record({
    severity: "warning",
    ...words(`${address} ${pointer.slice(1).replaceAll("/", ".")}`),
    at: resource.locate(`/spec${pointer}`),
    address,
  });
}
