import { existsSync } from "node:fs";
import type { Checked } from "../model/diagnostic.ts";
import { readText } from "./text-file.ts";

/** The age identities that a variable or an option gives: as they are, or as the path of a file that holds them. */
export function identitiesFrom(given: string): Checked<string> {
  if (/^AGE-/i.test(given.trim()) || !existsSync(given)) return { ok: true, value: given, diagnostics: [] };
  return readText(given);
}
