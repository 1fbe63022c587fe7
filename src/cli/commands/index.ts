import type { Command } from "../parse/command.ts";
import * as files from "./list.ts";

/** All commands, by their order under a heading, then by name. */
export const commands: readonly Command[] = Object.values<Command>(files).sort(
  (one, other) => place(one) - place(other) || (one.name < other.name ? -1 : 1),
);

function place({ order = Number.MAX_SAFE_INTEGER }: Command): number {
  return order;
}
