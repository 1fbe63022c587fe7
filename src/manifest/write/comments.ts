import {
  type CST,
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** A comment line and its start column. */
interface Outer {
  readonly column: number;
  readonly text: string;
}

/**
 * Moves comments that `yaml` attaches to a neighbour to the node they belong to: the end of a
 * field's line, its first field, or the enclosing collection.
 */
export function placeComments(document: Document): void {
  const contents = document.contents as Node | null;
  if (isMap(contents)) toHead(contents);
  if (!isCollection(contents)) return;
  const outer = within(contents as YAMLMap | YAMLSeq);
  if (outer.length > 0) document.comment = joined(trimmed(textOf(outer)), document.comment) ?? null;
}

/** A comment before the first field is about the whole document. */
function toHead(contents: YAMLMap): void {
  const key = contents.items[0]?.key;
  if (!isNode(key) || !key.commentBefore) return;
  contents.commentBefore = joined(contents.commentBefore, key.commentBefore);
  key.commentBefore = undefined;
}

/** Places a collection's comments. Returns those that the enclosing collection has to place. */
function within(collection: YAMLMap | YAMLSeq): readonly Outer[] {
  let waiting: readonly Outer[] = [];
  for (const item of collection.items) {
    const start = isPair(item) ? item.key : item;
    if (waiting.length > 0 && isNode(start)) {
      start.spaceBefore ||= waiting[0]?.text === "";
      start.commentBefore = joined(trimmed(textOf(waiting)), start.commentBefore);
    }
    waiting = isPair(item)
      ? field(item)
      : isCollection(item)
        ? inItem(item as YAMLMap | YAMLSeq)
        : [];
  }
  const left = [...waiting, ...outermost(collection)];
  const column = columnOf(collection);
  const own = left.findIndex((one) => one.column < column);
  const kept = own < 0 ? left : left.slice(0, own);
  if (kept.length > 0) collection.comment = joined(collection.comment, textOf(kept));
  return own < 0 ? [] : left.slice(own);
}

function inItem(item: YAMLMap | YAMLSeq): readonly Outer[] {
  if (unwrapped(item) && item.comment) {
    item.commentBefore = joined(item.commentBefore, item.comment);
    item.comment = undefined;
  }
  return within(item);
}

function field(pair: Pair): readonly Outer[] {
  const { key, value } = pair;
  if (!isCollection(value) || !isScalar(key)) return [];
  atLineEnd(pair, value as YAMLMap | YAMLSeq);
  toFirst(value as YAMLMap | YAMLSeq);
  return within(value as YAMLMap | YAMLSeq);
}

/**
 * Keeps a comment after `key:` or after brackets on its line. After an anchor there is no space.
 */
function atLineEnd({ key, srcToken }: Pair, value: YAMLMap | YAMLSeq): void {
  if (!isScalar(key) || key.comment || value.anchor || value.items.length === 0) return;
  const said = unwrapped(value)
    ? value.comment
    : value.flow
      ? undefined
      : besides(srcToken?.sep ?? []);
  if (said === undefined || said === null || said.includes("\n")) return;
  if (unwrapped(value)) value.comment = undefined;
  else if (value.commentBefore?.startsWith(said))
    value.commentBefore = value.commentBefore.slice(said.length).replace(/^\n/, "") || undefined;
  else return;
  key.comment = said;
}

/** A flow collection that becomes a block collection. */
function unwrapped({ flow, srcToken }: YAMLMap | YAMLSeq): boolean {
  return flow !== true && srcToken?.type === "flow-collection";
}

function besides(tokens: readonly CST.SourceToken[]): string | undefined {
  const line = tokens.slice(
    0,
    tokens.findIndex(({ type }) => type === "newline"),
  );
  return line.find(({ type }) => type === "comment")?.source.slice(1) || undefined;
}

/** A comment above the first entry of a mapping or list moves with that entry. */
function toFirst(value: YAMLMap | YAMLSeq): void {
  const [first] = value.items;
  const start = isPair(first) ? first.key : first;
  value.spaceBefore = false;
  if (value.flow || !value.commentBefore || !isNode(start)) return;
  start.commentBefore = joined(value.commentBefore.replace(/^\n+/, ""), start.commentBefore);
  value.commentBefore = undefined;
}

/** Removes and returns the comments at a collection's end, from the first that is less indented. */
function outermost(collection: YAMLMap | YAMLSeq): readonly Outer[] {
  const token = collection.srcToken;
  if (!collection.comment || !token || !("items" in token) || token.type === "flow-collection")
    return [];
  const last = token.items.at(-1);
  if (!last || ("key" in last && last.key) || ("value" in last && last.value)) return [];
  const lines = linesOf(last.start);
  const outside = lines.findIndex(
    ({ column, text }) => text !== "" && column < columnOf(collection),
  );
  if (outside < 0) return [];
  const from = lines[outside - 1]?.text === "" ? outside - 1 : outside;
  const kept = textOf(lines.slice(0, from)).replace(/\n+$/, "");
  collection.comment = kept || undefined;
  return lines.slice(from);
}

/** Comment lines with their columns; an empty text stands for a blank line. */
function linesOf(tokens: readonly CST.SourceToken[]): readonly Outer[] {
  const lines: Outer[] = [];
  let breaks = 1;
  for (const token of tokens) {
    if (token.type === "newline") breaks += 1;
    if (token.type !== "comment") continue;
    if (breaks > 1) lines.push({ column: token.indent, text: "" });
    lines.push({ column: token.indent, text: token.source.slice(1) || " " });
    breaks = 0;
  }
  return lines;
}

function columnOf(collection: YAMLMap | YAMLSeq): number {
  const token = collection.srcToken;
  return token && "indent" in token ? token.indent : 0;
}

/** Removes blank lines at the start; the printer adds one itself. */
function trimmed(comment: string): string {
  return comment.replace(/^\n+/, "");
}

function textOf(lines: readonly Outer[]): string {
  return lines.map(({ text }) => text).join("\n");
}

function joined(
  first: string | null | undefined,
  second: string | null | undefined,
): string | undefined {
  return (
    [first, second]
      .filter((text) => text !== null && text !== undefined && text !== "")
      .join("\n") || undefined
  );
}
