import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Checked } from "../../model/diagnostic.ts";
import { most } from "../files/read-input.ts";
import { type Blob, blobs, contents } from "./blobs.ts";
import { ask, readable } from "./revisions.ts";

/**
 * Copies the repository's tree at a git revision to a temporary folder, where no file of a branch
 * is beside or above it. Returns the project's path in the copy. The copy is deleted when the
 * process exits.
 */
export function checkout(root: string, revision: string): Promise<Checked<string>> {
  return readable(root, revision, () => copied(root, revision));
}

async function copied(root: string, revision: string): Promise<Checked<string>> {
  const prefix = await ask(root, revision, ["rev-parse", "--show-prefix"]);
  if (!prefix.ok) return prefix;
  const listed = await ask(root, revision, ["ls-tree", "-r", "-z", "-l", "--full-tree", revision]);
  if (!listed.ok) return listed;
  const folder = mkdtempSync(join(tmpdir(), "partnerctl-base-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const files = blobs(listed.value);
  const isHuge = ({ size }: Blob) => size > largest;
  for (const { path, size } of files.filter(isHuge)) hole(join(folder, path), size);
  const others = files.filter((file) => !isHuge(file));
  for await (const [{ path, mode }, bytes] of contents(others, root))
    put(join(folder, path), mode, bytes);
  return {
    ok: true,
    value: join(folder, Buffer.from(prefix.value).toString("utf8").trim()),
    diagnostics: [],
  };
}

const link = "120000";

/** The largest size limit of any file that settings can name, in bytes. */
const largest = most.priceList;

/**
 * Writes an empty file of the right size in place of a file that is too large for any reader, so
 * that readers report its size.
 */
function hole(file: string, size: number): void {
  put(file, "", new Uint8Array());
  truncateSync(file, size);
}

function put(file: string, mode: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  if (mode === link) symlinkSync(Buffer.from(bytes).toString("utf8"), file);
  else writeFileSync(file, bytes, { mode: 0o600 });
}
