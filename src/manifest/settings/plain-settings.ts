import type { Checked } from "../../model/diagnostic.ts";
import type { Source } from "../../model/source.ts";
import { decode } from "../read/decode.ts";
import { judgeSettings, type ReadSettings, type SettingsOptions } from "./validate-settings.ts";
import { readFast } from "../read/read-fast.ts";

/**
 * Reads a valid settings file in plain YAML without loading the YAML parser. Undefined for any
 * other file; call `readSettings` to get its diagnostics.
 */
export function readPlainSettings(
  source: Source,
  options: SettingsOptions,
): Checked<ReadSettings> | undefined {
  const text = decode(source.path, source.bytes);
  const values = "content" in text ? readFast(text.content) : undefined;
  if (!values) return undefined;
  const documents = values.map((value) => ({ value, sound: true }));
  const locate = () => ({
    file: source.path,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    excerpt: "",
  });
  const file = {
    path: source.path,
    overlay: true,
    documents,
    diagnostics: [],
    unreadable: false,
    checked: false,
    locate,
  };
  const read = judgeSettings(file, options);
  return read.ok && read.diagnostics.length === 0 ? read : undefined;
}
