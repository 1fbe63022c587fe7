import { closeSync, fstatSync, ftruncateSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { AdapterError } from "../../model/adapter.ts";
import { say } from "../../model/text/say.ts";
import { appendDurably, create, reasonOf } from "./append.ts";
import { openIfThere, parseLine, readLines } from "./lines.ts";

/** A file of JSON lines that only grows: nothing that is written is written again. */
export interface Log {
  /** Hands over each entry not handed over or appended here before, whoever wrote it. A torn last line is not an entry. */
  follow(listener: Listener): void;
  /** Durable when it returns; appends under way at the same time share one sync. Throws an AdapterError that says whether it happened. */
  append(...entries: readonly object[]): Promise<void>;
  /** How many syncs the appends took so far. */
  syncs(): number;
  /** Waits for what is under way and closes the file. */
  close(): Promise<void>;
}

/** Who is told of entries. */
export interface Listener {
  take(entry: unknown): void;
  /** An append failed: forget every entry, all that are in the file come again. */
  restart(): void;
}

interface Waiting {
  readonly text: string;
  done(): void;
  failed(error: unknown): void;
}

/** The log in this file, which is made at the first append; the listener of the last `follow` is also told what another process wrote before an append. */
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
    // What is being appended is half in the file and not counted in `position` yet.
    if (busy) return;
    reading ??= openIfThere(path);
    if (reading !== undefined) position = readLines(reading, position, (line) => listener.take(parseLine(line, path)));
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
      const problem = await write(Buffer.from(batch.map((one) => one.text).join(""))).catch((error: unknown) => error);
      if (problem === undefined) for (const one of batch) one.done();
      else fail(batch, problem);
    }
    flushing = undefined;
  }

  /** What still waits was decided on an account that will not be, so it fails too. */
  function fail(batch: readonly Waiting[], problem: unknown): void {
    const others = waiting;
    waiting = [];
    failed = true;
    for (const one of batch) one.failed(problem);
    for (const one of others) one.failed(new AdapterError("unavailable", say`a write before this one failed`));
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
      throw new AdapterError("unavailable", say`the account's file cannot be written: ${reasonOf(error)}`, {
        cause: error,
      });
    } finally {
      busy = false;
    }
  }

  return {
    follow,
    append: (...entries) =>
      new Promise<void>((done, failed) => {
        waiting.push({ text: entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""), done, failed });
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
