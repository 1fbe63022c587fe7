import { readFileSync } from "node:fs";
import { type InjectedFault, faultProblem } from "./faults.ts";
import { quirkProblem, type QuirkSettings } from "./quirks.ts";
import { Unusable } from "./unusable.ts";

const chances = [
  "reset",
  "lost",
  "timeout",
  "expired-token",
  "etag",
  "slow",
  "malformed",
  "cut",
  "lag",
] as const;

/**
 * Parses the `--faults` option: a probability from 0 to 1 that is split evenly over 16 random
 * faults, or the path of a JSON file with a list of faults. Throws Unusable if it is neither.
 */
export function givenFaults(text: string): readonly InjectedFault[] {
  const probability = Number(text);
  if (text.trim() !== "" && !Number.isNaN(probability)) return random(probability);
  const list = json(text);
  if (!Array.isArray(list)) throw new Unusable(`${text} holds no list of faults`);
  for (const fault of list) {
    const problem = faultProblem(fault);
    if (problem !== undefined)
      throw new Unusable(`${text}: ${JSON.stringify(fault)} ${problem.said}`, problem);
  }
  return list;
}

/**
 * Parses the `--quirks` option: `none`, or the path of a JSON file with the quirks to change.
 * Throws Unusable if the file is not JSON, or if a quirk in it is unknown or of the wrong type.
 */
export function givenQuirks(text: string): QuirkSettings | "none" {
  if (text === "none") return text;
  const settings: unknown = json(text);
  const problem = quirkProblem(settings);
  if (problem !== undefined) throw new Unusable(`${text}: ${problem.said}`, problem);
  return Object(settings);
}

function random(probability: number): readonly InjectedFault[] {
  if (probability < 0 || probability > 1)
    throw new Unusable(
      `${probability} is no probability; expected a number from 0 to 1, or a file`,
    );
  const path = "^/(v1|v1\\.0|webhooks)/";
  const plain = chances.map(
    (kind): InjectedFault => ({
      kind,
      path,
      probability: probability / 16,
      ...(kind === "timeout" && { seconds: 5 }),
    }),
  );
  // A throttled request was refused, so a 429 never has an effect.
  const statuses = [
    { status: 429 },
    ...[500, 502, 503].flatMap((status) => [{ status }, { status, effect: true }]),
  ];
  return [
    ...plain,
    ...statuses.map(
      (status): InjectedFault => ({
        kind: "status",
        path,
        probability: probability / 16,
        ...status,
      }),
    ),
  ];
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Unusable(
      `${file} cannot be read as JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
