import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { say } from "../../model/text/say.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { formatNames } from "../../report/load.ts";
import type { Option } from "./option.ts";
import { isDuration } from "./duration.ts";
import type { Save } from "../output/saving.ts";

type Parser = (text: string, before: unknown) => unknown;

/**
 * Returns the parser of an option's value. `before` is the option's earlier value. Throws
 * InvalidArgumentError.
 */
export function valueParser({ shape, many, choices }: Option): Parser {
  if (shape === "save")
    return (text, before) => [...list<Save>(before), save(text, list<Save>(before))];
  if (many === "each") return (text, before) => [...list<string>(before), text];
  if (shape === "date") return once(date);
  if (shape === "count") return once(count);
  if (shape === "duration") return once(duration);
  if (shape === "period") return once(period);
  return once(choices === undefined ? (text) => text : (text) => choice(text, choices));
}

/** Refuses a second, different value. */
function once<T>(read: (text: string) => T): Parser {
  return (text, before) => {
    const value = read(text);
    if (before !== undefined && before !== value)
      throw new InvalidArgumentError(
        say`It was given before with another value, ${String(before)}: give it once.`,
      );
    return value;
  };
}

function list<T>(before: unknown): readonly T[] {
  return Array.isArray(before) ? before : [];
}

function choice(text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  const allowed = say`Allowed choices are ${choices.map((one) => `"${one}"`).join(", ")}.`;
  throw new InvalidArgumentError(
    [allowed, didYouMean(text, choices) ?? ""].filter(Boolean).join("\n"),
  );
}

function save(text: string, before: readonly Save[]): Save {
  const [, format = "", file = ""] = /^([^=]+)=(.+)$/su.exec(text) ?? [];
  if (file === "")
    throw new InvalidArgumentError(say`Expected FORMAT=FILE, such as html=plan.html.`);
  choice(format, formatNames);
  if (before.some((one) => resolve(one.file) === resolve(file)))
    throw new InvalidArgumentError(
      say`Another result is already written to ${file}: give each a file of its own.`,
    );
  return { format, file };
}

function date(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || !isDay(text))
    throw new InvalidArgumentError(say`Expected a day as YYYY-MM-DD, such as 2026-11-30.`);
  return text;
}

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 256)
    throw new InvalidArgumentError(say`Expected a whole number from 1 to 256.`);
  return number;
}

function duration(text: string): string {
  if (!isDuration(text))
    throw new InvalidArgumentError(say`Expected a time such as 90s, 6m, 1h or lease+1m.`);
  return text;
}

function period(text: string): string {
  if (!/^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?$/.test(text))
    throw new InvalidArgumentError(say`Expected a period such as P60D, P8W or P3M.`);
  return text;
}
