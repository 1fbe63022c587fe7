import { createInterface } from "node:readline/promises";
import type { EventLog } from "../../adapters/event-log.ts";
import type { Code } from "../../model/codes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import type { Progress } from "../../operations/project/project.ts";
import type { ReportDocument } from "../../report/document.ts";
import type { Language } from "../../report/language/language.ts";
import type { Format, Report, Style } from "../../report/report.ts";
import { cleanLines } from "../../report/sanitize.ts";
import { text as inWords } from "../../report/text/index.ts";
import { complete } from "../../report/with-fallback.ts";
import type { Flags } from "../parse/flags.ts";
import { folderInRepository, projectFolder } from "../project/project-folder.ts";
import { exitStatus } from "./exit-status.ts";
import { makeLog } from "./log.ts";
import { progressMeter } from "./progress-meter.ts";
import { withSavedFormats } from "./saving.ts";
import { writeAside, writeResult } from "./streams.ts";
import { widthOf } from "./width.ts";

/** Output of a command: the result to stdout, everything else to stderr. */
export interface Terminal {
  /** The style for stdout. */
  readonly style: Style;
  readonly quiet: boolean;
  /** The user can be asked. */
  readonly interactive: boolean;
  /** Prints a result in the chosen format, and saves it in others. */
  show(document: ReportDocument): void;
  /** Prints a result that is no document, unchanged. */
  result(text: string): void;
  /** Prints a result as text, translated. */
  told(...lines: readonly Wording[]): void;
  /** Prints information that is not a result. Nothing with --quiet. */
  remark(text: Wording): void;
  /** Prints an error message. */
  problem(text: Wording): void;
  /** Prints diagnostics: to stderr in text format or after a result, otherwise to stdout. */
  diagnostics(diagnostics: readonly Diagnostic[]): void;
  /** Prints an error and returns its exit status. */
  refuse(code: Code, message: Wording, hint?: Wording): number;
  /** Prints warnings and notes to stderr. Nothing with --quiet. */
  aside(diagnostics: readonly Diagnostic[]): void;
  /** Prints a document as text to stderr. */
  preview(document: ReportDocument): void;
  progress(event: Progress): void;
  /** Logs to stderr at the level of PARTNERCTL_LOG (on a terminal without --quiet: `info`). */
  readonly log: EventLog;
  /** Asks on stderr and returns the line entered. Empty if stdin ends or the signal aborts. */
  ask(question: Wording, signal: AbortSignal): Promise<string>;
  /** Whether a question is waiting for its answer. */
  isAsking(): boolean;
}

/**
 * The terminal for this process, its flags and environment. Throws TypeError if a requested format
 * is not loaded.
 */
export function terminal(
  flags: Flags,
  language: Language,
  formats: ReadonlyMap<string, Format> = new Map([["text", inWords]]),
): Terminal {
  const { stdin, stdout, stderr } = process;
  const formatted = (name: string): Report => {
    const found = formats.get(name);
    if (!found) throw new TypeError(`the format ${name} was not loaded`);
    return complete(found);
  };
  const words = complete(inWords);
  const saves = (flags.save ?? []).map(({ format, file }) => ({ file, other: formatted(format) }));
  const chosen = withSavedFormats(formatted(flags.format), saves);
  const quiet = flags.quiet ?? false;
  const style = { ...styleOf(stdout, flags), language };
  const aside = { ...styleOf(stderr, flags), language };
  const meter = progressMeter(quiet, aside);
  let asking = false;
  let isWritten = false;
  const write = (text: string): void => {
    meter.clear();
    writeAside(ended(text));
  };
  const result = (text: string): void => {
    isWritten = true;
    meter.clear();
    writeResult(ended(text));
  };
  const plain = (...lines: readonly Wording[]): string =>
    cleanLines(lines.map(language.told).join("\n"));
  const tell = (text: Wording): void => write(plain(text));
  const tellDiagnostics = (diagnostics: readonly Diagnostic[]): void => {
    meter.clear();
    const own = isWritten ? words : withSavedFormats(words, saves);
    if (isWritten || flags.format === "text")
      write(own.show({ kind: "diagnostics", diagnostics }, aside));
    else writeResult(ended(chosen.show({ kind: "diagnostics", diagnostics }, style)));
    isWritten = true;
  };
  return {
    style,
    quiet,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    show: (document) => result(chosen.show(document, style)),
    result,
    told: (...lines) => {
      meter.clear();
      writeResult(ended(plain(...lines)));
    },
    remark: (text) => quiet || tell(text),
    problem: tell,
    diagnostics: tellDiagnostics,
    refuse: (code, message, hint) => {
      tellDiagnostics([record({ severity: "error", code, message, hint })]);
      return exitStatus.error;
    },
    aside: (diagnostics) => {
      if (!quiet && diagnostics.length > 0)
        write(words.show({ kind: "diagnostics", diagnostics }, aside));
    },
    preview: (document) => write(words.show(document, aside)),
    progress: meter.show,
    log: makeLog({
      wanted: process.env.PARTNERCTL_LOG,
      ...(stderr.isTTY && !quiet && { usual: "info" as const }),
      write: tell,
    }),
    isAsking: () => asking,
    ask: async (question, signal) => {
      meter.clear();
      asking = true;
      const lines = createInterface({ input: stdin, output: stderr, terminal: false });
      const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
      try {
        return await Promise.race([
          lines.question(plain(question), { signal }).catch(() => ""),
          closed,
        ]);
      } finally {
        lines.close();
        asking = false;
        if (signal.aborted) writeAside("\n");
      }
    },
  };
}

/**
 * The style of a stream. Colour only on a terminal, unless --no-color, NO_COLOR or FORCE_COLOR is
 * set.
 */
function styleOf(stream: NodeJS.WriteStream, flags: Flags): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const forced =
    FORCE_COLOR !== undefined && FORCE_COLOR !== ""
      ? FORCE_COLOR !== "0" && FORCE_COLOR !== "false"
      : undefined;
  const refused = flags.noColor === true || (NO_COLOR !== undefined && NO_COLOR !== "");
  const color = !refused && (forced ?? (stream.isTTY === true && TERM !== "dumb"));
  return {
    color,
    width: widthOf(stream),
    ...(flags.verbose && { verbose: true }),
    ...(flags.showPersonal && { personal: "shown" as const }),
    ...(flags.maskPersonal && { personal: "masked" as const }),
    ...placed(flags),
  };
}

/** The folder for paths in reports: pipelines need paths from the root of the repository. */
function placed({ format, project, save }: Flags): Pick<Style, "folder"> {
  const folder = format === "text" && !save ? undefined : projectFolder(project);
  return folder === undefined ? {} : { folder: folderInRepository(folder) };
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
