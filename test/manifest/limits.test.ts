import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/manifest/compile.ts";
import { stepsOf } from "../steps.ts";
import { source, toyKinds } from "./toy-kinds.ts";

const context = { kinds: toyKinds, names: {} };
const house = (spec: string) => `apiVersion: toy/v1\nkind: House\nspec:\n${spec}`;
const codes = (text: string | Uint8Array) =>
  compile([source("a.yaml", text)], context).diagnostics.map(({ code }) => code);

/** Ten times the file takes ten times the steps at most: `made` makes it. */
async function expectLinear(
  made: (times: number) => string | Uint8Array,
  code: string | undefined,
): Promise<void> {
  const [small, large] = [made(1), made(10)];
  const steps = (text: string | Uint8Array) => stepsOf(() => expect(codes(text)[0]).toBe(code));
  const [few, many] = [await steps(small), await steps(large)];
  expect(few).toBeGreaterThan(0);
  expect(many).toBeLessThan(11 * few);
}

describe("hostile files are refused by name, in no more steps than they are long", () => {
  test.each([
    ["nested brackets", (times: number) => "[".repeat(10_000 * times), "syntax/depth"],
    ["nested braces", (times: number) => `${"{a: ".repeat(5_000 * times)}`, "syntax/depth"],
    ["nested lists", (times: number) => `${"- ".repeat(5_000 * times)}a`, "syntax/depth"],
    [
      "nested fields",
      (times: number) =>
        Array.from({ length: 200 * times }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      "syntax/depth",
    ],
    ["nested explicit keys", (times: number) => "? ".repeat(5_000 * times), "syntax/depth"],
    ["aliases of aliases", (times: number) => house(bomb(9 * times)), "syntax/alias-limit"],
    [
      "5 and 50 MB",
      (times: number) => new Uint8Array(11 * 1024 * 1024 * (1 + times / 3)).fill(0x61),
      "syntax/file-size",
    ],
  ])("%s", (_name, made, code) => expectLinear(made, code));

  test.each([
    ["65 levels, closed", house(`  a: ${"[".repeat(64)}${"]".repeat(64)}\n`), "syntax/depth"],
    [
      "many aliases of one list",
      house(`  a: &a [${"x, ".repeat(200)}x]\n  b: [${"*a, ".repeat(200)}*a]\n`),
      "syntax/alias-limit",
    ],
    ["60,000 documents", "---\na\n".repeat(60_000), "syntax/documents"],
  ])("%s", async (_name, text, code) => {
    const steps = await stepsOf(() => expect(codes(text)).toContain(code));
    expect(steps).toBeLessThan(500 * text.length);
  });

  test("a mapping with 20,000 fields takes ten times the steps of one with 2,000", () =>
    expectLinear(
      (times) =>
        house(
          Array.from({ length: 2_000 * times }, (_, index) => `  field${index}: !!str x\n`).join(
            "",
          ),
        ),
      undefined,
    ));

  test("62 levels are fine", () => {
    expect(codes(house(`  a: ${"[".repeat(60)}${"]".repeat(60)}\n`))).toEqual([]);
  });
});

function bomb(levels: number): string {
  const list = (item: string) => `[${Array.from({ length: 10 }, () => item).join(", ")}]`;
  return Array.from(
    { length: levels },
    (_, level) => `  l${level}: &l${level} ${list(level === 0 ? "x" : `*l${level - 1}`)}\n`,
  ).join("");
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
          fc
            .array(fragments, { maxLength: 40 })
            .map((all) => new TextEncoder().encode(all.join(""))),
        ),
        (bytes) => {
          const compiled = compile(
            [source("a.yaml", bytes), source("b.yaml", house("  a: 1\n"))],
            context,
          );
          if (compiled.ok)
            expect(compiled.value.resources.map(({ address }) => address)).toEqual(["House"]);
          else
            expect(
              compiled.diagnostics.every(
                ({ at }) => at === undefined || (at.line >= 1 && at.column >= 1 && at.file !== ""),
              ),
            ).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("put anywhere into a good manifest, they are refused or are all there is", () => {
    const good = house("  a: [1, 2]\n  b: {c: text}\n");
    fc.assert(
      fc.property(fc.nat(good.length), fc.string({ minLength: 1, maxLength: 3 }), (at, piece) => {
        const compiled = compile(
          [source("a.yaml", good.slice(0, at) + piece + good.slice(at))],
          context,
        );
        if (compiled.ok) expect(compiled.value.resources).toHaveLength(1);
        else expect(compiled.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 800 },
    );
  });
});
