import { clean } from "../sanitize.ts";
import { languageOf } from "../language/language.ts";
import { page, wrap } from "../wording/layout.ts";
import type { LeaseHolder } from "../document.ts";
import type { Style } from "../report.ts";
import { formatMoment } from "../wording/format.ts";

/** The holder of the lease, its start, and the seconds until it ends without renewal. */
export function textLease(given: LeaseHolder | undefined, style: Style): string {
  const lease = clean(given);
  const language = languageOf(style);
  if (lease === undefined) return page([[language.say`Nobody holds the lease.`]]);
  const { owner, since, leftSeconds } = lease;
  return page([
    wrap(
      language.say`${owner.actor} holds the lease, from ${owner.host} (process ${owner.pid}), since ${formatMoment(since)}. Unless it is renewed, it is over in ${Math.ceil(leftSeconds)} seconds.`,
      style.width,
    ),
  ]);
}
