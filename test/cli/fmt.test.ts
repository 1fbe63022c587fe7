import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { gitIn } from "../store/repository.ts";
import { folderWith, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const crooked =
  "kind: User\napiVersion: 'partnercenter/v1' # the version\nspec:\n    displayName: Li Wei\nmetadata:\n    name: li-wei\n";
const straight =
  "apiVersion: partnercenter/v1 # the version\nkind: User\nmetadata:\n  name: li-wei\nspec:\n  displayName: Li Wei\n";

const project = (more: Readonly<Record<string, string>> = {}) =>
  folderWith({
    "partnerctl.yaml": "apiVersion: partnercenter/v1\nkind: Settings\n",
    "manifests/a.yaml": crooked,
    "manifests/b.yaml": straight,
    ...more,
  });

describe("fmt", () => {
  test("writes files in place, names those it wrote, and has nothing to do the second time", async () => {
    const place = project();
    chmodSync(join(place, "manifests/a.yaml"), 0o664);
    expect(await partnerctl(place, ["fmt"])).toMatchObject({
      status: 0,
      stdout: "manifests/a.yaml\n",
    });
    expect(readFileSync(join(place, "manifests/a.yaml"), "utf8")).toBe(straight);
    expect(statSync(join(place, "manifests/a.yaml")).mode & 0o777).toBe(0o664);
    expect(readdirSync(join(place, "manifests"))).toEqual(["a.yaml", "b.yaml"]);
    expect(await partnerctl(place, ["fmt"])).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("--check writes nothing, lists the files and shows how their first lines would be", async () => {
    const place = project();
    const said = await partnerctl(place, ["fmt", "--check"]);
    expect(said).toMatchObject({ status: 1, stdout: "manifests/a.yaml\n" });
    expect(said.stderr).toContain("-    displayName: Li Wei\n");
    expect(said.stderr).toContain("+apiVersion: partnercenter/v1 # the version\n");
    expect(readFileSync(join(place, "manifests/a.yaml"), "utf8")).toBe(crooked);
    const found = JSON.parse(
      (await partnerctl(place, ["fmt", "--check", "--format", "json"])).stdout,
    );
    expect(found.diagnostics).toMatchObject([
      { code: "format/unformatted", at: { file: "manifests/a.yaml", line: 1 } },
    ]);
    expect(await partnerctl(place, ["fmt", "--check", "manifests/b.yaml"])).toMatchObject({
      status: 0,
      stdout: "",
    });
  });

  test("takes the folders the settings speak of in any environment, and no others", async () => {
    const place = project({
      "partnerctl.yaml":
        "kind: Settings\napiVersion: partnercenter/v1\nmanifests: accounts\nenvironments:\n  test:\n    overlay: over/test\n",
      "accounts/a.yaml": crooked,
      "over/test/a.yaml": crooked,
      "policies/a.yaml": "kind: Policy\napiVersion: partnercenter/v1\n",
      "elsewhere/compose.yaml": "b:   1\na:   2\n",
    });
    const { stdout } = await partnerctl(place, ["fmt"]);
    expect(stdout).toBe("accounts/a.yaml\nover/test/a.yaml\npartnerctl.yaml\npolicies/a.yaml\n");
    expect(readFileSync(join(place, "elsewhere/compose.yaml"), "utf8")).toBe("b:   1\na:   2\n");
    expect(readFileSync(join(place, "manifests/a.yaml"), "utf8")).toBe(crooked);
  });

  test("a file that is no YAML is told of and left as it is; the others are written", async () => {
    const place = project({ "manifests/c.yaml": "kind: [User\n" });
    const said = await partnerctl(place, ["fmt"]);
    expect(said).toMatchObject({ status: 1, stdout: "manifests/a.yaml\n" });
    expect(said.stderr).toContain("manifests/c.yaml:");
    expect(said.stderr).toContain("syntax/bracket");
    expect(readFileSync(join(place, "manifests/c.yaml"), "utf8")).toBe("kind: [User\n");
  });

  test("a link is followed and stays a link", async () => {
    const place = project({ "shared/c.yaml": crooked });
    symlinkSync("../shared/c.yaml", join(place, "manifests/link.yaml"));
    expect((await partnerctl(place, ["fmt"])).stdout).toBe(
      "manifests/a.yaml\nmanifests/link.yaml\n",
    );
    expect(lstatSync(join(place, "manifests/link.yaml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(place, "shared/c.yaml"), "utf8")).toBe(straight);
  });

  test("- formats stdin to stdout, without a project", async () => {
    const bare = folderWith({});
    expect(await partnerctl(bare, ["fmt", "-"], { input: crooked, stdin: "pipe" })).toEqual({
      status: 0,
      stdout: straight,
      stderr: "",
    });
    const wrong = await partnerctl(bare, ["fmt", "-"], { input: "a: [", stdin: "pipe" });
    expect(wrong).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("stdin:1:"),
    });
    expect(
      await partnerctl(bare, ["fmt", "--check", "-"], { input: crooked, stdin: "pipe" }),
    ).toMatchObject({ status: 1, stdout: "" });
    expect(await partnerctl(bare, ["fmt", "-", "a.yaml"])).toMatchObject({ status: 1, stdout: "" });
  });

  test("files named on the command line need no project, as in a pre-commit hook", async () => {
    const bare = folderWith({ "a.yaml": crooked });
    expect(await partnerctl(bare, ["fmt", "a.yaml"])).toMatchObject({
      status: 0,
      stdout: "a.yaml\n",
    });
    writeFileSync(join(bare, "a.yaml"), `\ufeff${straight.replace("\n", "\r\n")}`);
    expect(await partnerctl(bare, ["fmt", "--check", "a.yaml"])).toMatchObject({
      status: 1,
      stdout: "a.yaml\n",
    });
    await partnerctl(bare, ["fmt", "a.yaml"]);
    expect(readFileSync(join(bare, "a.yaml"), "utf8")).toBe(straight);
    expect(await partnerctl(bare, ["fmt", "b.yaml"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("file/missing"),
    });
  });

  test("what git checks out for Windows is formatted as it is", async () => {
    const place = project({ "manifests/a.yaml": straight });
    gitIn(place, "init", "--quiet");
    gitIn(place, "config", "core.autocrlf", "true");
    gitIn(place, "add", "--all");
    gitIn(place, "commit", "--quiet", "-m", "one");
    gitIn(place, "rm", "--quiet", "-r", "--cached", ".");
    gitIn(place, "reset", "--quiet", "--hard");
    expect(readFileSync(join(place, "manifests/a.yaml"), "utf8")).toBe(
      straight.replaceAll("\n", "\r\n"),
    );
    expect(await partnerctl(place, ["fmt", "--check"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    write(place, { "manifests/a.yaml": crooked.replaceAll("\n", "\r\n") });
    expect(await partnerctl(place, ["fmt"])).toMatchObject({
      status: 0,
      stdout: "manifests/a.yaml\n",
    });
    expect(gitIn(place, "status", "--short")).toBe("");
  });

  test("what init and export write is formatted already", async () => {
    const place = folderWith({});
    await partnerctl(place, ["init"]);
    write(place, {
      "manifests/customer.yaml": readFileSync(
        join(place, "manifests/customers/fabrikam.yaml.example"),
        "utf8",
      ),
    });
    expect(await partnerctl(place, ["fmt", "--check"])).toMatchObject({ status: 0, stdout: "" });
    const account = folderWith({ "partnerctl.yaml": settings() });
    await partnerctl(account, ["export", "--out", "manifests"]);
    expect(await partnerctl(account, ["fmt", "--check", "manifests"])).toMatchObject({
      status: 0,
      stdout: "",
    });
  });

  test("the examples are formatted", async () => {
    const examples = resolve(import.meta.dirname, "../../examples");
    const projects = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((file) =>
      /^[^/]+\/partnerctl\.yaml$/.test(file),
    );
    expect(projects.length).toBeGreaterThan(1);
    for (const file of projects) {
      const said = await partnerctl(join(examples, file, ".."), ["fmt", "--check"]);
      expect({ file, ...said }).toEqual({ file, status: 0, stdout: "", stderr: "" });
    }
  });
});
