import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { folder, plain } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const examples = join(import.meta.dirname, "../../examples");

function copyOfContoso(): string {
  const place = folder();
  cpSync(join(examples, "contoso"), place, { recursive: true });
  rmSync(join(place, ".partnerctl"), { recursive: true, force: true });
  return place;
}

describe("examples/contoso", () => {
  test.each([[[]], [["--env", "production"]]])(
    "is applied whole, and then there is nothing to do %j",
    async (environment) => {
      const place = copyOfContoso();
      const run = (...args: string[]) => partnerctl(place, [...args, ...environment]);
      expect(await run("validate")).toMatchObject({ status: 0, stderr: "" });
      if (environment.length > 0)
        expect(await run("apply", "--yes", "--allow", "irreversible")).toMatchObject({
          status: 5,
          stdout: expect.stringContaining("--allow money"),
        });
      const allow = [
        "--allow",
        "irreversible",
        ...(environment.length > 0 ? ["--allow", "money"] : []),
      ];
      const applied = await run("apply", "--yes", ...allow, "--format", "json");
      expect(applied).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Plan for /) });
      expect(
        JSON.parse(applied.stdout).results.map(({ status }: { status: string }) => status),
      ).toEqual(Array(17).fill("done"));
      expect(await run("plan", "--detailed-exitcode")).toMatchObject({
        status: 0,
        stdout: expect.stringContaining("Nothing to do"),
      });
    },
  );

  test("has a price for everything it orders", async () => {
    const { stdout } = await partnerctl(copyOfContoso(), [
      "plan",
      "--format",
      "json",
      "--at",
      "2026-11-30",
    ]);
    const ordered = JSON.parse(stdout).changes.filter(
      ({ kind }: { kind: string }) => kind === "Subscription",
    );
    expect(ordered).toHaveLength(7);
    for (const { address, impact } of ordered) expect(impact.money?.currency, address).toBe("CNY");
  });
});

test("examples/adapter does what its page says", async () => {
  const place = folder();
  cpSync(join(examples, "adapter"), place, { recursive: true });
  rmSync(join(place, ".partnerctl"), { recursive: true, force: true });
  const [, commands = ""] =
    /^```sh\n([^`]*)^```$/m.exec(readFileSync(join(place, "README.md"), "utf8")) ?? [];
  const said = [];
  for (const line of commands.trimEnd().split("\n"))
    said.push(await partnerctl(place, [...line.split(" ").slice(1)]));
  expect(said).toMatchObject([
    { status: 0, stderr: "", stdout: expect.stringContaining("Stopped by a guard: irreversible") },
    {
      status: 0,
      stderr: expect.not.stringContaining("warning"),
      stdout: expect.stringContaining("3 done"),
    },
    { status: 0, stderr: "", stdout: expect.stringContaining("Nothing to do") },
  ]);
});

test("examples/walk.sh finds nothing to do after it applied, and leaves nothing behind", async () => {
  const before = readdirSync(examples, { recursive: true }).sort();
  const { exitCode, stdout, stderr } = await execa("sh", [join(examples, "walk.sh")], {
    ...plain,
    cwd: folder(),
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/17 done[\s\S]*Nothing to do: 17 resources[\s\S]*quantity 120 → 150/);
  expect(readdirSync(examples, { recursive: true }).sort()).toEqual(before);
});
