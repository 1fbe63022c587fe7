import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import type { Json } from "../../model/values/json.ts";
import { limits } from "./decode.ts";

/**
 * Reads the documents of a text that uses only the subset of YAML that all parsers read alike:
 * block and flow collections, one-line scalars, text keys. Undefined for any other text, valid or
 * invalid; use the full parser for it.
 */
export function readFast(content: string): readonly Json[] | undefined {
  if (doubtful.test(content)) return undefined;
  const events = eventsOf(content);
  return events && build(events, content);
}

// Tabs, unusual line breaks, directives, explicit keys, document ends, content on a document's
// marker line, indented markers, and list items that start on the next line.
const doubtful =
  /[\t\x85\u2028\u2029]|\r(?!\n)|^ *%|^\.\.\.|(?:^|[\s[{,])\?(?:\s|$)|^---[^\r\n]|^ +---|(?:^| )-(?: +#.*| *)\r?$/m;

// A flow collection on one line (quoted text ignored) that is nested at most two levels deep.
const innermost = "(?:\\[[^[\\]{}]*\\]|\\{[^[\\]{}]*\\})";
const outermost = `(?:\\[(?:[^[\\]{}]|${innermost})*\\]|\\{(?:[^[\\]{}]|${innermost})*\\})`;
const simpleFlow = new RegExp(`^(?:${outermost} *(?: #.*)?\\r?$|${innermost} *[,\\]}])`);

function eventsOf(content: string): readonly Event[] | undefined {
  try {
    return parseEvents(content, { maxDepth: limits.depth });
  } catch {
    return undefined;
  }
}

interface Fields {
  [field: string]: Json;
}

/** An open collection. In a mapping, `key` is the field that takes the next value. */
interface Frame {
  readonly list?: Json[];
  readonly fields?: Fields;
  key?: string;
}

function build(events: readonly Event[], content: string): readonly Json[] | undefined {
  const documents: Json[] = [];
  const stack: Frame[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) stack.push({ list: documents });
    else if (event.type === EVENT_ID.POP) stack.pop();
    else if (!accept(event, content, stack)) return undefined;
  }
  return documents.length > limits.documents ? undefined : documents;
}

function accept(event: Event, content: string, stack: Frame[]): boolean {
  const frame = stack.at(-1);
  if (frame === undefined || event.type === EVENT_ID.ALIAS || !("tagStart" in event)) return false;
  if (event.tagStart >= 0 || event.anchorStart >= 0) return false;
  if (event.type === EVENT_ID.SCALAR) return acceptScalar(event, content, frame);
  if (event.style === COLLECTION_STYLE.FLOW && !isSimpleFlow(content, event.start)) return false;
  const opened: Frame = event.type === EVENT_ID.MAPPING ? { fields: {} } : { list: [] };
  stack.push(opened);
  return put(frame, opened.fields ?? opened.list ?? null);
}

function isSimpleFlow(content: string, start: number): boolean {
  const end = content.indexOf("\n", start);
  const rest = content.slice(start, end < 0 ? undefined : end);
  return simpleFlow.test(rest.replace(/"[^"]*"|'[^']*'/g, ""));
}

function acceptScalar(event: ScalarEvent, content: string, frame: Frame): boolean {
  if (!event.fast) return false;
  const source = getScalarValue(content, event);
  const value = event.style === SCALAR_STYLE.PLAIN ? plain(source) : quoted(source, event);
  if (value === undefined) return false;
  if (frame.fields === undefined || frame.key !== undefined) return put(frame, value);
  if (typeof value !== "string" || !isPlainKey(value) || Object.hasOwn(frame.fields, value))
    return false;
  frame.key = value;
  return true;
}

function put(frame: Frame, value: Json): boolean {
  if (frame.list) frame.list.push(value);
  else if (frame.fields && frame.key !== undefined) frame.fields[frame.key] = value;
  else return false;
  frame.key = undefined;
  return true;
}

function isPlainKey(key: string): boolean {
  return key !== "__proto__" && key !== "<<" && key.length > 0 && key.length < 256;
}

function quoted(source: string, event: ScalarEvent): string | undefined {
  return event.style === SCALAR_STYLE.DOUBLE_QUOTED || event.style === SCALAR_STYLE.SINGLE_QUOTED
    ? source
    : undefined;
}

const wholeNumber = /^(?:0|-?[1-9][0-9]{0,14})$/;
const otherNumber = /^[-+]?\.?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?$|^0[ox]|^[-+]?\.[a-zA-Z]/;
const otherWord = /^(?:~|null|true|false)$/i;

function plain(source: string): Json | undefined {
  const first = source.charCodeAt(0);
  if (first >= 0x61 && first <= 0x7a) return word(source);
  if (wholeNumber.test(source)) return Number(source);
  return source === "" || otherNumber.test(source) ? undefined : word(source);
}

function word(source: string): Json | undefined {
  if (source === "true") return true;
  if (source === "false") return false;
  return source.length <= 5 && otherWord.test(source) ? undefined : source;
}
