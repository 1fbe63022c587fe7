import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readManifests } from "../../src/store/files/files.ts";
import { notCheckedOut } from "../../src/store/git/not-checked-out.ts";
import { gitIn } from "./repository.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder("not-checked-out");
const { put } = scratch;

function commit(): void {
  gitIn(scratch.root, "init", "--quiet");
  gitIn(scratch.root, "add", "--all");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
}

async function missing(folder = scratch.root): Promise<readonly string[]> {
  const found = await notCheckedOut(folder, readManifests(folder, ["m"]).folders);
  expect(found.every(({ severity }) => severity === "warning")).toBe(true);
  return found.map(
    ({ code, at, message }) => `${code} ${at?.file}${/and (\d+) more/.exec(message)?.[1] ?? ""}`,
  );
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
  symlinkSync("../linked", join(scratch.root, "m/link"));
  commit();
  expect(await missing()).toEqual([]);
  gitIn(
    scratch.root,
    "sparse-checkout",
    "set",
    "--no-cone",
    "/m/a.yaml",
    "/m/link",
    "/linked/g.yaml",
  );
  expect(await missing()).toEqual(["file/not-checked-out linked/x/f.yaml2"]);
  gitIn(scratch.root, "sparse-checkout", "set", "--no-cone", "/*", "!/m/team/c.yml", "!/other/");
  expect(await missing()).toEqual(["file/not-checked-out m/team/c.yml"]);
});

test("in a folder of the repository, and a file that somebody deleted is not left out", async () => {
  put({ "p/m/a.yaml": "a", "p/m/b.yaml": "b", "p/m/c.yaml": "c", "q/m/d.yaml": "d" });
  commit();
  rmSync(join(scratch.root, "p/m/b.yaml"));
  expect(await missing(join(scratch.root, "p"))).toEqual([]);
  gitIn(scratch.root, "update-index", "--skip-worktree", "p/m/c.yaml");
  expect(await missing(join(scratch.root, "p"))).toEqual([]);
  rmSync(join(scratch.root, "p/m/c.yaml"));
  expect(await missing(join(scratch.root, "p"))).toEqual(["file/not-checked-out m/c.yaml"]);
});

test("a submodule that is not there, and what is left out within one that is", async () => {
  put({ "team/x.yaml": "x", "team/y.yaml": "y" });
  gitIn(join(scratch.root, "team"), "init", "--quiet");
  gitIn(join(scratch.root, "team"), "add", "--all");
  gitIn(join(scratch.root, "team"), "commit", "--quiet", "-m", "one");
  mkdirSync(join(scratch.root, "own"));
  gitIn(join(scratch.root, "own"), "init", "--quiet");
  mkdirSync(join(scratch.root, "own/m"));
  gitIn(
    join(scratch.root, "own"),
    "-c",
    "protocol.file.allow=always",
    "submodule",
    "--quiet",
    "add",
    join(scratch.root, "team"),
    "m/team",
  );
  gitIn(join(scratch.root, "own"), "commit", "--quiet", "-m", "one");
  expect(await missing(join(scratch.root, "own"))).toEqual([]);
  gitIn(join(scratch.root, "own/m/team"), "sparse-checkout", "set", "--no-cone", "/x.yaml");
  expect(await missing(join(scratch.root, "own"))).toEqual(["file/not-checked-out y.yaml"]);
  gitIn(join(scratch.root, "own"), "submodule", "--quiet", "deinit", "--force", "--all");
  expect(await missing(join(scratch.root, "own"))).toEqual(["file/not-checked-out m/team"]);
});

test("a link that was written as a file, where there are no links", async () => {
  put({ "m/a.yaml": "a", "linked/b.yaml": "b" });
  symlinkSync("../linked", join(scratch.root, "m/team"));
  commit();
  expect(await missing()).toEqual([]);
  rmSync(join(scratch.root, "m/team"));
  gitIn(scratch.root, "-c", "core.symlinks=false", "checkout", "--", "m/team");
  expect(await missing()).toEqual(["file/not-checked-out m/team"]);
});

test("where git cannot say, that is said", async () => {
  put({ "m/a.yaml": "a" });
  expect(await missing()).toEqual(["git/checkout-unknown undefined"]);
});
