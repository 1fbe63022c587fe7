import { closeSync, fstatSync, ftruncateSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { AdapterError } from "../../model/adapter.ts";
import { say } from "../../model/text/phrase.ts";
import { appendDurably, create } from "./append.ts";
import { openIfThere, parseLine, readLines } from "./lines.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/** An append-only file of JSON lines. */
export interface Log {
  /**
   * Passes each new entry to the listener, including entries of other processes, except the ones
   * this log appended. Ignores an incomplete last line.
   */
  follow(listener: Listener): void;
  /**
   * Resolves when the entries are durable. Concurrent appends share one sync. Throws an
   * AdapterError; only `unknown-outcome` means the entries may have been written.
   */
  append(...entries: readonly object[]): Promise<void>;
  /** The number of syncs so far. */
  syncs(): number;
  /** Waits for pending appends and closes the file. */
  close(): Promise<void>;
}

/** Receives the log's entries. */
export interface Listener {
  take(entry: unknown): void;
  /** Discard all entries, because an append failed. Every entry of the file follows again. */
  restart(): void;
}

interface Waiting {
  readonly text: string;
  done(): void;
  failed(error: unknown): void;
}

/**
 * Opens the log at `path`. The first append creates the file. Before an append, the last listener
 * passed to `follow` also receives entries that other processes wrote.
 */
export function openLog(path: string): Log {
  let reading: number | undefined;
  let writing: number | undefined;
  let position = 0;
  let syncs = 0;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let failed = false;
  let busy = false;
  let listener: Listener = { take() {}, restart() {} };

  function follow(next: Listener): void {
    listener = next;
    if (failed) restart();
    // The append in progress may be partly in the file, and `position` does not include it yet.
    if (busy) return;
    reading ??= openIfThere(path);
    if (reading !== undefined)
      position = readLines(reading, position, (line) => listener.take(parseLine(line, path)));
  }

  function restart(): void {
    failed = false;
    position = 0;
    listener.restart();
  }

  async function flush(): Promise<void> {
    await turn();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const problem = await write(Buffer.from(batch.map((one) => one.text).join(""))).catch(
        (error: unknown) => error,
      );
      if (problem === undefined) for (const one of batch) one.done();
      else fail(batch, problem);
    }
    flushing = undefined;
  }

  /**
   * Fails the batch and all waiting appends: they were based on a state that includes the failed
   * write.
   */
  function fail(batch: readonly Waiting[], problem: unknown): void {
    const others = waiting;
    waiting = [];
    failed = true;
    for (const one of batch) one.failed(problem);
    for (const one of others)
      one.failed(new AdapterError("unavailable", say`A write before this one failed.`));
  }

  async function write(bytes: Buffer): Promise<undefined> {
    try {
      writing ??= create(path);
      follow(listener);
      if (fstatSync(writing).size > position) ftruncateSync(writing, position);
      busy = true;
      await appendDurably(writing, bytes, position);
      syncs += 1;
      position += bytes.length;
    } catch (error) {
      if (error instanceof AdapterError) throw error;
      throw new AdapterError(
        "unavailable",
        say`The account's file cannot be written: ${wordingOf(error)}.`,
        {
          cause: error,
        },
      );
    } finally {
      busy = false;
    }
  }

  return {
    follow,
    append: (...entries) =>
      new Promise<void>((done, failed) => {
        waiting.push({
          text: entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""),
          done,
          failed,
        });
        flushing ??= flush();
      }),
    syncs: () => syncs,
    async close() {
      await flushing;
      for (const file of [reading, writing]) if (file !== undefined) closeSync(file);
      reading = undefined;
      writing = undefined;
    },
  };
}
