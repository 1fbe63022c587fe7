import type { Refreshed } from "../../model/generated/documents.ts";
import { languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { count, formatMoment } from "../wording/format.ts";
import { page, wrap } from "../wording/layout.ts";

/** What a refresh read, and how old the readings are now. */
export function textRefresh({ requests, parts, left, oldest }: Refreshed, style: Style): string {
  const language = languageOf(style);
  const read = language.say`${count(parts, "reading", language)} made in ${count(requests, "request", language)}.`;
  const rest =
    left === 0
      ? language.say`Nothing is left to read.`
      : language.say`${count(left, "reading", language)} left to make: run it again.`;
  const age =
    oldest === undefined
      ? language.say`Not everything was read yet.`
      : language.say`The oldest reading is from ${formatMoment(oldest)}.`;
  return page([wrap([read, rest, age].join(" "), style.width)]);
}
