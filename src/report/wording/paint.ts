import { styleText } from "node:util";
import type { Style } from "../report.ts";

/** The meaning of a colour. */
export type Tone = "good" | "caution" | "bad" | "accent" | "dim" | "strong" | "plain";

const formats = {
  good: "green",
  caution: "yellow",
  bad: "red",
  accent: "cyan",
  dim: "dim",
  strong: "bold",
} as const;

/** Colours a text if the style asks for colour; the terminal and environment are not consulted. */
export function paint(tone: Tone, text: string, style: Style): string {
  if (!style.color || tone === "plain" || text === "") return text;
  return styleText(formats[tone], text, { validateStream: false });
}
