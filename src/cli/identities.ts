import { existsSync, readFileSync } from "node:fs";

/** The age identities that a variable or an option gives: as they are, or as the path of a file that holds them. */
export function identitiesFrom(given: string): string {
  return /^AGE-/i.test(given.trim()) || !existsSync(given) ? given : readFileSync(given, "utf8");
}
