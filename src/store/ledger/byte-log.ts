import type { Lines, PlacedLine, Snapshot } from "./chain/snapshot.ts";

/** A ledger's bytes at one moment. */
export interface StoredBytes {
  readonly size: number;
  /** The bytes between two offsets, in chunks of any size. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
  /** Appends are stored completely or not at all: an incomplete one is an error. */
  readonly atomic?: true;
}

/** A snapshot of the lines in these bytes. Each line ends with a line break. */
export function linesInBytes(bytes: StoredBytes): Snapshot {
  const { size, read, atomic } = bytes;
  return {
    end: size,
    measure: measureBytes,
    lines: (from) => wholeLines(read(from, size), from),
    firstLine: () => firstLine(bytes),
    lastLine: (before) => lastLine(bytes, before),
    ...(atomic && { atomic }),
  };
}

/** The size of a line in bytes, with its line break. */
export function measureBytes(line: string): number {
  return Buffer.byteLength(line) + 1;
}

/** Lines as one text, each with a line break. */
export function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/**
 * Splits bytes into whole lines, in batches. Bytes after the last line break are left out: they are
 * an incomplete line.
 */
async function* wholeLines(
  chunks: AsyncIterable<Uint8Array>,
  offset: number,
): AsyncGenerator<Lines> {
  let rest: Uint8Array[] = [];
  let end = offset;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(10);
    if (last < 0) {
      rest.push(chunk);
      continue;
    }
    const bytes = Buffer.concat([...rest, chunk.subarray(0, last)]);
    rest = last + 1 < chunk.length ? [chunk.slice(last + 1)] : [];
    end += bytes.length + 1;
    yield { lines: bytes.toString("utf8").split("\n"), end };
  }
}

async function firstLine({ size, read }: StoredBytes): Promise<string | undefined> {
  for (let window = 4_096; ; window *= 4) {
    const bytes = await all(read(0, Math.min(window, size)));
    const end = bytes.indexOf(10);
    if (end >= 0) return bytes.toString("utf8", 0, end);
    if (window >= size) return undefined;
  }
}

async function lastLine({ read }: StoredBytes, before: number): Promise<PlacedLine | undefined> {
  for (let window = 8_192; ; window *= 4) {
    const from = Math.max(0, before - window);
    const bytes = await all(read(from, before));
    const end = bytes.lastIndexOf(10);
    const start = end <= 0 ? -1 : bytes.lastIndexOf(10, end - 1);
    if (end >= 0 && (start >= 0 || from === 0)) {
      return {
        line: bytes.toString("utf8", start + 1, end),
        start: from + start + 1,
        end: from + end + 1,
      };
    }
    if (from === 0) return undefined;
  }
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return Buffer.concat(found);
}
