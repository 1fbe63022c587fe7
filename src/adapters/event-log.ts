import type { Wording } from "../model/text/phrase.ts";
/**
 * Log levels. Each level includes the ones before it: `info` for pauses, `debug` for details of a
 * run, `http` for each request.
 */
export const logLevels = ["info", "debug", "http"] as const;

/** One of the log levels. */
export type LogLevel = (typeof logLevels)[number];

/** Writes one line to the log. The caller must leave out secrets, tokens and personal data. */
export type EventLog = (level: LogLevel, line: Wording) => void;
