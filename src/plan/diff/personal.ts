import type { Kind } from "../../model/kind.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import { formerKeysIn, personalTexts } from "../../model/text/quotes.ts";
import type { PlanInput } from "../input.ts";
import { whole } from "../match/names.ts";

/** The personal data in a change's object, before and after the change. */
export function personalOf(change: Change, personal: readonly Pointer[]): readonly string[] {
  const specs = [
    ...("desired" in change ? [change.desired] : []),
    ...("observed" in change ? [change.observed.spec] : []),
  ];
  return specs.flatMap((spec) => [...personalTexts(spec, personal)]);
}

/**
 * The personal data in all declared and observed objects, including e-mail addresses in
 * `previously`.
 */
export function* personalIn({
  kinds,
  desired,
  observed,
}: Pick<PlanInput, "kinds" | "desired" | "observed">): Generator<string> {
  const personal = new Map(kinds.map((kind: Kind) => [kind.name, kind.personal]));
  for (const { kind, spec, previously } of desired.resources) {
    yield* personalTexts(whole(spec), personal.get(kind) ?? []);
    yield* formerKeysIn([...previously]);
  }
  for (const { kind, spec } of observed) yield* personalTexts(spec, personal.get(kind) ?? []);
}
