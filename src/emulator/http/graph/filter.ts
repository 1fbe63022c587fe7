import { refuse } from "../../account/refusal.ts";
import {
  propertyOf,
  type Properties,
  type Scalar,
  type FilterToken,
  tokensOf,
} from "./filter-tokens.ts";

/** Tells whether an object matches a `$filter`. */
export type Matches = (properties: Properties) => boolean;

interface Reading {
  readonly filter: string;
  readonly advanced: boolean;
  readonly tokens: readonly FilterToken[];
  at: number;
}

const deepest = 20;

/**
 * Parses a `$filter`: comparisons (eq, ne, gt, ge, lt, le, in), startswith, endswith and contains,
 * joined by and, or, not and parentheses. Letter case of texts does not matter. Refuses (400)
 * anything else; all but eq, in, startswith and comparisons also unless the request is advanced.
 */
export function parseFilter(filter: string, advanced: boolean): Matches {
  const reading = { filter, advanced, tokens: [...tokensOf(filter)], at: 0 };
  const whole = either(reading, 0);
  return reading.at === reading.tokens.length ? whole : unsupported(reading);
}

function unsupported({ filter }: Reading): never {
  return refuse(
    400,
    "Request_UnsupportedQuery",
    `Unsupported or invalid query filter clause specified: '${filter}'.`,
  );
}

function peek({ tokens, at }: Reading): string | undefined {
  return tokens[at]?.text?.toLowerCase();
}

function next(reading: Reading): FilterToken {
  const token = reading.tokens[reading.at] ?? unsupported(reading);
  reading.at += 1;
  return token;
}

function expectSign(reading: Reading, sign: string): void {
  if (next(reading).text !== sign) unsupported(reading);
}

function expectAdvanced(reading: Reading): void {
  if (!reading.advanced) unsupported(reading);
}

/** Parts that are separated by a word or sign. */
function separated<T>(reading: Reading, by: string, part: () => T): readonly T[] {
  const parts = [part()];
  while (peek(reading) === by) {
    reading.at += 1;
    parts.push(part());
  }
  return parts;
}

function either(reading: Reading, depth: number): Matches {
  if (depth > deepest) unsupported(reading);
  const parts = separated(reading, "or", () => both(reading, depth));
  return (one) => parts.some((part) => part(one));
}

function both(reading: Reading, depth: number): Matches {
  const parts = separated(reading, "and", () => term(reading, depth));
  return (one) => parts.every((part) => part(one));
}

function term(reading: Reading, depth: number): Matches {
  const word = peek(reading) ?? "";
  if (word === "not") return negation(reading, depth);
  if (Object.hasOwn(functions, word)) return call(reading, word);
  if (word !== "(") return comparison(reading);
  reading.at += 1;
  const inner = either(reading, depth + 1);
  expectSign(reading, ")");
  return inner;
}

function negation(reading: Reading, depth: number): Matches {
  expectAdvanced(reading);
  if (depth > deepest) unsupported(reading);
  reading.at += 1;
  const inner = term(reading, depth + 1);
  return (one) => !inner(one);
}

function call(reading: Reading, word: string): Matches {
  reading.at += 1;
  if (word !== "startswith") expectAdvanced(reading);
  expectSign(reading, "(");
  const name = property(reading);
  expectSign(reading, ",");
  const wanted = lower(literal(reading));
  expectSign(reading, ")");
  return (one) => functions[word]?.(lower(propertyOf(one, name)), wanted) ?? false;
}

function comparison(reading: Reading): Matches {
  const name = property(reading);
  const operator = next(reading).text?.toLowerCase() ?? "";
  if (operator === "in") {
    const wanted = list(reading).map(lower);
    return (one) => wanted.includes(lower(propertyOf(one, name)));
  }
  const test = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (operator === "ne") expectAdvanced(reading);
  const wanted = literal(reading);
  return test === undefined
    ? unsupported(reading)
    : (one) => test(compare(propertyOf(one, name), wanted));
}

function list(reading: Reading): readonly Scalar[] {
  expectSign(reading, "(");
  const found = separated(reading, ",", () => literal(reading));
  expectSign(reading, ")");
  return found;
}

function property(reading: Reading): string {
  const { text } = next(reading);
  return text !== undefined && /^[A-Za-z][\w/@.]*$/.test(text) ? text : unsupported(reading);
}

function literal(reading: Reading): Scalar {
  const { value } = next(reading);
  return value === undefined ? unsupported(reading) : value;
}

const functions: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
  contains: (text, wanted) => text.includes(wanted),
};

/** By the sign of a comparison; undefined if the two cannot be compared. */
const operators: Readonly<Record<string, (sign: number | undefined) => boolean>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  gt: (sign) => sign !== undefined && sign > 0,
  ge: (sign) => sign !== undefined && sign >= 0,
  lt: (sign) => sign !== undefined && sign < 0,
  le: (sign) => sign !== undefined && sign <= 0,
};

function lower(value: Scalar): string {
  return value === null ? "" : String(value).toLowerCase();
}

/** The sign of a comparison: of moments if the second is a date, else of texts or numbers. */
export function compare(left: Scalar, right: Scalar): number | undefined {
  if (left === null || right === null) return left === right ? 0 : undefined;
  if (typeof left === "number" && typeof right === "number") return left - right;
  const moments = [Date.parse(String(left)), Date.parse(String(right))] as const;
  if (/^\d{4}-\d\d-\d\d/.test(String(right)) && !moments.some(Number.isNaN))
    return moments[0] - moments[1];
  const texts = [lower(left), lower(right)] as const;
  return texts[0] === texts[1] ? 0 : texts[0] < texts[1] ? -1 : 1;
}
