import { existsSync } from "node:fs";
import type { Checked } from "../../model/diagnostic.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import { readText } from "./text-file.ts";

/** The age identities that a variable or an option gives: as they are, or as the path of a file that holds them. */
export function identitiesFrom(given: string): Checked<string> {
  const inline = /^AGE-/i.test(given.trim()) || !existsSync(given);
  const read: Checked<string> = inline ? { ok: true, value: given, diagnostics: [] } : readText(given);
  if (read.ok) keepSecret(read.value);
  return read;
}
