import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/manifest/compile.ts";
import { source, toyKinds } from "./toy-kinds.ts";

const context = { kinds: toyKinds, names: {} };
const house = (spec: string) => `apiVersion: toy/v1\nkind: House\nspec:\n${spec}`;
const codes = (text: string | Uint8Array) => compile([source("a.yaml", text)], context).diagnostics.map(({ code }) => code);

describe("hostile files are refused quickly and by name", () => {
  test.each([
    ["nested brackets", "[".repeat(100_000), "syntax/depth"],
    ["nested braces", `${"{a: ".repeat(50_000)}`, "syntax/depth"],
    ["nested lists", `${"- ".repeat(50_000)}a`, "syntax/depth"],
    ["nested fields", Array.from({ length: 2000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"), "syntax/depth"],
    ["65 levels, closed", house(`  a: ${"[".repeat(64)}${"]".repeat(64)}\n`), "syntax/depth"],
    ["nested explicit keys", "? ".repeat(50_000), "syntax/depth"],
    ["aliases of aliases", house(bomb(9)), "syntax/alias-limit"],
    ["many aliases of one list", house(`  a: &a [${"x, ".repeat(200)}x]\n  b: [${"*a, ".repeat(200)}*a]\n`), "syntax/alias-limit"],
    ["50 MB", new Uint8Array(50 * 1024 * 1024).fill(0x61), "syntax/file-size"],
    ["60,000 documents", "---\na\n".repeat(60_000), "syntax/documents"],
  ])("%s", (_name, text, code) => {
    const before = performance.now();
    expect(codes(text)).toContain(code);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test("a mapping with 100,000 fields takes no quadratic time", () => {
    const fields = Array.from({ length: 100_000 }, (_, index) => `  field${index}: !!str x\n`).join("");
    const before = performance.now();
    expect(codes(house(fields))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  test("62 levels are fine", () => {
    expect(codes(house(`  a: ${"[".repeat(60)}${"]".repeat(60)}\n`))).toEqual([]);
  });
});

function bomb(levels: number): string {
  const list = (item: string) => `[${Array.from({ length: 10 }, () => item).join(", ")}]`;
  return Array.from({ length: levels }, (_, level) => `  l${level}: &l${level} ${list(level === 0 ? "x" : `*l${level - 1}`)}\n`).join("");
}

describe("arbitrary bytes", () => {
  const fragments = fc.constantFrom(
    "a: ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "  ",
    "'",
    '"',
    "&a ",
    "*a",
    "!t ",
    "|\n",
    "? ",
    ": ",
    "#",
    "---\n",
    "...\n",
    "%",
    "\t",
    "\0",
    "<<: ",
    "é",
    "\r\n",
    "\ufeff",
  );

  test("never crash and never pass half", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.array(fragments, { maxLength: 40 }).map((all) => new TextEncoder().encode(all.join(""))),
        ),
        (bytes) => {
          const compiled = compile([source("a.yaml", bytes), source("b.yaml", house("  a: 1\n"))], context);
          if (compiled.ok) expect(compiled.value.resources.map(({ address }) => address)).toEqual(["House"]);
          else
            expect(compiled.diagnostics.every(({ at }) => at === undefined || (at.line >= 1 && at.column >= 1 && at.file !== ""))).toBe(
              true,
            );
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("put anywhere into a good manifest, they are refused or are all there is", () => {
    const good = house("  a: [1, 2]\n  b: {c: text}\n");
    fc.assert(
      fc.property(fc.nat(good.length), fc.string({ minLength: 1, maxLength: 3 }), (at, piece) => {
        const compiled = compile([source("a.yaml", good.slice(0, at) + piece + good.slice(at))], context);
        if (compiled.ok) expect(compiled.value.resources).toHaveLength(1);
        else expect(compiled.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
