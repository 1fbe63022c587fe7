import { type EventLog, type LogLevel, logLevels } from "../../adapters/event-log.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { english, say, type Wording } from "../../model/text/phrase.ts";

/** How to write the log. */
export interface LogOptions {
  /** The value of PARTNERCTL_LOG. */
  readonly wanted: string | undefined;
  /** The level if PARTNERCTL_LOG is empty. Nothing is logged if omitted. */
  readonly usual?: LogLevel;
  write(text: Wording): void;
}

function wrongLevel(wanted: string): readonly Wording[] {
  const meant = didYouMean(wanted, logLevels);
  const line = say`PARTNERCTL_LOG is ${wanted}: expected ${{ list: logLevels }}.`;
  return meant === undefined ? [line] : [line, meant];
}

/** Creates the log for the requested level. Reports an unknown level once and then logs nothing. */
export function makeLog({ wanted = "", usual, write }: LogOptions): EventLog {
  const level = wanted === "" ? usual : logLevels.find((one) => one === wanted);
  if (level === undefined && wanted !== "") for (const line of wrongLevel(wanted)) write(line);
  const most = level === undefined ? -1 : logLevels.indexOf(level);
  return (one, line) => {
    if (logLevels.indexOf(one) <= most) write(wanted === "" ? line : `${one} ${english(line)}`);
  };
}
