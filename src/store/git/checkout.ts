import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Checked } from "../../model/diagnostic.ts";
import { most } from "../files/read-input.ts";
import { type Blob, blobs, contents } from "./blobs.ts";
import { ask } from "./revisions.ts";

/**
 * A project's folder as it was at a git revision: a copy of the repository's tree outside of it, so that nothing a branch brings along
 * stands beside or above it; the path of the project in there. It goes when the process ends.
 */
export async function checkout(root: string, revision: string): Promise<Checked<string>> {
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
  for await (const [{ path, mode }, bytes] of contents(others, root)) put(join(folder, path), mode, bytes);
  return { ok: true, value: join(folder, Buffer.from(prefix.value).toString("utf8").trim()), diagnostics: [] };
}

const link = "120000";

/** Nothing that settings name may be larger. */
const largest = most.priceList;

/** A file that nothing may read, for its size: of what it holds no byte is written, so that whoever names it is told the size. */
function hole(file: string, size: number): void {
  put(file, "", new Uint8Array());
  truncateSync(file, size);
}

function put(file: string, mode: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  if (mode === link) symlinkSync(Buffer.from(bytes).toString("utf8"), file);
  else writeFileSync(file, bytes, { mode: 0o600 });
}
