import type { Support } from "../../model/adapter.ts";
import type { Probe } from "../../model/probe.ts";
import { clean } from "../sanitize.ts";
import { type Language, languageOf } from "../language/language.ts";
import { indentLines, pad, page, widest, wrap } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { Capabilities } from "../document.ts";
import type { Style } from "../report.ts";
import { formatPointer } from "../wording/value.ts";
import { count, list, verbs as words } from "../wording/format.ts";
import { textOf } from "../../model/text/recorded.ts";

/** The signed-in account, the supported operations by kind, and the permission checks. */
export function textCapabilities(given: Capabilities, style: Style): string {
  const { adapter, account, principal, supports, probes = [] } = clean(given);
  const language = languageOf(style);
  const who =
    account === undefined
      ? language.say`An account, through the adapter ${adapter}.`
      : principal
        ? language.say`Account ${account}, through the adapter ${adapter}, as user ${principal}.`
        : language.say`Account ${account}, through the adapter ${adapter}.`;
  const bold = language.say`Account ${account ?? ""}`;
  const kinds = Object.entries(supports);
  const width = widest(
    kinds.map(([kind]) => kind),
    32,
  );
  return page([
    [who.replace(bold, () => paint("strong", bold, style))],
    kinds.flatMap(([kind, support]) => supportLines(pad(kind, width), support, style)),
    probes.flatMap((probe) => probeLines(probe, style)),
  ]);
}

function probeLines(probe: Probe, style: Style): readonly string[] {
  const { what, allowed, token } = probe;
  const language = languageOf(style);
  const needs = { app: language.say`token: application or user`, user: language.say`token: user` };
  const note = token === undefined ? "" : `  ${paint("dim", needs[token], style)}`;
  const sign = allowed ? paint("good", "✓", style) : paint("bad", "✗", style);
  const more = ["said", "hint"]
    .map((field) => textOf(probe, field))
    .flatMap((one) => (one === "" ? [] : wrap(language.told(one), style.width - 6)));
  return [`  ${sign} ${language.told(what)}${note}`, ...indentLines(more, 6)];
}

function supportLines(kind: string, support: Support, style: Style): readonly string[] {
  const language = languageOf(style);
  if (support.verbs.length === 0 && support.readable.length === 0)
    return [
      `  ${paint("strong", kind, style)}  ${language.say`neither read nor written here: planned as manual steps`}`,
    ];
  const verbs =
    support.verbs.length === 0
      ? language.say`read, never written here`
      : told(support.verbs, language);
  const notes = [
    language.say`reads ${fields(support.readable, language)}`,
    support.verbs.length === 0 ? "" : language.say`writes ${fields(support.writable, language)}`,
    support.proposes ? language.say`first a cart: ${told(support.proposes, language)}` : "",
    support.repeatable.length > 0
      ? language.say`safe to repeat: ${told(support.repeatable, language)}`
      : "",
    support.lag ? language.say`shows after up to ${count(support.lag, "second", language)}` : "",
  ].filter(Boolean);
  return [
    `  ${paint("strong", kind, style)}  ${verbs}`,
    ...indentLines(wrap(notes.join(language.say`; `), style.width - 6), 6).map((line) =>
      paint("dim", line, style),
    ),
  ];
}

function told(verbs: Support["verbs"], language: Language): string {
  return list(
    verbs.map((verb) => language.told(words[verb])),
    language,
  );
}

function fields(pointers: readonly string[], language: Language): string {
  if (pointers.length === 0) return language.say`no field`;
  return pointers.includes("")
    ? language.say`every field`
    : list(pointers.map(formatPointer), language);
}
