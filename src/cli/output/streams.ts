import { fstatSync, writeSync } from "node:fs";
import { say } from "../../model/text/say.ts";
import { systemReason } from "../../model/system-error.ts";
import { exitStatus, gravest } from "./exit-status.ts";

/** Standard output or standard error. */
type Stream = NodeJS.WriteStream & { readonly fd: number };

/** The first errors of the two streams; nothing more is written to one that failed. */
const failures = new Map<number, Error>();

/** Writes a part of the result to stdout. It never throws: `finish` says whether something was lost. */
export function writeResult(text: string | Uint8Array): void {
  write(process.stdout, text);
}

/** Writes what is no result to stderr. It never throws. */
export function writeAside(text: string): void {
  write(process.stderr, text);
}

/** Has failures of the two streams recorded, instead of ending the process. A file that reaches its limit (`ulimit -f`) is an error of that write, and not the end of the process either. */
export function watchStreams(): void {
  process.on("SIGXFSZ", () => undefined);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => failed(stream, error));
}

/** The status to end with: where a part of the result could not be written that is told, and it is no success. */
export async function finish(status: number, translate: (text: string) => string = (text) => text): Promise<number> {
  const lost = await lostResult();
  if (lost === undefined) return status;
  writeAside(`${translate(lost)}\n`);
  return gravest([status, exitStatus.error]);
}

/** A reader that has seen enough (`| head`) lost nothing. */
async function lostResult(): Promise<string | undefined> {
  const { stdout } = process;
  if (!failures.has(stdout.fd) && !isFile(stdout)) await new Promise((resolve) => stdout.write("", resolve));
  const error: NodeJS.ErrnoException | undefined = failures.get(stdout.fd);
  if (error === undefined || error.code === "EPIPE") return undefined;
  return say`Error: the result could not be written to standard output: ${systemReason(error) ?? error.message}.`;
}

/** Node does not notice when a file took only a part of what it was given, as a full disk does. */
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

/** A file or a device that is no terminal. */
function isFile({ fd, isTTY }: Stream): boolean {
  if (isTTY) return false;
  const stat = fstatSync(fd);
  return stat.isFile() || stat.isCharacterDevice();
}

function failed({ fd }: Stream, error: Error): void {
  if (!failures.has(fd)) failures.set(fd, error);
}
