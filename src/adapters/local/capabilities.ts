import type { Support } from "../../model/adapter.ts";
import type { Verb } from "../../model/kind.ts";
import { covers, type Pointer } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import { AdapterUnusable } from "../factory.ts";
import type { Rules } from "./rules/rules.ts";

/**
 * What the account supports for a kind, and the fields it hides from readers because they are
 * configured as manual.
 */
export interface Scope {
  readonly rules: Rules;
  readonly support: Support;
  readonly hidden: readonly Pointer[];
}

/** The options that affect capabilities. */
export interface SupportOptions {
  readonly manual: readonly string[];
  readonly lag: number | undefined;
  readonly orders: "cart" | "direct";
}

const verbs: readonly Verb[] = ["create", "update", "upgrade", "remove"];

/**
 * Returns the capabilities by kind, without the kinds and fields in `manual` (for example
 * `CatalogCustomization`, `User/recovery`). Throws AdapterUnusable for an unknown one.
 */
export function scopes(
  kinds: readonly Rules[],
  { manual, lag, orders }: SupportOptions,
): ReadonlyMap<string, Scope> {
  for (const one of manual) refuseUnknown(kinds, one);
  const kept = kinds.filter((rules) => !manual.includes(rules.kind));
  return new Map(kept.map((rules) => [rules.kind, scope(rules, { manual, lag, orders })]));
}

function scope(rules: Rules, { manual, lag, orders }: SupportOptions): Scope {
  const hidden = manual
    .filter((one) => one.startsWith(`${rules.kind}/`))
    .map((one) => one.slice(rules.kind.length));
  const fields =
    hidden.length === 0 ? [""] : rules.fields.filter((field) => !covers(hidden, field));
  const able = verbs.filter((verb) => rules[verb] !== undefined);
  const support: Support = {
    verbs: able,
    readable: fields,
    writable: able.length === 0 ? [] : fields,
    repeatable: rules.repeatable,
    ...(orders === "cart" && rules.ordered && { proposes: ["create"] }),
    ...(lag !== undefined && { lag }),
  };
  return { rules, support, hidden };
}

/**
 * Rejects a `manual` entry that names no known kind or field: it would hide nothing, or hide a part
 * of a field that the backend reports as readable.
 */
function refuseUnknown(kinds: readonly Rules[], one: string): void {
  const places = kinds.flatMap(({ kind, fields }) => [
    kind,
    ...fields.filter((field) => field !== "").map((field) => kind + field),
  ]);
  if (places.some((place) => covers([one], place))) return;
  throw new AdapterUnusable(
    "adapter/options",
    say`\`adapters.local.simulate.manual\` in partnerctl.yaml: ${one} is unknown.`,
    say`Expected one of ${{ list: places }}.`,
  );
}
