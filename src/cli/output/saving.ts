import type { Report } from "../../report/report.ts";
import { replaceFile } from "../../store/files/atomic-write.ts";

/** A file to which the result is also written, in its own format. */
export interface Save {
  readonly format: string;
  readonly file: string;
}

/**
 * The chosen format, which also writes each document to the files in the other formats. The
 * files are world-readable.
 */
export function withSavedFormats(
  chosen: Report,
  others: readonly { readonly file: string; readonly other: Report }[],
): Report {
  if (others.length === 0) return chosen;
  return {
    name: chosen.name,
    show(document, style) {
      for (const { file, other } of others)
        replaceFile(file, other.show(document, { ...style, color: false }), { mode: 0o644 });
      return chosen.show(document, style);
    },
  };
}
