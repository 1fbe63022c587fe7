import { say } from "../model/text/phrase.ts";
import { type Expression, expression, type ExpressionError } from "./expression.ts";
import type { ExpressionLanguage } from "./language.ts";

/** Returns the message for a context. A hole that cannot be evaluated keeps its source text. */
export type Message = (context: object) => string;

type Part = string | { readonly written: string; readonly fill: Expression };

/**
 * Compiles a message. Each `${…}` hole contains an expression. Returns the error of the first
 * invalid hole.
 */
export function message(text: string, language: ExpressionLanguage): Message | ExpressionError {
  const parts: Part[] = [];
  let from = 0;
  for (let open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
    const close = closing(text, open + 2);
    if (close === undefined)
      return { message: say`a hole is not closed: expected }`, stretch: [open, text.length] };
    const fill = expression(text.slice(open + 2, close), language, "value");
    if (typeof fill !== "function") return shifted(fill, open + 2);
    parts.push(text.slice(from, open), { written: text.slice(open, close + 1), fill });
    from = close + 1;
  }
  parts.push(text.slice(from));
  return (context) =>
    parts.map((part) => (typeof part === "string" ? part : filled(part, context))).join("");
}

function shifted(
  { stretch: [start, end], ...fault }: ExpressionError,
  by: number,
): ExpressionError {
  return { ...fault, stretch: [start + by, end + by] };
}

/** The index of the brace that closes a hole. Ignores nested braces and braces in quotes. */
function closing(text: string, from: number): number | undefined {
  let depth = 0;
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? "";
    if (quote !== "") {
      if (letter === "\\") at += 1;
      else if (letter === quote) quote = "";
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === "{") depth += 1;
    else if (letter === "}" && depth-- === 0) return at;
  }
  return undefined;
}

function filled({ written, fill }: Exclude<Part, string>, context: object): string {
  const outcome = fill(context);
  return "value" in outcome ? shown(outcome.value) : written;
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  if ("toISOString" in value && typeof value.toISOString === "function")
    return String(value.toISOString()).slice(0, 10);
  return JSON.stringify(value, (_, one) => (typeof one === "bigint" ? Number(one) : one));
}
