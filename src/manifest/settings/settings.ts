import type { Checked } from "../../model/diagnostic.ts";
import type { Source } from "../../model/source.ts";
import { judgeSettings, type ReadSettings, type SettingsOptions } from "./validate-settings.ts";
import { withLookAlikes } from "../read/look-alikes.ts";
import { parse, trees } from "../read/parse.ts";

export type { ReadSettings, SettingsOptions } from "./validate-settings.ts";

/** Reads a settings file, or returns its problems with their locations. */
export function readSettings(source: Source, options: SettingsOptions): Checked<ReadSettings> {
  const read = judgeSettings(
    parse({ ...source, overlay: true }, { version: "", trees: trees() }),
    options,
  );
  return read.ok ? read : { ok: false, diagnostics: withLookAlikes(read.diagnostics, [source]) };
}
