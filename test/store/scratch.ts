import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach } from "vitest";

/** A folder that each test finds empty, and the files to put into it. */
export interface Scratch {
  readonly root: string;
  /** Goes on in another empty folder. */
  renew(): void;
  put(files: Readonly<Record<string, string>>): void;
}

/** A new folder before each test of a file; all of them are removed after the last one. */
export function scratchFolder(name: string): Scratch {
  const all = mkdtempSync(join(tmpdir(), `${name}-`));
  let root = all;
  const renew = () => {
    root = mkdtempSync(join(all, "one-"));
  };
  beforeEach(renew);
  afterAll(() => rmSync(all, { recursive: true }));
  return {
    get root() {
      return root;
    },
    renew,
    put: (files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
  };
}
