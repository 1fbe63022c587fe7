import { clean } from "./clean.ts";
import { languageOf } from "./language.ts";
import { page, wrap } from "./layout.ts";
import type { LeaseHolder, Style } from "./report.ts";
import { moment } from "./words.ts";

/** Who holds the lease, since when and until when. */
export function textLease(given: LeaseHolder | undefined, style: Style): string {
  const lease = clean(given);
  const language = languageOf(style);
  if (lease === undefined) return page([language.say`Nobody holds the lease.`]);
  const { owner, since, until } = lease;
  return page(
    wrap(
      language.say`${owner.actor} holds the lease, from ${owner.host} (process ${owner.pid}), since ${moment(since)} until ${moment(until)}.`,
      style.width,
    ),
  );
}
