import { say, type Wording } from "../model/text/phrase.ts";
import { isNode } from "./node.ts";

const instant = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Why a day (YYYY-MM-DD) or time (RFC 3339) is invalid; undefined if it is valid. CEL's own
 * functions accept days that do not exist.
 */
export function wrongDate(text: string): Wording | undefined {
  const day = instant.exec(text)?.[1];
  if (day === undefined) return say`"${text}" is neither a day (YYYY-MM-DD) nor a time (RFC 3339)`;
  const [year = 0, month = 0, number = 0] = day.split("-").map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && isLeap ? 29 : (days[month - 1] ?? 0);
  return number >= 1 && number <= last ? undefined : say`there is no day ${day}`;
}

/** An invalid date in an expression. */
export interface WrongDate {
  readonly message: Wording;
  readonly stretch: readonly [number, number];
}

/** The first invalid date in an expression, found without evaluation. */
export function wrongDateIn(node: unknown): WrongDate | undefined {
  if (Array.isArray(node)) return node.map(wrongDateIn).find((found) => found !== undefined);
  if (!isNode(node)) return undefined;
  const [name, given] = node.op === "call" && Array.isArray(node.args) ? node.args : [];
  const [text] = (name === "date" || name === "timestamp") && Array.isArray(given) ? given : [];
  if (!isNode(text) || text.op !== "value" || typeof text.args !== "string")
    return wrongDateIn(node.args);
  const message = wrongDate(text.args);
  return message === undefined ? undefined : { message, stretch: [text.start, text.end] };
}

/**
 * The name of the function that replaces `timestamp`, whose original accepts 29 February in any
 * year. The names have equal length, to keep positions.
 */
export const times = "_moment__";

/** Replaces the calls of `timestamp` in an expression by the stricter function. */
export function withOwnTimes(source: string, node: unknown): string {
  if (Array.isArray(node)) return node.reduce<string>(withOwnTimes, source);
  if (!isNode(node)) return source;
  const [name] = node.op === "call" && Array.isArray(node.args) ? node.args : [];
  const own =
    name === "timestamp"
      ? source.slice(0, node.start) + times + source.slice(node.start + times.length)
      : source;
  return withOwnTimes(own, node.args);
}
