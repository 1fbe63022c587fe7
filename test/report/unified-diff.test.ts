import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unifiedDiff } from "../../src/report/machine/unified-diff.ts";
import { folder } from "../cli/binary.ts";

const line = fc.constantFrom("a", "b", "c", "d", "", "-x", "+y");
const text = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.boolean())
  .map(([lines, ended]) => lines.join("\n") + (ended && lines.length > 0 ? "\n" : ""));

/** The text a diff makes of another; throws where its lines or its counts do not fit. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const found: string[] = [];
  let at = 0;
  for (const hunk of diff.split(/^@@ /m).slice(1)) {
    const [, start = "", length = "1", added = "1"] =
      /^-(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@\n/.exec(hunk) ?? [];
    const from = Number(length) === 0 ? Number(start) : Number(start) - 1;
    found.push(...old.slice(at, from));
    at = from;
    const lines =
      hunk
        .slice(hunk.indexOf("\n") + 1)
        .replace(/\n\\ No newline at end of file\n/g, "\u241a")
        .match(/[^\n\u241a]*[\n\u241a]/g) ?? [];
    const bare = lines.map((one) => ({ mark: one[0], text: one.slice(1).replace("\u241a", "") }));
    const taken = bare.filter(({ mark }) => mark !== "+");
    expect(taken.map((one) => one.text)).toEqual(old.slice(at, at + taken.length));
    expect([taken.length, bare.length - bare.filter(({ mark }) => mark === "-").length]).toEqual([
      Number(length),
      Number(added),
    ]);
    found.push(...bare.filter(({ mark }) => mark !== "-").map((one) => one.text));
    at += taken.length;
  }
  return [...found, ...old.slice(at)].join("");
}

test("applied to the one text it gives the other; equal texts have none", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = unifiedDiff("a", before, after);
      expect(patched(before, diff)).toBe(after);
      expect(diff === "").toBe(before === after);
    }),
    { numRuns: 1000 },
  );
});

test("it is as short as git's", async () => {
  const place = folder();
  const pairs = fc.sample(fc.tuple(text, text), { numRuns: 15, seed: 7 });
  for (const [before, after] of pairs) {
    writeFileSync(join(place, "a"), before);
    writeFileSync(join(place, "b"), after);
    const { stdout } = await execa(
      "git",
      ["diff", "--no-index", "--minimal", "--numstat", "a", "b"],
      { cwd: place, reject: false },
    );
    const [added = "0", removed = "0"] = stdout.split("\t");
    const lines = unifiedDiff("a", before, after).split("\n").slice(2);
    expect([
      lines.filter((one) => one.startsWith("+")).length,
      lines.filter((one) => one.startsWith("-")).length,
    ]).toEqual([Number(added), Number(removed)]);
  }
});

test("what differs from top to bottom is shown as one replacement, at once", () => {
  const many = (word: string) =>
    Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join("");
  expect(unifiedDiff("a", many("a"), many("b")).split("\n").slice(2, 3)).toEqual([
    "@@ -1,20000 +1,20000 @@",
  ]);
});
