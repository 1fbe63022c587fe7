import type { Status } from "../../../model/plan/receipt.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Language } from "../../language/language.ts";
import type { Tone } from "../../wording/paint.ts";

type Several = (language: Language, amount: string) => string;

/**
 * The sign, colour, word and count of each outcome, from best to worst. Translate words before
 * display.
 */
export const ends: Readonly<
  Record<
    Status,
    {
      readonly sign: string;
      readonly tone: Tone;
      readonly words: string;
      readonly several: Several;
    }
  >
> = {
  done: {
    sign: "✓",
    tone: "good",
    words: say`done`,
    several: (language, amount) => language.say`${amount} done`,
  },
  "done-earlier": {
    sign: "✓",
    tone: "good",
    words: say`done earlier, from another plan`,
    several: (language, amount) => language.say`${amount} done earlier`,
  },
  manual: {
    sign: "✋",
    tone: "accent",
    words: say`manual`,
    several: (language, amount) => language.say`${amount} manual`,
  },
  skipped: {
    sign: "·",
    tone: "dim",
    words: say`skipped`,
    several: (language, amount) => language.say`${amount} skipped`,
  },
  stale: {
    sign: "!",
    tone: "caution",
    words: say`stale`,
    several: (language, amount) => language.say`${amount} stale`,
  },
  failed: {
    sign: "✗",
    tone: "bad",
    words: say`failed`,
    several: (language, amount) => language.say`${amount} failed`,
  },
  unknown: {
    sign: "?",
    tone: "bad",
    words: say`unknown`,
    several: (language, amount) => language.say`${amount} unknown`,
  },
};

/** The state of a credential. Translate before display. */
export const credentials = {
  delivered: say`credential delivered`,
  lost: say`credential lost`,
} as const;

/** All outcomes in the order in which reports list them, the worst last. */
export const statuses: readonly Status[] = [
  "done",
  "done-earlier",
  "manual",
  "skipped",
  "stale",
  "failed",
  "unknown",
];
