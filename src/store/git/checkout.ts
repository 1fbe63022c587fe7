import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Checked } from "../../model/diagnostic.ts";
import { blobs, contents } from "./git.ts";
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
  const bytes = await contents(
    files.map(({ hash }) => hash),
    root,
  );
  files.forEach(({ path, mode }, index) => {
    put(join(folder, path), mode, bytes[index] ?? new Uint8Array());
  });
  return { ok: true, value: join(folder, Buffer.from(prefix.value).toString("utf8").trim()), diagnostics: [] };
}

const link = "120000";

function put(file: string, mode: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  if (mode === link) symlinkSync(Buffer.from(bytes).toString("utf8"), file);
  else writeFileSync(file, bytes, { mode: 0o600 });
}
