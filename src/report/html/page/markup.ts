import { clean } from "../../sanitize.ts";

/** HTML whose texts are already escaped. */
export interface Markup {
  readonly markup: string;
}

/** A value in an `html` template. Texts are escaped; undefined and false produce nothing. */
export type Piece = string | number | Markup | readonly Piece[] | undefined | false;

/**
 * The only way to create page content: the tagged text is markup, and all values are escaped unless
 * they are `Markup` themselves.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return {
    markup: strings.reduce((all, part, index) => `${all}${written(values[index - 1])}${part}`),
  };
}

/** Empty markup. */
export const nothing: Markup = { markup: "" };

function written(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (typeof piece === "string") return escapeMarkup(piece);
  if (typeof piece === "number") return String(piece);
  return "markup" in piece ? piece.markup : piece.map(written).join("");
}

// Most texts contain only these characters and need no escaping.
const plain = /^[\w .,:;/@#()+=-]*$/;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Sanitizes and escapes untrusted text for use between tags and in quoted attributes. Invisible and
 * direction-changing characters become visible.
 */
export function escapeMarkup(text: string): string {
  if (plain.test(text)) return text;
  return clean(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
