import { isSeq } from "yaml";
import type { Address } from "../model/address.ts";
import { compare, type Checked, type Diagnostic } from "../model/diagnostic.ts";
import { equal, type Json, type Spec } from "../model/json.ts";
import { type Pointer, valueAt, withValue } from "../model/pointer.ts";
import { say } from "../model/say.ts";
import type { Source } from "../model/source.ts";
import { compileDocuments } from "./compile.ts";
import { compose } from "./compose.ts";
import type { CompileContext } from "./context.ts";
import { decode } from "./decode.ts";
import { editsOf, type TextEdit } from "./edit-text.ts";
import { findField } from "./find-field.ts";
import type { Resolved } from "./identity.ts";
import { isEmpty, rangeOf } from "./read-yaml.ts";
import type { Text } from "./text.ts";
import { ownerOf } from "./written.ts";

/** A field of a resource's spec and the value it is to have, references spelled as names. */
export interface Wish {
  readonly address: Address;
  readonly pointer: Pointer;
  readonly value: Json;
}

/** Files as they were and the text that fulfils wishes, and why some were refused. */
export interface Edited {
  readonly files: readonly { readonly source: Source; readonly text: string }[];
  readonly done: readonly Wish[];
  readonly refused: readonly Diagnostic[];
}

type Context = Omit<CompileContext, "cache">;

/** Edits the files of a set in place so that fields have other values, each where it was written; nothing but those fields changes, or there is no result. */
export function edit(sources: readonly Source[], context: Context, wishes: readonly Wish[]): Checked<Edited> {
  const compiled = compileDocuments(sources, context);
  if (!compiled.ok) return compiled;
  const byAddress = new Map(compiled.value.map((one) => [one.resource.address, one]));
  const desk: Desk = { context, files: new Map(), sources: new Map(sources.map((one) => [one.path, one])) };
  const done: Wish[] = [];
  const refused: Diagnostic[] = [];
  for (const wish of wishes) {
    const resolved = byAddress.get(wish.address);
    const refusal = resolved ? write(wish, resolved, desk) : undefined;
    if (refusal) refused.push(refusal);
    else if (resolved) done.push(wish);
  }
  const files = [...desk.files.values()].map(rewritten).sort((left, right) => compare(left.source.path, right.source.path));
  const fault = unintended(compiled.value, { files, done, refused }, { sources, context });
  return fault ? { ok: false, diagnostics: [fault] } : { ok: true, value: { files, done, refused }, diagnostics: [] };
}

interface Open {
  readonly source: Source;
  readonly text: Text;
  readonly documents: ReturnType<typeof documentsOf>;
  readonly edits: TextEdit[];
}

interface Desk {
  readonly context: Context;
  readonly sources: ReadonlyMap<string, Source>;
  /** Those that are edited. */
  readonly files: Map<string, Open>;
}

function write(wish: Wish, resolved: Resolved, desk: Desk): Diagnostic | undefined {
  const pointer = `/spec${wish.pointer}`;
  const owner = ownerOf(resolved.entry.written, pointer);
  const source = owner && desk.sources.get(owner.file.path);
  const file = source && (desk.files.get(source.path) ?? opened(source));
  const document = owner && file?.documents[owner.index];
  const field = document && findField(document, pointer);
  if (!file || !field) return refuse(wish, resolved, unwritten);
  if ("shared" in field) return { ...refuse(wish, resolved, shared), at: file.text.at(rangeOf(field.shared)) };
  const items = Array.isArray(wish.value) ? itemsOf(wish, resolved, desk.context) : undefined;
  const value = items ? items.map((one) => one.value) : named(wish.value, wish, { resolved, context: desk.context });
  const edits = editsOf(file.text.content, field.pair, {
    value,
    inFlow: field.inFlow,
    ...(items && { items: isSeq(field.pair.value) ? items : items.map((one) => ({ value: one.value })) }),
  });
  if (!edits) return refuse(wish, resolved, crowded);
  file.edits.push(...edits);
  desk.files.set(file.source.path, file);
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

interface Place {
  readonly resolved: Resolved;
  readonly context: Context;
}

/** What is not declared is called by a name of the settings, where it has one. */
function named(value: Json, { pointer }: Pick<Wish, "pointer">, { resolved, context }: Place): Json {
  const reference = resolved.entry.kind.references.find((one) => one.pointer === pointer);
  const names = Object.entries((reference && context.names[reference.kind]) ?? {});
  const name = names.sort(([left], [right]) => compare(left, right)).find(([, id]) => sameId(id, value));
  return name ? name[0] : value;
}

function sameId(id: string, value: Json): boolean {
  return typeof value === "string" && id.toUpperCase() === value.toUpperCase();
}

/** Each wanted item with the written one that means the same. */
function itemsOf(wish: Wish, resolved: Resolved, context: Context): readonly { readonly value: Json; readonly old?: number }[] {
  const { kind, document } = resolved.entry;
  const reference = kind.references.find((one) => one.pointer === wish.pointer);
  const ids = (reference && context.names[reference.kind]) ?? {};
  const meaning = (item: Json): string => {
    const id = typeof item === "string" && Object.hasOwn(ids, item) ? ids[item] : item;
    return JSON.stringify(valueAt(kind.normalize(withValue({}, wish.pointer, [id ?? item])) as Spec, wish.pointer) ?? null);
  };
  const before = valueAt(document, `/spec${wish.pointer}`);
  const left = new Map<string, number[]>();
  for (const [index, item] of (Array.isArray(before) ? before : []).entries()) {
    const own = left.get(meaning(item)) ?? [];
    left.set(meaning(item), [...own, index]);
  }
  return (Array.isArray(wish.value) ? wish.value : []).map((item: Json) => {
    const old = left.get(meaning(item))?.shift();
    return { value: named(item, wish, { resolved, context }), ...(old !== undefined && { old }) };
  });
}

type Words = (field: string) => { readonly code: string; readonly message: string; readonly hint: string };

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

function refuse({ address, pointer }: Wish, { resource }: Resolved, words: Words): Diagnostic {
  return {
    severity: "warning",
    ...words(`${address} ${pointer.slice(1).replaceAll("/", ".")}`),
    at: resource.locate(`/spec${pointer}`),
    address,
  };
}

/** The edited files have to amount to what they did, but for the wishes. */
function unintended(
  before: readonly Resolved[],
  { files, done }: Edited,
  { sources, context }: { readonly sources: readonly Source[]; readonly context: Context },
): Diagnostic | undefined {
  const texts = new Map(files.map(({ source, text }) => [source.path, text]));
  const encoder = new TextEncoder();
  const changed = sources.map((one) => ({ ...one, bytes: texts.has(one.path) ? encoder.encode(texts.get(one.path)) : one.bytes }));
  const compiled = compileDocuments(changed, context);
  const fault = { severity: "error", code: "pull/unsound" } as const;
  if (!compiled.ok)
    return {
      ...fault,
      message: say`With what the account has, the manifests would not be valid: ${compiled.diagnostics[0]?.message ?? ""}`,
      ...(compiled.diagnostics[0]?.address && { address: compiled.diagnostics[0].address }),
    };
  const wishes = new Map<Address, Wish[]>();
  for (const wish of done) wishes.set(wish.address, [...(wishes.get(wish.address) ?? []), wish]);
  const wrong = compiled.value.find(({ resource, entry }, index) => {
    const old = before[index]?.resource;
    if (!old || old.address !== resource.address || !equal(old.reason, resource.reason)) return true;
    const wanted = (wishes.get(old.address) ?? []).reduce(
      (spec: Spec, { pointer, value }) => withValue(spec, pointer, value),
      old.spec as Spec,
    );
    return !equal(resource.spec as Spec, entry.kind.normalize(wanted) as Spec);
  });
  return (
    wrong && {
      ...fault,
      message: say`The edited manifest of ${wrong.resource.address} would not say what the account has, so nothing was written. This is a bug of ours: please report it.`,
      address: wrong.resource.address,
    }
  );
}
