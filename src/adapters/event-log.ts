/** What a log tells, each level also what those before it tell: what is waited for, what a run works with, each request. */
export const logLevels = ["info", "debug", "http"] as const;

/** A level of a log. */
export type LogLevel = (typeof logLevels)[number];

/** Takes a line about what happens; whoever writes it leaves out secrets, tokens and personal data. */
export type EventLog = (level: LogLevel, line: string) => void;
