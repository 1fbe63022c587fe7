import type { Language } from "./language.ts";

type Say = (language: Language, amount: string) => string;

/** Countable nouns with their singular and plural forms. */
export const nouns = {
  approval: {
    one: (language, amount) => language.say`${amount} approval`,
    many: (language, amount) => language.say`${amount} approvals`,
  },
  run: {
    one: (language, amount) => language.say`${amount} run`,
    many: (language, amount) => language.say`${amount} runs`,
  },
  change: {
    one: (language, amount) => language.say`${amount} change`,
    many: (language, amount) => language.say`${amount} changes`,
  },
  credential: {
    one: (language, amount) => language.say`${amount} credential`,
    many: (language, amount) => language.say`${amount} credentials`,
  },
  day: {
    one: (language, amount) => language.say`${amount} day`,
    many: (language, amount) => language.say`${amount} days`,
  },
  entry: {
    one: (language, amount) => language.say`${amount} entry`,
    many: (language, amount) => language.say`${amount} entries`,
  },
  error: {
    one: (language, amount) => language.say`${amount} error`,
    many: (language, amount) => language.say`${amount} errors`,
  },
  file: {
    one: (language, amount) => language.say`${amount} file`,
    many: (language, amount) => language.say`${amount} files`,
  },
  guard: {
    one: (language, amount) => language.say`${amount} guard`,
    many: (language, amount) => language.say`${amount} guards`,
  },
  hour: {
    one: (language, amount) => language.say`${amount} hour`,
    many: (language, amount) => language.say`${amount} hours`,
  },
  manifest: {
    one: (language, amount) => language.say`${amount} manifest`,
    many: (language, amount) => language.say`${amount} manifests`,
  },
  minute: {
    one: (language, amount) => language.say`${amount} minute`,
    many: (language, amount) => language.say`${amount} minutes`,
  },
  month: {
    one: (language, amount) => language.say`${amount} month`,
    many: (language, amount) => language.say`${amount} months`,
  },
  "more approval": {
    one: (language, amount) => language.say`${amount} more approval`,
    many: (language, amount) => language.say`${amount} more approvals`,
  },
  "more change": {
    one: (language, amount) => language.say`${amount} more change`,
    many: (language, amount) => language.say`${amount} more changes`,
  },
  "more guard": {
    one: (language, amount) => language.say`${amount} more guard`,
    many: (language, amount) => language.say`${amount} more guards`,
  },
  "more problem": {
    one: (language, amount) => language.say`${amount} more problem`,
    many: (language, amount) => language.say`${amount} more problems`,
  },
  "more manual step": {
    one: (language, amount) => language.say`${amount} more manual step`,
    many: (language, amount) => language.say`${amount} more manual steps`,
  },
  "more rule": {
    one: (language, amount) => language.say`${amount} more rule`,
    many: (language, amount) => language.say`${amount} more rules`,
  },
  note: {
    one: (language, amount) => language.say`${amount} note`,
    many: (language, amount) => language.say`${amount} notes`,
  },
  offer: {
    one: (language, amount) => language.say`${amount} offer`,
    many: (language, amount) => language.say`${amount} offers`,
  },
  problem: {
    one: (language, amount) => language.say`${amount} problem`,
    many: (language, amount) => language.say`${amount} problems`,
  },
  read: {
    one: (language, amount) => language.say`${amount} read`,
    many: (language, amount) => language.say`${amount} reads`,
  },
  request: {
    one: (language, amount) => language.say`${amount} request`,
    many: (language, amount) => language.say`${amount} requests`,
  },
  resource: {
    one: (language, amount) => language.say`${amount} resource`,
    many: (language, amount) => language.say`${amount} resources`,
  },
  seat: {
    one: (language, amount) => language.say`${amount} seat`,
    many: (language, amount) => language.say`${amount} seats`,
  },
  second: {
    one: (language, amount) => language.say`${amount} second`,
    many: (language, amount) => language.say`${amount} seconds`,
  },
  subscription: {
    one: (language, amount) => language.say`${amount} subscription`,
    many: (language, amount) => language.say`${amount} subscriptions`,
  },
  "manual step": {
    one: (language, amount) => language.say`${amount} manual step`,
    many: (language, amount) => language.say`${amount} manual steps`,
  },
  warning: {
    one: (language, amount) => language.say`${amount} warning`,
    many: (language, amount) => language.say`${amount} warnings`,
  },
  week: {
    one: (language, amount) => language.say`${amount} week`,
    many: (language, amount) => language.say`${amount} weeks`,
  },
  write: {
    one: (language, amount) => language.say`${amount} write`,
    many: (language, amount) => language.say`${amount} writes`,
  },
  year: {
    one: (language, amount) => language.say`${amount} year`,
    many: (language, amount) => language.say`${amount} years`,
  },
} as const satisfies Readonly<Record<string, { readonly one: Say; readonly many: Say }>>;

/** The name of a countable noun. */
export type Noun = keyof typeof nouns;
