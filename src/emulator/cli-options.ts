import { readFileSync } from "node:fs";
import { type InjectedFault, faultKinds } from "./faults.ts";
import { defaultQuirks, type QuirkSettings } from "./quirks.ts";
import { Unusable } from "./unusable.ts";

const chances = ["reset", "lost", "timeout", "expired-token", "etag", "slow", "malformed", "cut", "lag"] as const;

/** The faults a command line asks for: a probability for every kind of them (0.02), or a JSON file with a list. Throws Unusable. */
export function givenFaults(text: string): readonly InjectedFault[] {
  const probability = Number(text);
  if (text.trim() !== "" && !Number.isNaN(probability)) return random(probability);
  const list = json(text);
  if (!Array.isArray(list)) throw new Unusable(`${text} holds no list of faults`);
  const wrong = list.find((fault) => !faultKinds.some((kind) => kind === Object(fault).kind));
  if (wrong !== undefined) throw new Unusable(`${text}: ${JSON.stringify(wrong)} is no fault; kind is one of ${faultKinds.join(", ")}`);
  return list;
}

/** The quirks a command line asks for: none, or a JSON file with those that differ. Throws Unusable. */
export function givenQuirks(text: string): QuirkSettings | "none" {
  if (text === "none") return text;
  const settings: unknown = json(text);
  const unknown = Object.keys(Object(settings)).find((name) => !(name in defaultQuirks));
  if (unknown !== undefined)
    throw new Unusable(`${text}: there is no quirk ${unknown}; there are ${Object.keys(defaultQuirks).join(", ")}`);
  return Object(settings);
}

function random(probability: number): readonly InjectedFault[] {
  if (probability < 0 || probability > 1) throw new Unusable(`${probability} is no probability; expected a number from 0 to 1, or a file`);
  const path = "^/(v1|v1\\.0|webhooks)/";
  const plain = chances.map(
    (kind): InjectedFault => ({ kind, path, probability: probability / 16, ...(kind === "timeout" && { seconds: 5 }) }),
  );
  // Who is throttled has been refused, so 429 alone never comes with an effect.
  const statuses = [{ status: 429 }, ...[500, 502, 503].flatMap((status) => [{ status }, { status, effect: true }])];
  return [...plain, ...statuses.map((status): InjectedFault => ({ kind: "status", path, probability: probability / 16, ...status }))];
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Unusable(`${file} cannot be read as JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
