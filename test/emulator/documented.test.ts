import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultFields, faultKinds } from "../../src/emulator/faults.ts";
import { controlRoutes } from "../../src/emulator/http/control.ts";
import { defaultQuirks } from "../../src/emulator/quirks.ts";
import { emulation } from "../../src/emulator/runtime.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/emulator.md"), "utf8");
const rows = (heading: string) => page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";

test("every quirk is documented, with what it consists of", () => {
  for (const [name, value] of Object.entries(defaultQuirks)) {
    const row = rows("Quirks").match(new RegExp(`^\\| \`${name}\` \\|.*$`, "m"))?.[0];
    expect(row, name).toBeDefined();
    for (const part of Object.keys(Object(typeof value === "object" ? value : {})))
      expect(row, name).toContain(`\`${part}\``);
  }
});

test("every kind and field of a fault is documented", () => {
  for (const word of [...faultKinds, ...faultFields])
    if (word !== "kind") expect(rows("Faults")).toContain(`\`${word}\``);
});

test("every control route is documented, and no others", () => {
  const running = emulation({});
  const routes = controlRoutes(running, { certificate: () => "", close: () => {} });
  const named = routes.map(({ method, path }) => `${method} ${path}`);
  const told = [...rows("Control").matchAll(/`([A-Z]+ \/_emulator[^`]*)`/g)].map(([, one]) => one);
  expect([...told].sort()).toEqual([...named].sort());
  running.close();
});
