import { say } from "../model/text/phrase.ts";
import { WordedError } from "../model/text/worded-error.ts";

/** A compiled pattern of `matches`, and the maximum number of steps for a text of this length. */
export interface Matcher {
  readonly test: (text: string) => boolean;
  readonly steps: (length: number) => number;
}

/** Number of characters that one step covers. */
const charactersPerStep = 64;

/**
 * Whether this process supports linear-time matching (flag `l`), which the command line enables in
 * V8.
 */
let linear: boolean | undefined;

/**
 * Compiles a pattern. Throws WordedError if its matching time has no known bound, SyntaxError if it
 * is invalid.
 */
export function matcher(pattern: string): Matcher {
  const plain = new RegExp(pattern);
  linear ??= compiled("", "l") !== undefined;
  const quick = linear ? compiled(pattern, "l") : undefined;
  if (quick)
    return {
      test: (text) => quick.test(text),
      steps: (length) => (length * pattern.length) / charactersPerStep,
    };
  const { open, nested } = repetitions(pattern);
  if (nested || /\\[1-9k]|\(\?(?:[=!]|<[=!])/.test(pattern)) throw new WordedError(tooHard());
  return {
    test: (text) => plain.test(text),
    steps: (length) => length ** Math.max(1, open) / charactersPerStep,
  };
}

function tooHard(): string {
  return say`its pattern looks around, back, or repeats what repeats, which can take for ever`;
}

function compiled(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/**
 * The number of repetitions in a pattern, and whether a repeated group may contain a repetition or
 * alternatives.
 */
function repetitions(pattern: string): { readonly open: number; readonly nested: boolean } {
  const bare = pattern.replace(/\\./gs, "_").replace(/\[[^\]]*\]/g, "_");
  const open = (bare.match(/[*+{]/g) ?? []).length;
  return { open, nested: /\)[*+{]/.test(bare) && (open > 1 || bare.includes("|")) };
}
