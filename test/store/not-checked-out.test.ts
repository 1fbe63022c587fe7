import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readManifests } from "../../src/store/files.ts";
import { notCheckedOut } from "../../src/store/not-checked-out.ts";
import { gitIn } from "./repository.ts";

const scratch = mkdtempSync(join(tmpdir(), "not-checked-out-"));
let root = scratch;
let number = 0;

beforeEach(() => {
  number += 1;
  root = join(scratch, String(number));
  mkdirSync(root);
});
afterAll(() => rmSync(scratch, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(): void {
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", "--all");
  gitIn(root, "commit", "--quiet", "-m", "one");
}

async function missing(folder = root): Promise<readonly string[]> {
  const found = await notCheckedOut(folder, readManifests(folder, ["m"]).folders);
  expect(found.every(({ severity }) => severity === "warning")).toBe(true);
  return found.map(({ code, at, message }) => `${code} ${at?.file}${/and (\d+) more/.exec(message)?.[1] ?? ""}`);
}

test("what a sparse checkout leaves out among the manifests, also where a link leads; nothing else", async () => {
  put({
    "m/a.yaml": "a",
    "m/team/b.yaml": "b",
    "m/team/c.yml": "c",
    "m/notes/d.md": "-",
    "other/e.yaml": "-",
    "linked/x/f.yaml": "f",
    "linked/g.yaml": "g",
  });
  symlinkSync("../linked", join(root, "m/link"));
  commit();
  expect(await missing()).toEqual([]);
  gitIn(root, "sparse-checkout", "set", "--no-cone", "/m/a.yaml", "/m/link", "/linked/g.yaml");
  expect(await missing()).toEqual(["file/not-checked-out linked/x/f.yaml2"]);
  gitIn(root, "sparse-checkout", "set", "--no-cone", "/*", "!/m/team/c.yml", "!/other/");
  expect(await missing()).toEqual(["file/not-checked-out m/team/c.yml"]);
});

test("in a folder of the repository, and a file that somebody deleted is not left out", async () => {
  put({ "p/m/a.yaml": "a", "p/m/b.yaml": "b", "p/m/c.yaml": "c", "q/m/d.yaml": "d" });
  commit();
  rmSync(join(root, "p/m/b.yaml"));
  expect(await missing(join(root, "p"))).toEqual([]);
  gitIn(root, "update-index", "--skip-worktree", "p/m/c.yaml");
  expect(await missing(join(root, "p"))).toEqual([]);
  rmSync(join(root, "p/m/c.yaml"));
  expect(await missing(join(root, "p"))).toEqual(["file/not-checked-out m/c.yaml"]);
});

test("a submodule that is not there, and what is left out within one that is", async () => {
  put({ "team/x.yaml": "x", "team/y.yaml": "y" });
  gitIn(join(root, "team"), "init", "--quiet");
  gitIn(join(root, "team"), "add", "--all");
  gitIn(join(root, "team"), "commit", "--quiet", "-m", "one");
  mkdirSync(join(root, "own"));
  gitIn(join(root, "own"), "init", "--quiet");
  mkdirSync(join(root, "own/m"));
  gitIn(join(root, "own"), "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", join(root, "team"), "m/team");
  gitIn(join(root, "own"), "commit", "--quiet", "-m", "one");
  expect(await missing(join(root, "own"))).toEqual([]);
  gitIn(join(root, "own/m/team"), "sparse-checkout", "set", "--no-cone", "/x.yaml");
  expect(await missing(join(root, "own"))).toEqual(["file/not-checked-out y.yaml"]);
  gitIn(join(root, "own"), "submodule", "--quiet", "deinit", "--force", "--all");
  expect(await missing(join(root, "own"))).toEqual(["file/not-checked-out m/team"]);
});

test("a link that was written as a file, where there are no links", async () => {
  put({ "m/a.yaml": "a", "linked/b.yaml": "b" });
  symlinkSync("../linked", join(root, "m/team"));
  commit();
  expect(await missing()).toEqual([]);
  rmSync(join(root, "m/team"));
  gitIn(root, "-c", "core.symlinks=false", "checkout", "--", "m/team");
  expect(await missing()).toEqual(["file/not-checked-out m/team"]);
});

test("where git cannot say, that is said", async () => {
  put({ "m/a.yaml": "a" });
  expect(await missing()).toEqual(["git/checkout-unknown undefined"]);
});
