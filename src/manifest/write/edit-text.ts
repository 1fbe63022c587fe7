import { type CST, isCollection, isScalar, isSeq, type Node, type Pair, type YAMLSeq } from "yaml";
import type { Json } from "../../model/values/json.ts";
import { rangeOf } from "../read/read-scalar.ts";
import { yaml } from "./render.ts";

/** Text that replaces a range of a file. */
export interface TextEdit {
  readonly from: number;
  readonly until: number;
  readonly text: string;
}

/**
 * The new value of a field. In a list, `old` is the index of an existing item with the same
 * meaning, which keeps its text.
 */
export interface WantedValue {
  readonly value: Json;
  readonly items?: readonly { readonly value: Json; readonly old?: number }[];
  readonly inFlow: boolean;
}

/**
 * The edits that give a field a new value and change nothing else. Undefined if comments or layout
 * do not allow it.
 */
export function editsOf(
  content: string,
  pair: Pair,
  wanted: WantedValue,
): readonly TextEdit[] | undefined {
  const node = pair.value as Node;
  if (!isCollection(node)) return [inPlace(content, node, wanted)];
  if (!isSeq(node)) return undefined;
  if (node.flow) return brackets(content, node, wanted);
  return wanted.items && wanted.items.length > 0
    ? lines(content, node, wanted.items)
    : collapsed(content, pair, node, wanted);
}

/** A value on one line. */
function spelled(value: Json, inFlow: boolean): string {
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  const text =
    typeof value === "string" && value.includes("\n")
      ? JSON.stringify(value)
      : yaml(value).trimEnd();
  return inFlow && /[,[\]{}]/.test(text) && !text.startsWith('"') ? JSON.stringify(value) : text;
}

function list(
  items: NonNullable<WantedValue["items"]>,
  written: (old: number) => string | undefined,
): string {
  return `[${items.map(({ value, old }) => (old === undefined ? undefined : written(old)) ?? spelled(value, true)).join(", ")}]`;
}

function inPlace(content: string, node: Node, { value, items, inFlow }: WantedValue): TextEdit {
  const [from, until] = rangeOf(node);
  const text = items
    ? list(items, () => undefined)
    : (quotedAs(node, value) ?? spelled(value, inFlow));
  if (!isScalar(node) || !node.type?.startsWith("BLOCK"))
    return { from, until, text: from === until ? ` ${text}` : text };
  const comment = node.comment ? ` #${node.comment}` : "";
  const [end = ""] = /\r?\n$/.exec(content.slice(Math.max(from, until - 2), until)) ?? [];
  return { from, until, text: `${text}${comment}${end}` };
}

/** Quoted text keeps its quote style. */
function quotedAs(node: Node, value: Json): string | undefined {
  if (!isScalar(node) || typeof value !== "string" || value.includes("\n")) return undefined;
  if (node.type === "QUOTE_SINGLE") return `'${value.replaceAll("'", "''")}'`;
  return node.type === "QUOTE_DOUBLE" ? JSON.stringify(value) : undefined;
}

function brackets(
  content: string,
  node: YAMLSeq,
  { value, items, inFlow }: WantedValue,
): readonly TextEdit[] | undefined {
  const [from, until] = rangeOf(node);
  if (/\n/.test(content.slice(from, until)) && /#/.test(content.slice(from, until)))
    return undefined;
  const written = (old: number): string => content.slice(...rangeOf(node.items[old] as Node));
  return [{ from, until, text: items ? list(items, written) : spelled(value, inFlow) }];
}

/** The lines of a list item, without comments above it. */
interface Lines {
  readonly from: number;
  readonly until: number;
}

function linesOf(content: string, node: YAMLSeq): readonly Lines[] | undefined {
  const tokens = node.srcToken?.type === "block-seq" ? node.srcToken.items : [];
  const found = node.items.map((item, index) => {
    const dash =
      tokens[index]?.start.find(({ type }: CST.SourceToken) => type === "seq-item-ind")?.offset ??
      0;
    const from = content.lastIndexOf("\n", dash - 1) + 1;
    const end = Math.max(dash + 1, rangeOf(item as Node)[1]);
    const at = content.indexOf("\n", content[end - 1] === "\n" ? end - 1 : end);
    return {
      from,
      until: at < 0 ? content.length : at + 1,
      alone: content.slice(from, dash).trim() === "",
    };
  });
  return found.every(({ alone }) => alone) ? found : undefined;
}

/** Items that stay keep their lines and the comments above them. */
function lines(
  content: string,
  node: YAMLSeq,
  items: NonNullable<WantedValue["items"]>,
): readonly TextEdit[] | undefined {
  const old = linesOf(content, node);
  const [first, last] = [old?.[0], old?.at(-1)];
  if (!old || !first || !last) return undefined;
  const end = content.includes("\r\n") ? "\r\n" : "\n";
  const indent = /^ */.exec(content.slice(first.from))?.[0] ?? "";
  const ended = (text: string): string => (text.endsWith("\n") ? text : text + end);
  const kept = (index: number): string =>
    content.slice(index === 0 ? first.from : old[index - 1]?.until, old[index]?.until);
  const text = items
    .map((item) =>
      ended(item.old === undefined ? `${indent}- ${spelled(item.value, false)}` : kept(item.old)),
    )
    .join("");
  const whole = content.slice(first.from, last.until).endsWith("\n")
    ? text
    : text.replace(/\r?\n$/, "");
  return [{ from: first.from, until: last.until, text: whole }];
}

/** Replaces a list by a single value or an empty list after the name, and deletes its items. */
function collapsed(
  content: string,
  { srcToken }: Pair,
  node: YAMLSeq,
  { value, inFlow }: WantedValue,
): readonly TextEdit[] | undefined {
  const old = linesOf(content, node);
  const colon = srcToken?.sep?.find(({ type }) => type === "map-value-ind")?.offset;
  if (!old || colon === undefined) return undefined;
  const behind = { from: colon + 1, until: colon + 1, text: ` ${spelled(value, inFlow)}` };
  return [behind, ...old.map(({ from, until }) => ({ from, until, text: "" }))];
}
