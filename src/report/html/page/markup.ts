import { clean } from "../../sanitize.ts";

/** HTML that is finished: texts in it were escaped when they went in. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a hole of `html`: a text is escaped; what is not there leaves nothing. */
export type Piece = string | number | Markup | readonly Piece[] | undefined | false;

/** The one way into a page: the tagged text is markup, and whatever stands in its holes is not, unless it came through here. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return { markup: strings.reduce((all, part, index) => `${all}${written(values[index - 1])}${part}`) };
}

/** Nothing: for what a document does not have. */
export const nothing: Markup = { markup: "" };

function written(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (typeof piece === "string") return escapeMarkup(piece);
  if (typeof piece === "number") return String(piece);
  return "markup" in piece ? piece.markup : piece.map(written).join("");
}

// Most texts are of these alone, and need no second look.
const plain = /^[\w .,:;/@#()+=-]*$/;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Somebody else's text as it may stand between tags and in quoted attributes; what could hide or turn letters round is made visible. */
export function escapeMarkup(text: string): string {
  if (plain.test(text)) return text;
  return clean(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
