import { clean } from "../sanitize.ts";
import { type Language, languageOf } from "../language/language.ts";
import { cutToWidth } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { Style } from "../report.ts";
import { count, formatElapsed, number } from "../wording/format.ts";

/** The progress of a long operation. */
export interface ProgressState {
  readonly done: number;
  /** Undefined if the total is unknown; no percentage is shown then. */
  readonly total?: number;
  readonly requests: number;
  readonly elapsedMs: number;
  /** The current operation in a word or two. */
  readonly what?: string;
}

const blocks = 20;

/**
 * One line of progress without a line break: completed and total number, requests, and remaining
 * time if it can be estimated.
 */
export function progressLine(progress: ProgressState, style: Style): string {
  const { done, total, requests, elapsedMs } = progress;
  const language = languageOf(style);
  const what = progress.what === undefined ? [] : [language.told(clean(progress.what))];
  const sent = count(requests, "request", language);
  if (total === undefined)
    return cutToWidth(
      [...what, language.say`${number(done)} so far`, sent].join(" · "),
      style.width,
    );
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const full = Math.round(share * blocks);
  const bar = `${"█".repeat(full)}${"░".repeat(blocks - full)}`;
  const told = done > 0 && elapsedMs >= 1000 && share < 1;
  const time = told
    ? language.say`about ${roughly((elapsedMs / share) * (1 - share), language)} left`
    : formatElapsed(elapsedMs, language);
  const words = [...what, language.say`${number(done)} of ${number(total)}`, sent, time].join(
    " · ",
  );
  const line = style.width >= 70 ? `${bar}  ${words}` : words;
  const short = cutToWidth(line, style.width);
  return short.startsWith(bar) ? paint("good", bar, style) + short.slice(bar.length) : short;
}

/** The remaining time, without fractions of a second. */
function roughly(milliseconds: number, language: Language): string {
  const seconds = milliseconds / 1000;
  return seconds < 1 || seconds >= 59.95
    ? formatElapsed(milliseconds, language)
    : language.say`${Math.floor(Number(seconds.toFixed(1)))} s`;
}
