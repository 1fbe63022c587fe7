import { existsSync } from "node:fs";
import type { Checked } from "../../model/diagnostic.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import { readText } from "./text-file.ts";

/**
 * The age identities in a variable or an option: the text itself, or a file's content if it names
 * one.
 */
export function identitiesFrom(given: string): Checked<string> {
  const inline = /^AGE-/i.test(given.trim()) || !existsSync(given);
  const read: Checked<string> = inline
    ? { ok: true, value: given, diagnostics: [] }
    : readText(given);
  if (read.ok) keepSecret(read.value);
  return read;
}
