import { say } from "../model/text/say.ts";

/** A pattern of `matches`, and how many steps it takes at most for a text of so many characters. */
export interface Matcher {
  readonly test: (text: string) => boolean;
  readonly steps: (length: number) => number;
}

/** So many characters are looked at in one step. */
const charactersPerStep = 64;

/** Whether this process matches in linear time where it is asked to (flag `l`): the command line asks V8 for it. */
let linear: boolean | undefined;

/** Makes a pattern ready. Throws RangeError where nobody could say how long it takes, SyntaxError where it is none. */
export function matcher(pattern: string): Matcher {
  const plain = new RegExp(pattern);
  linear ??= compiled("", "l") !== undefined;
  const quick = linear ? compiled(pattern, "l") : undefined;
  if (quick) return { test: (text) => quick.test(text), steps: (length) => (length * pattern.length) / charactersPerStep };
  const { open, nested } = repetitions(pattern);
  if (nested || /\\[1-9k]|\(\?(?:[=!]|<[=!])/.test(pattern)) throw new RangeError(tooHard());
  return { test: (text) => plain.test(text), steps: (length) => length ** Math.max(1, open) / charactersPerStep };
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

/** How often a pattern repeats something, and whether a group that repeats something (or chooses) is itself repeated. */
function repetitions(pattern: string): { readonly open: number; readonly nested: boolean } {
  const bare = pattern.replace(/\\./gs, "_").replace(/\[[^\]]*\]/g, "_");
  const open = (bare.match(/[*+{]/g) ?? []).length;
  return { open, nested: /\)[*+{]/.test(bare) && (open > 1 || bare.includes("|")) };
}
