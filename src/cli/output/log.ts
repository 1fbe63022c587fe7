import { type EventLog, type LogLevel, logLevels } from "../../adapters/event-log.ts";
import { say } from "../../model/text/say.ts";

/** Where a log is written, and what is told without being asked for. */
export interface LogOptions {
  /** What PARTNERCTL_LOG says. */
  readonly wanted: string | undefined;
  /** What is told where nothing is asked for; a terminal is told what is waited for. */
  readonly usual?: LogLevel;
  write(text: string): void;
}

/** The log that the environment asks for; a level that does not exist is said once, and nothing is logged. */
export function makeLog({ wanted = "", usual, write }: LogOptions): EventLog {
  const level = wanted === "" ? usual : logLevels.find((one) => one === wanted);
  if (level === undefined && wanted !== "") write(say`PARTNERCTL_LOG is ${wanted}: expected ${logLevels.join(", ")}.`);
  const most = level === undefined ? -1 : logLevels.indexOf(level);
  return (one, line) => {
    if (logLevels.indexOf(one) <= most) write(wanted === "" ? line : `${one} ${line}`);
  };
}
