import { styleText } from "node:util";
import type { Style } from "../report.ts";

/** What a colour is to say. */
export type Tone = "good" | "caution" | "bad" | "accent" | "dim" | "strong" | "plain";

const formats = { good: "green", caution: "yellow", bad: "red", accent: "cyan", dim: "dim", strong: "bold" } as const;

/** The text in the tone's colour where the style asks for colour, whatever the terminal and the environment say. */
export function paint(tone: Tone, text: string, style: Style): string {
  if (!style.color || tone === "plain" || text === "") return text;
  return styleText(formats[tone], text, { validateStream: false });
}
