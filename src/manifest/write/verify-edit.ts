import type { Address } from "../../model/address.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { equal, type Spec } from "../../model/values/json.ts";
import { withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import type { Source } from "../../model/source.ts";
import { compileDocuments } from "../compile.ts";
import type { CompileContext } from "../context.ts";
import type { Resolved } from "../resolve/name-conflicts.ts";
import type { Wish } from "./field-edit.ts";
import { record } from "../../model/text/recorded.ts";

/** The resources before an edit and the intended changes. */
export interface Intent {
  readonly before: readonly Resolved[];
  readonly wishes: readonly Wish[];
}

/**
 * Checks that edited files compile to the previous resources with only the intended changes.
 * Returns `pull/invalid` or `pull/unsound` if they do not.
 */
export function findUnintended(
  edited: readonly Source[],
  context: CompileContext,
  { before, wishes: all }: Intent,
): Diagnostic | undefined {
  const compiled = compileDocuments(edited, context);
  if (!compiled.ok)
    return record({
      severity: "error",
      code: "pull/invalid",
      message: say`With what the account has, the manifests would not be valid: ${compiled.diagnostics[0]?.message ?? ""}`,
      ...(compiled.diagnostics[0]?.address && { address: compiled.diagnostics[0].address }),
    });
  const wishes = new Map<Address, Wish[]>();
  for (const wish of all) wishes.set(wish.address, [...(wishes.get(wish.address) ?? []), wish]);
  const wrong = compiled.value.find(({ resource, entry }, index) => {
    const { resource: old, entry: written } = before[index] ?? {};
    if (!old || old.address !== resource.address) return true;
    const own = wishes.get(old.address);
    if (!own) return written?.digest !== entry.digest;
    const wanted = own.reduce(
      (spec: Spec, { pointer, value }) => withValue(spec, pointer, value),
      old.spec as Spec,
    );
    return !equal(resource.spec as Spec, entry.kind.normalize(wanted) as Spec);
  });
  return (
    wrong &&
    record({
      severity: "error",
      code: "pull/unsound",
      message: say`The edited manifest of ${wrong.resource.address} would not say what the account has, so nothing was written. This is a bug of ours: please report it.`,
      address: wrong.resource.address,
    })
  );
}
