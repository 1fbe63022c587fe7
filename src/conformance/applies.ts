import type { Adapter } from "../model/adapter.ts";
import { covers } from "../model/values/pointer.ts";
import type { Offers } from "./offers.ts";
import type { Requirement } from "./scene.ts";

/**
 * Returns the first requirement that the adapter does not meet, as text. Undefined if it meets all.
 */
export function lack(
  needs: readonly Requirement[],
  adapter: Adapter,
  offers: Offers,
): string | undefined {
  for (const need of needs) {
    const missing = lacking(need, adapter, offers);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

function lacking(
  need: Requirement,
  { name, supports }: Adapter,
  offers: Offers,
): string | undefined {
  if ("offer" in need)
    return offers[need.offer]
      ? undefined
      : `the catalogue of ${name} has no offer to use as ${need.offer}`;
  const support = supports[need.kind];
  if (support === undefined) return `${name} does not support ${need.kind}`;
  if (need.verb && !support.verbs.includes(need.verb))
    return `${name} cannot ${need.verb} a ${need.kind}`;
  if (need.repeatable && !support.repeatable.includes(need.repeatable))
    return `${need.repeatable} of ${need.kind} is not repeatable on ${name}`;
  const field = need.fields?.find(
    (pointer) => !covers(support.readable, pointer) || !covers(support.writable, pointer),
  );
  return field && `${name} cannot read and write ${field} of a ${need.kind}`;
}
