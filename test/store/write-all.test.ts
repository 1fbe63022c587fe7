import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAll } from "../../src/store/files/write-all.ts";
import { folder } from "../cli/binary.ts";

test("a file that cannot be written leaves all as it was: files, and folders that were made", () => {
  const root = folder();
  writeFileSync(join(root, "a.yaml"), "old");
  mkdirSync(join(root, "z.yaml"));
  const files = [
    ["a.yaml", "new"],
    ["deep/er/b.yaml", "new"],
    ["c.yaml", "new"],
    ["z.yaml", "cannot replace a folder"],
  ] as const;
  expect(() => writeAll(root, files)).toThrow(/EISDIR/);
  expect(readdirSync(root, { recursive: true }).sort()).toEqual(["a.yaml", "z.yaml"]);
  expect(readFileSync(join(root, "a.yaml"), "utf8")).toBe("old");
  writeAll(root, files.slice(0, 3));
  expect(readFileSync(join(root, "deep/er/b.yaml"), "utf8")).toBe("new");
});
