import { clean } from "./clean.ts";
import { page, wrap } from "./layout.ts";
import type { LeaseHolder, Style } from "./report.ts";
import { moment } from "./words.ts";

/** Who holds the lease, since when and until when. */
export function textLease(given: LeaseHolder | undefined, style: Style): string {
  const lease = clean(given);
  if (lease === undefined) return page(["Nobody holds the lease."]);
  const { owner, since, until } = lease;
  return page(
    wrap(
      `${owner.actor} holds the lease, from ${owner.host} (process ${owner.pid}), since ${moment(since)} until ${moment(until)}.`,
      style.width,
    ),
  );
}
