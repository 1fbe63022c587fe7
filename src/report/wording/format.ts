import type { Action, Cause, Impact, Reason } from "../../model/plan/plan.ts";
import type { Noun } from "../../model/text/nouns.ts";
import { say } from "../../model/text/phrase.ts";
import { english, type Language } from "../language/language.ts";

/** A number with separators: 12345.5 is "12,345.5". */
export function number(value: number | string, language: Language = english): string {
  return language.number(value);
}

/** A number with its noun: "1 change", "1,200 changes". Add missing nouns to `nouns`. */
export function count(value: number, noun: Noun, language: Language = english): string {
  return language.count(value, noun);
}

/** An amount of money: "CNY 1,234.50". */
export function money(amount: string, currency: string): string {
  const sign = amount.startsWith("-") ? "-" : "";
  return `${sign}${currency} ${number(amount.slice(sign.length))}`;
}

/** The change in monthly cost: "+CNY 90.00/month". Empty if zero or unknown. */
export function perMonth(price: Impact["money"], language: Language = english): string {
  if (price === undefined || /^-?[0.]*$/.test(price.perMonth)) return "";
  const words = money(price.perMonth, price.currency);
  return language.say`${words.startsWith("-") ? words : `+${words}`}/month`;
}

/**
 * The change in committed cost: "commits CNY 90.00", "commits CNY 90.00 less". Empty if zero or
 * unknown.
 */
export function formatCommitment(price: Impact["money"], language: Language = english): string {
  if (price === undefined || /^-?[0.]*$/.test(price.committed)) return "";
  const words = money(price.committed.replace("-", ""), price.currency);
  return price.committed.startsWith("-")
    ? language.say`commits ${words} less`
    : language.say`commits ${words}`;
}

/** A signed number: "+3 seats", "-1 seat". Empty if zero or undefined. */
export function delta(value: number | undefined, noun: Noun, language: Language = english): string {
  if (!value) return "";
  return `${value > 0 ? "+" : "-"}${count(Math.abs(value), noun, language)}`;
}

/** The first `most` items, and the number of others: "a, b and 3 more". */
export function some(items: readonly string[], most: number, language: Language = english): string {
  const more = items.length - most;
  const told = list(more > 0 ? items.slice(0, most) : items, language);
  return more > 0 ? language.say`${told} and ${number(more)} more` : told;
}

/** Joins items with the language's list separator. */
export function list(items: readonly string[], language: Language = english): string {
  return items.join(language.say`, `);
}

/** Joins facts with the language's separator. */
export function facts(told: readonly string[], language: Language = english): string {
  return told.length === 0 ? "" : told.reduce((all, one) => language.say`${all}, ${one}`);
}

/** A time in readable form: "2026-03-01 08:00:00 UTC". Other formats are returned unchanged. */
export function formatMoment(at: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(at) ?? [];
  return day === undefined ? at : `${day} ${time} UTC`;
}

/** A duration: "850 ms", "12.3 s", "3 min 12 s", "1 h 4 min". */
export function formatElapsed(milliseconds: number, language: Language = english): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 1) return language.say`${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.95) return language.say`${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return language.say`${Math.floor(whole / 60)} min ${whole % 60} s`;
  return language.say`${number(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** The first twelve digits of a digest or hash, for comparison by eye. */
export function short(hash: string): string {
  return /^(?:sha256:)?(.{0,12})/su.exec(hash)?.[1] ?? "";
}

/** Whether, or how long, a change can be undone. Empty if always. */
export function wayBack(impact: Impact, language: Language = english): string {
  const { reversible, until, destructive } = impact;
  if (reversible === "yes") return "";
  if (reversible === "no" || until === undefined) return language.say`cannot be undone`;
  const can = language.say`can be undone until ${until}`;
  return destructive ? language.say`${can}, then its data is deleted` : can;
}

/** What changed since the last apply. Translate before display. */
export const causes: Readonly<Record<Cause, string>> = {
  manifest: say`manifest changed`,
  drift: say`account drifted`,
  both: say`manifest and account changed`,
  new: say`not managed before`,
};

/** The number of changes per action: "3 to create". */
export const actions: Readonly<Record<Action, (language: Language, amount: string) => string>> = {
  create: (language, amount) => language.say`${amount} to create`,
  update: (language, amount) => language.say`${amount} to update`,
  upgrade: (language, amount) => language.say`${amount} to upgrade`,
  remove: (language, amount) => language.say`${amount} to remove`,
  forget: (language, amount) => language.say`${amount} to forget`,
  rename: (language, amount) => language.say`${amount} to rename`,
  protect: (language, amount) => language.say`${amount} to protect`,
  unprotect: (language, amount) => language.say`${amount} to protect no more`,
};

/** The verb of each action. Translate before display. */
export const verbs: Readonly<Record<Action, string>> = {
  create: say`create`,
  update: say`update`,
  upgrade: say`upgrade`,
  remove: say`remove`,
  forget: say`forget`,
  rename: say`rename`,
  protect: say`protect`,
  unprotect: say`protect no more`,
};

/** Why a change is planned. Translate before display. */
export const reasons: Readonly<Record<Reason, string>> = {
  declared: say`declared, and not in the account`,
  differs: say`the account differs from the manifest`,
  upgraded: say`the account has one that can be upgraded to what is declared`,
  tombstone: say`declared absent`,
  exclusive: say`in no manifest, and only what is declared may exist`,
  renamed: say`declared under another name than the ledger knows`,
  protection: say`the ledger knows otherwise whether it is protected`,
  due: say`the decision about the end of its term is due`,
};

/** A commit, with a note if the files had local changes. */
export function commitWords(
  commit: string,
  at: { readonly localChanges?: true },
  language: Language,
): string {
  return language.say`commit ${withChanges(commit, at, language)}`;
}

/** Like `commitWords`, without the word "commit". */
export function withChanges(
  commit: string,
  { localChanges }: { readonly localChanges?: true },
  language: Language,
): string {
  return localChanges ? language.say`${commit} (with local changes)` : commit;
}
