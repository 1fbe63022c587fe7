import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { binary, folder, plain } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";
import { client } from "./client.ts";

describe("partnerctl emulator", () => {
  test("listens, says how to sign in, and stops when it is asked to", async () => {
    const place = folder();
    const running = execa(
      process.execPath,
      [
        binary,
        "emulator",
        "--port",
        "0",
        "--format",
        "json",
        "--data",
        "account.jsonl",
        "--seed",
        "7",
        "--quirks",
        "none",
      ],
      { ...plain, cwd: place },
    );
    const { url } = JSON.parse(
      await new Promise<string>((resolve) =>
        running.stdout?.once("data", (text: Buffer) => resolve(text.toString())),
      ),
    );
    expect(
      (await (await client({ url }, "app"))("GET", "/v1/customers?size=0")).body.totalCount,
    ).toBe(0);
    running.kill("SIGTERM");
    expect((await running).exitCode).toBe(0);
  });

  test.each([
    [["--port", "99999"], "--port 99999"],
    [["--latency", "soon"], "--latency soon"],
    [["--faults", "2"], "probability"],
    [["--faults", "missing.json"], "missing.json"],
    [["--faults", "wrong.json"], "kind is one of"],
    [["--faults", "pattern.json"], "path is a regular expression"],
    [["--faults", "type.json"], "nth is a number"],
    [["--faults", "field.json"], "there is no field often"],
    [["--quirks", "wrong.json"], "expected quirks as a JSON object"],
    [["--quirks", "number.json"], "expected quirks as a JSON object"],
    [["--quirks", "quirk.json"], "there is no quirk surprise"],
    [["--quirks", "quirk-type.json"], "the quirk lag users is a number"],
    [["--data", "wrong.json"], "wrong.json:1"],
  ])("%j is wrong input", async (args, said) => {
    const place = folder();
    const files = {
      "wrong.json": [{ kind: "explode" }],
      "pattern.json": [{ kind: "reset", path: "(" }],
      "type.json": [{ kind: "reset", nth: "2" }],
      "field.json": [{ kind: "reset", often: 2 }],
      "number.json": 5,
      "quirk.json": { surprise: true },
      "quirk-type.json": { lag: { users: "5" } },
    };
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(place, name), `${JSON.stringify(content)}\n`);
    const { status, stderr } = await partnerctl(place, ["emulator", ...args]);
    expect([status, stderr]).toEqual([1, expect.stringContaining(said)]);
    expect(stderr).not.toContain("This is a bug");
  });
});
