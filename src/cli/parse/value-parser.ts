import { resolve } from "node:path";
import { say, type Wording } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { formatNames } from "../../report/load.ts";
import type { Save } from "../output/saving.ts";
import { isDuration } from "./duration.ts";
import type { Option } from "./option.ts";
import { UsageRefused } from "./parser-error.ts";

type Refuse = (why: Wording, hint?: Wording) => never;
type Parser = (text: string, before: unknown) => unknown;
type Reader = (text: string, before: unknown, refuse: Refuse) => unknown;

/**
 * Returns the parser of an option's value. `before` is the option's earlier value. Throws
 * UsageRefused.
 */
export function valueParser(option: Option): Parser {
  const { short, flag } = option;
  const flags = short === undefined ? flag : `${short}, ${flag}`;
  const read = readerOf(option);
  return (text, before) =>
    read(text, before, (why, hint) => {
      const message = say`The option ${flags} cannot be ${text}. ${why}`;
      throw new UsageRefused("usage/invalid-value", message, hint);
    });
}

function readerOf({ shape, many, choices }: Option): Reader {
  if (shape === "save")
    return (text, before, refuse) => [
      ...list<Save>(before),
      save(text, list<Save>(before), refuse),
    ];
  if (many === "each") return (text, before) => [...list<string>(before), text];
  if (shape === "date") return once(date);
  if (shape === "count") return once(count);
  if (shape === "duration") return once(duration);
  if (shape === "period") return once(period);
  return once((text, refuse) => (choices === undefined ? text : choice(text, choices, refuse)));
}

/** Refuses a second, different value. */
function once<T>(read: (text: string, refuse: Refuse) => T): Reader {
  return (text, before, refuse) => {
    const value = read(text, refuse);
    if (before !== undefined && before !== value)
      refuse(say`It was given before with another value, ${String(before)}: give it once.`);
    return value;
  };
}

function list<T>(before: unknown): readonly T[] {
  return Array.isArray(before) ? before : [];
}

function choice(text: string, choices: readonly string[], refuse: Refuse): string {
  if (choices.includes(text)) return text;
  return refuse(
    say`Allowed choices are ${{ list: choices.map((one) => `"${one}"`) }}.`,
    didYouMean(text, choices),
  );
}

function save(text: string, before: readonly Save[], refuse: Refuse): Save {
  const [, format = "", file = ""] = /^([^=]+)=(.+)$/su.exec(text) ?? [];
  if (file === "") refuse(say`Expected FORMAT=FILE, such as html=plan.html.`);
  choice(format, formatNames, refuse);
  if (before.some((one) => resolve(one.file) === resolve(file)))
    refuse(say`Another result is already written to ${file}: give each a file of its own.`);
  return { format, file };
}

function date(text: string, refuse: Refuse): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || !isDay(text))
    refuse(say`Expected a day as YYYY-MM-DD, such as 2026-11-30.`);
  return text;
}

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function count(text: string, refuse: Refuse): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 256)
    refuse(say`Expected a whole number from 1 to 256.`);
  return number;
}

function duration(text: string, refuse: Refuse): string {
  if (!isDuration(text)) refuse(say`Expected a time such as 90s, 6m, 1h or lease+1m.`);
  return text;
}

function period(text: string, refuse: Refuse): string {
  if (!/^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?$/.test(text))
    refuse(say`Expected a period such as P60D, P8W or P3M.`);
  return text;
}
