import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rewrite } from "../../src/store/files/rewrite.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder("rewrite");

test("nothing is written where one of the files changed since it was read", () => {
  scratch.put({ "a.yaml": "a: 1\n", "b.yaml": "b: 2\n" });
  const files = ["a", "b"].map((name) => ({
    source: { path: `${name}.yaml`, bytes: Buffer.from(`${name}: 1\n`) },
    text: `${name}: 10\n`,
  }));
  expect(rewrite(scratch.root, files)).toMatchObject([
    { code: "file/changed", severity: "error", at: { file: "b.yaml" } },
  ]);
  expect(readFileSync(join(scratch.root, "a.yaml"), "utf8")).toBe("a: 1\n");
});
