import { clean } from "./clean.ts";
import { cut } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Style } from "./report.ts";
import { count, elapsed, number } from "./words.ts";

/** How far long work has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly requests: number;
  readonly elapsedMs: number;
  /** What is being done, in a word or two. */
  readonly what?: string;
}

const blocks = 20;

/** One line of progress, without a line break: how many of how many, requests sent, time left once it can be told. */
export function progressLine(progress: Progress, style: Style): string {
  const { done, total, requests, elapsedMs } = progress;
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const full = Math.round(share * blocks);
  const bar = `${"█".repeat(full)}${"░".repeat(blocks - full)}`;
  const told = done > 0 && elapsedMs >= 1000 && share < 1;
  const time = told ? `about ${elapsed((elapsedMs / share) * (1 - share)).replace(/\.\d+ s/, " s")} left` : elapsed(elapsedMs);
  const what = progress.what === undefined ? [] : [clean(progress.what)];
  const words = [...what, `${number(done)} of ${number(total)}`, count(requests, "request"), time].join(" · ");
  const line = style.width >= 70 ? `${bar}  ${words}` : words;
  const short = cut(line, style.width);
  return short.startsWith(bar) ? paint("good", bar, style) + short.slice(bar.length) : short;
}
