import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../docs/decisions");
const pages = readdirSync(folder).filter((name) => name !== "README.md");
const index = readFileSync(join(folder, "README.md"), "utf8");

test("each decision has a number of its own, and its line in the index", () => {
  const numbers = pages.map((name) => name.slice(0, 4));
  expect(numbers.filter((one, at) => !/^\d{4}$/.test(one) || numbers.indexOf(one) !== at)).toEqual(
    [],
  );
  const lines = pages.map((name) => {
    const [, title = ""] = /^# \d+\. (.*)$/m.exec(readFileSync(join(folder, name), "utf8")) ?? [];
    return `- [${name.slice(0, 4)}](${name}) ${title}`;
  });
  const listed = index.split("\n").filter((line) => line.startsWith("- ["));
  expect([...listed].sort()).toEqual([...lines].sort());
});
