import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
} from "yaml";
import { compose } from "../read/compose.ts";
import { isEmpty } from "../read/read-yaml.ts";
import type { Text } from "../read/text.ts";

/**
 * Whether two texts have the same documents and the same comments; the order of fields is ignored.
 */
export function sameMeaning(left: Text, right: Text): boolean {
  return meaning(left) === meaning(right) && remarks(left) === remarks(right);
}

function meaning(text: Text): string | undefined {
  const composed = compose(text, { directives: true });
  if (!("length" in composed)) return undefined;
  return JSON.stringify(
    composed
      .filter((document) => !isEmpty(document))
      .map((document: Document) => told(document.contents as Node | null)),
  );
}

type Told = string | readonly (string | Told)[];

function told(node: Node | null): Told {
  if (node === null) return ["", "", ["plain", "null"]];
  if (isAlias(node)) return ["alias", node.source];
  const { anchor = "", tag = "" } = node as { anchor?: string; tag?: string };
  return [anchor, isScalar(node) ? "" : tag, value(node)];
}

function value(node: Node): Told {
  if (isMap(node)) return ["map", node.items.map(field).sort()];
  if (isSeq(node))
    return ["list", node.items.map((item) => (isPair(item) ? field(item) : told(item as Node)))];
  if (!isScalar(node)) return "";
  if (typeof node.value === "string") return ["text", node.value];
  return ["plain", node.value === null ? "null" : (node.source ?? "")];
}

function field({ key, value: own }: Pair): string {
  return JSON.stringify([told(key as Node | null), told(own as Node | null)]);
}

/** The text of all comments, sorted. */
function remarks({ content }: Text): string {
  const found: string[] = [];
  let before = "";
  for (const lexeme of new Lexer().lex(content)) {
    if (lexeme.startsWith("#") && before !== "\u001f") found.push(lexeme.trim());
    before = lexeme;
  }
  return found.sort().join("\n");
}
