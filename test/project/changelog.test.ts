import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { folder, plain } from "../cli/binary.ts";

const root = join(import.meta.dirname, "../..");
const script = join(root, "release/changelog.mjs");
const older = "## 0.1.0\n\n- The first version.\n";

/** A repository that holds a changelog and these changes to come. */
function repository(log: string, changes: Readonly<Record<string, string>>): string {
  const place = folder();
  mkdirSync(join(place, "changes"));
  writeFileSync(join(place, "package.json"), '{ "version": "0.2.0" }');
  writeFileSync(join(place, "CHANGELOG.md"), log);
  writeFileSync(join(place, "changes/README.md"), "How.\n");
  for (const [name, text] of Object.entries(changes))
    writeFileSync(join(place, "changes", name), text);
  return place;
}

const gather = async (cwd: string, ...args: string[]) => {
  const { exitCode, stderr } = await execa(process.execPath, [script, ...args], { ...plain, cwd });
  return { exitCode, stderr, log: readFileSync(join(cwd, "CHANGELOG.md"), "utf8") };
};

describe("changes to come", () => {
  test("become the version of package.json, after what was written there before", async () => {
    const place = repository(`# Changelog\n\n## Unreleased\n\n- Written before.\n\n${older}`, {
      "b.md": "**Second.** Of two\nlines.\n",
      "a.md": "**First.** One.\n",
    });
    expect(await gather(place)).toEqual({
      exitCode: 0,
      stderr: "",
      log: `# Changelog\n\n## 0.2.0\n\n- Written before.\n- **First.** One.\n- **Second.** Of two\n  lines.\n\n${older}`,
    });
    expect(readdirSync(join(place, "changes"))).toEqual(["README.md"]);
    expect(await gather(place)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("has 0.2.0 already"),
    });
  });

  test("need no heading to be there", async () => {
    const place = repository(`# Changelog\n\n${older}`, { "a.md": "**First.** One.\n" });
    expect(await gather(place)).toMatchObject({
      exitCode: 0,
      log: `# Changelog\n\n## 0.2.0\n\n- **First.** One.\n\n${older}`,
    });
  });

  test.each([
    ["a.txt", "**First.** One.\n", "its name has to end in .md"],
    ["a.md", "First. One.\n", "it has to begin with what is different"],
    ["a.md", "**First.** One.\n\n- **Second.** Two.\n", "it is one entry"],
    ["a.md", `**First.** ${"long ".repeat(20)}\n`, "a line is longer than 100 columns"],
  ])("%s that is not as it should be is named, and nothing is written", async (name, text, why) => {
    const log = `# Changelog\n\n${older}`;
    const place = repository(log, { [name]: text });
    expect(await gather(place)).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(`changes/${name}: ${why}`),
      log,
    });
    expect(readdirSync(join(place, "changes"))).toContain(name);
  });

  test("have to be there at a release", async () => {
    const place = repository(`# Changelog\n\n${older}`, {});
    expect(await gather(place)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("changes/ is empty"),
    });
    expect(await gather(place, "--check")).toMatchObject({ exitCode: 0 });
  });

  test("that wait here are as they should be, and could be released", async () => {
    const place = folder();
    for (const path of ["changes", "CHANGELOG.md"])
      cpSync(join(root, path), join(place, path), { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "version": "999.0.0" }');
    const { exitCode, stderr, log } = await gather(place);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(log).toMatch(/^# Changelog\n\n## 999\.0\.0\n\n(?:(?!## )[\s\S])+\n## 0\.1\.0\n/);
  });
});
