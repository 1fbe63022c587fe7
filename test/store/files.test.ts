import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { changedSince, readManifests, readRevision } from "../../src/store/files.ts";
import { gitIn } from "./repository.ts";

const scratch = mkdtempSync(join(tmpdir(), "files-"));
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

function read(...paths: string[]): readonly string[] {
  const checked = readManifests(root, paths);
  return checked.ok
    ? checked.value.map(({ path, bytes }) => `${path}: ${Buffer.from(bytes)}`)
    : checked.diagnostics.map(({ code, at }) => `${code} ${at?.file}`);
}

test("finds every manifest at any depth, in the order of paths, and nothing hidden or installed", () => {
  put({
    "m/b.yml": "b",
    "m/a/z.yaml": "z",
    "m/a.yaml": "a",
    "m/notes.md": "-",
    "m/.git/x.yaml": "-",
    "m/.partnerctl/x.yaml": "-",
    "m/node_modules/p/x.yaml": "-",
    "other.yaml": "-",
  });
  expect(read("m")).toEqual(["m/a.yaml: a", "m/a/z.yaml: z", "m/b.yml: b"]);
});

test("takes single files, whatever their names, and each only once", () => {
  put({ "m/a.yaml": "a", "m/b.txt": "b" });
  expect(read("m/b.txt", "m", "./m/a.yaml")).toEqual(["m/a.yaml: a", "m/b.txt: b"]);
});

test("an empty folder holds nothing, an empty file is one", () => {
  put({ "m/a.yaml": "" });
  mkdirSync(join(root, "empty"));
  expect(read("empty")).toEqual([]);
  expect(read("m")).toEqual(["m/a.yaml: "]);
});

test("marks overlays", () => {
  put({ "o/a.yaml": "a" });
  expect(readManifests(root, ["o"], { overlay: true })).toMatchObject({ value: [{ path: "o/a.yaml", overlay: true }] });
});

test("follows links inside the project, once, under the file's own name where it has one", () => {
  put({ "shared/a.yaml": "a", "m/b.yaml": "b" });
  symlinkSync("../shared", join(root, "m/linked"));
  symlinkSync("b.yaml", join(root, "m/again.yaml"));
  symlinkSync("..", join(root, "m/up"));
  symlinkSync("nowhere", join(root, "m/broken.md"));
  expect(read("m")).toHaveLength(2);
  expect(read("m", "shared")).toEqual(["m/b.yaml: b", "shared/a.yaml: a"]);
});

test("refuses what leads out of the project, is not there, is no file or is too large, all at once", () => {
  put({ "m/a.yaml": "a", "m/big.yaml": "" });
  truncateSync(join(root, "m/big.yaml"), 10 * 1024 * 1024 + 1);
  symlinkSync("/etc", join(root, "m/etc"));
  symlinkSync("/etc/passwd", join(root, "m/passwd.yaml"));
  symlinkSync("nowhere", join(root, "m/broken.yaml"));
  execFileSync("mkfifo", [join(root, "m/pipe.yaml"), join(root, "pipe.yaml")]);
  symlinkSync("../pipe.yaml", join(root, "m/link-to-pipe.yaml"));
  expect(read("m", "nowhere", "..", "pipe.yaml")).toEqual([
    "file/outside ..",
    "file/too-large m/big.yaml",
    "file/missing m/broken.yaml",
    "file/outside m/etc",
    "file/not-regular m/link-to-pipe.yaml",
    "file/outside m/passwd.yaml",
    "file/not-regular m/pipe.yaml",
    "file/missing nowhere",
    "file/not-regular pipe.yaml",
  ]);
});

test("says what cannot be read", () => {
  put({ "m/a.yaml": "a" });
  chmodSync(join(root, "m/a.yaml"), 0);
  const loop = join(root, "m/loop.yaml");
  symlinkSync("loop.yaml", loop);
  const found = read("m");
  // Permissions do not bind root.
  expect(found).toEqual(process.getuid?.() === 0 ? ["file/missing m/loop.yaml"] : ["file/unreadable m/a.yaml", "file/missing m/loop.yaml"]);
});

test("a revision holds what a checkout of it would", async () => {
  put({
    "m/a.yaml": "old",
    "m/deep/b.yml": "b",
    "m/.hidden/x.yaml": "-",
    "m/notes.md": "-",
    "n.yaml": "-",
    "m/wörter.yaml": "ö",
  });
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  put({ "m/a.yaml": "new" });
  const checked = await readRevision(root, "HEAD", ["m"]);
  expect(checked.ok && checked.value.map(({ path, bytes }) => `${path}: ${Buffer.from(bytes)}`)).toEqual([
    "m/a.yaml: old",
    "m/deep/b.yml: b",
    "m/wörter.yaml: ö",
  ]);
  const all = await readRevision(root, "HEAD", ["."]);
  expect(all.ok && all.value).toHaveLength(4);
  const below = await readRevision(join(root, "m"), "HEAD", ["deep/", "a.yaml"]);
  expect(below.ok && below.value.map(({ path }) => path)).toEqual(["a.yaml", "deep/b.yml"]);
});

test("a revision's troubles are diagnostics", async () => {
  put({ "m/a.yaml": "a" });
  const codes = async (...args: Parameters<typeof readRevision>) => (await readRevision(...args)).diagnostics.map(({ code }) => code);
  expect(await codes(root, "HEAD", ["m"])).toEqual(["git/not-a-repository"]);
  gitIn(root, "init", "--quiet");
  expect(await codes(root, "HEAD", ["m"])).toEqual(["git/unknown-revision"]);
  symlinkSync("a.yaml", join(root, "m/link.yaml"));
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  expect(await codes(root, "--output=x", ["m"])).toEqual(["git/unknown-revision"]);
  expect(await codes(root, "nonsense", ["m"])).toEqual(["git/unknown-revision"]);
  expect(await codes(root, "HEAD", ["m", "q"])).toEqual(["file/missing", "file/link"]);
});

test("a repository named in the environment, as in a hook, is not the one that is read", async () => {
  gitIn(root, "init", "--quiet");
  put({ "a.yaml": "a" });
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  process.env.GIT_DIR = "/nowhere";
  try {
    expect((await readRevision(root, "HEAD", ["."])).ok).toBe(true);
  } finally {
    delete process.env.GIT_DIR;
  }
});

test("what changed since a revision: edited, deleted, added, untracked, but not ignored", async () => {
  put({ "p/a.yaml": "a", "p/b.yaml": "b", "p/c.yaml": "c", ".gitignore": "ignored.yaml" });
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  put({
    "p/a.yaml": "A",
    "p/new.yaml": "n",
    "p/staged.yaml": "s",
    "p/ignored.yaml": "i",
    "q.yaml": "outside the folder",
  });
  rmSync(join(root, "p/b.yaml"));
  gitIn(root, "add", "p/staged.yaml");
  expect(await changedSince(realpathSync(join(root, "p")), "HEAD")).toMatchObject({
    value: ["a.yaml", "b.yaml", "new.yaml", "staged.yaml"],
  });
  expect(await changedSince(root, "nonsense")).toMatchObject({
    ok: false,
    diagnostics: [{ code: "git/unknown-revision" }],
  });
});
