import { most, readBounded } from "../../../store/files/read-input.ts";

/** Reads a small file. The files named in adapter options are keys and certificates. */
export function readFile(path: string): Uint8Array {
  const read = readBounded(path, most.small);
  if (typeof read === "string") throw Object.assign(new Error(read), { code: read });
  return read;
}
