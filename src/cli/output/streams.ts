import { fstatSync, writeSync } from "node:fs";
import { systemReason } from "../../model/system-error.ts";
import { english, say, type Wording } from "../../model/text/phrase.ts";
import { exitStatus, gravest } from "./exit-status.ts";

type Stream = NodeJS.WriteStream & { readonly fd: number };

/** The first error of each stream. Nothing more is written to a stream that failed. */
const failures = new Map<number, Error>();

/** Writes a part of the result to stdout. Never throws: `finish` reports failures. */
export function writeResult(text: string | Uint8Array): void {
  write(process.stdout, text);
}

/** Writes anything else to stderr. Never throws. */
export function writeAside(text: string): void {
  write(process.stderr, text);
}

/**
 * Records errors of the two streams instead of ending the process. Also ignores SIGXFSZ, so that a
 * file size limit (`ulimit -f`) is an error of the write.
 */
export function watchStreams(): void {
  process.on("SIGXFSZ", () => undefined);
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => failed(stream, error));
}

/**
 * The final exit status. If a part of the result could not be written, reports that and returns at
 * least `error`.
 */
export async function finish(
  status: number,
  translate: (text: Wording) => string = english,
): Promise<number> {
  const lost = await lostResult();
  if (lost === undefined) return status;
  writeAside(`${translate(lost)}\n`);
  return gravest([status, exitStatus.error]);
}

/**
 * The error message if the result was not written completely. EPIPE is no error: the reader (`|
 * head`) has enough.
 */
async function lostResult(): Promise<Wording | undefined> {
  const { stdout } = process;
  if (!failures.has(stdout.fd) && !isFile(stdout))
    await new Promise((resolve) => stdout.write("", resolve));
  const error: NodeJS.ErrnoException | undefined = failures.get(stdout.fd);
  if (error === undefined || error.code === "EPIPE") return undefined;
  return say`Error: the result could not be written to standard output: ${systemReason(error) ?? error.message}.`;
}

/**
 * Writes to files synchronously and completely: Node.js does not notice a partial write, for
 * example on a full disk.
 */
function write(stream: Stream, text: string | Uint8Array): void {
  if (failures.has(stream.fd) || text.length === 0) return;
  if (!isFile(stream)) {
    stream.write(text);
    return;
  }
  try {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(stream.fd, bytes, done);
  } catch (error) {
    failed(stream, error instanceof Error ? error : new Error(String(error)));
  }
}

/** Whether the stream is a file or a device, but not a terminal. */
function isFile({ fd, isTTY }: Stream): boolean {
  if (isTTY) return false;
  const stat = fstatSync(fd);
  return stat.isFile() || stat.isCharacterDevice();
}

function failed({ fd }: Stream, error: Error): void {
  if (!failures.has(fd)) failures.set(fd, error);
}
