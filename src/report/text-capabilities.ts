import type { Support } from "../model/adapter.ts";
import { clean } from "./clean.ts";
import { indent, pad, page, widest, wrap } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Capabilities, Style } from "./report.ts";
import { field } from "./value.ts";
import { count } from "./words.ts";

/** Who is signed in where, and by kind what the backend can do. */
export function textCapabilities(given: Capabilities, style: Style): string {
  const { adapter, account, principal, supports } = clean(given);
  const kinds = Object.entries(supports);
  const width = widest(
    kinds.map(([kind]) => kind),
    32,
  );
  return page(
    [`${paint("strong", `Account ${account}`, style)}, through the adapter ${adapter}${principal ? `, as user ${principal}` : ""}.`],
    kinds.flatMap(([kind, support]) => supportLines(pad(kind, width), support, style)),
  );
}

function supportLines(kind: string, support: Support, style: Style): readonly string[] {
  if (support.verbs.length === 0 && support.readable.length === 0)
    return [`  ${paint("strong", kind, style)}  neither read nor written here: planned by hand`];
  const verbs = support.verbs.length === 0 ? "read, never written here" : support.verbs.join(", ");
  const notes = [
    `reads ${fields(support.readable)}`,
    support.verbs.length === 0 ? "" : `writes ${fields(support.writable)}`,
    support.repeatable.length > 0 ? `safe to repeat: ${support.repeatable.join(", ")}` : "",
    support.lag ? `shows after up to ${count(support.lag, "second")}` : "",
  ].filter(Boolean);
  return [
    `  ${paint("strong", kind, style)}  ${verbs}`,
    ...indent(wrap(notes.join("; "), style.width - 6), 6).map((line) => paint("dim", line, style)),
  ];
}

function fields(pointers: readonly string[]): string {
  if (pointers.length === 0) return "no field";
  return pointers.includes("") ? "every field" : pointers.map(field).join(", ");
}
