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

async function changed(folder: string, ...files: string[]): Promise<readonly string[]> {
  const since = await changedSince(folder, "HEAD");
  return since.ok ? files.filter(since.value) : since.diagnostics.map(({ code }) => code);
}

test("what changed since a revision: edited, deleted, added, untracked, ignored", async () => {
  put({ "p/a.yaml": "a", "p/b.yaml": "b", "p/c.yaml": "c", ".gitignore": "ignored*" });
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  put({ "p/a.yaml": "A", "p/new/n.yaml": "n", "p/staged.yaml": "s", "p/ignored/i.yaml": "i", "q.yaml": "outside the folder" });
  rmSync(join(root, "p/b.yaml"));
  gitIn(root, "add", "p/staged.yaml");
  const files = ["a.yaml", "b.yaml", "new/n.yaml", "staged.yaml", "ignored/i.yaml"];
  expect(await changed(realpathSync(join(root, "p")), ...files, "c.yaml")).toEqual(files);
  expect(await changedSince(root, "nonsense")).toMatchObject({ ok: false, diagnostics: [{ code: "git/unknown-revision" }] });
  put({ "r/m/x.yaml": "x" });
  expect(await changed(join(root, "r"), "m/x.yaml")).toEqual(["m/x.yaml"]);
});

test("where an overlay changed, everything counts as changed: what it patched before is written nowhere", async () => {
  put({ "m/a.yaml": "a", "o/production/a.yaml": "a", "o/test/a.yaml": "a" });
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  const all = async (overlay: string) => {
    const since = await changedSince(root, "HEAD", overlay);
    return since.ok && since.value("m/a.yaml");
  };
  expect([await all("o/production"), await all("o/test")]).toEqual([false, false]);
  rmSync(join(root, "o/production/a.yaml"));
  expect([await all("o/production"), await all("o/test")]).toEqual([true, false]);
  symlinkSync("o/production", join(root, "linked"));
  gitIn(root, "add", "linked");
  gitIn(root, "commit", "--quiet", "-m", "two", "linked");
  expect([await all("linked"), await all("linked/")]).toEqual([true, true]);
});

test("a change is seen through links, each one on the way, and a link that leads elsewhere now is one", async () => {
  put({ "shared/a.yaml": "a", "shared/deep/b.yaml": "b", "shared/c.yaml": "c", "m/own.yaml": "o" });
  symlinkSync("../shared/a.yaml", join(root, "m/a.yaml"));
  symlinkSync("../hop", join(root, "m/team"));
  symlinkSync("shared/deep", join(root, "hop"));
  symlinkSync(join(root, "shared/c.yaml"), join(root, "m/c.yaml"));
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "one");
  const files = ["m/a.yaml", "m/c.yaml", "m/own.yaml", "m/team/b.yaml"];
  expect(await changed(root, ...files)).toEqual([]);
  put({ "shared/a.yaml": "A", "shared/c.yaml": "C" });
  expect(await changed(root, ...files)).toEqual(["m/a.yaml", "m/c.yaml"]);
  rmSync(join(root, "hop"));
  put({ "elsewhere/b.yaml": "b" });
  symlinkSync("elsewhere", join(root, "hop"));
  expect(await changed(root, ...files)).toEqual(["m/a.yaml", "m/c.yaml", "m/team/b.yaml"]);
});

test("a change is seen through submodules and nested repositories, and what git was told not to look at counts as one", async () => {
  put({ "sub/x.yaml": "x", "m/own.yaml": "o", "m/told.yaml": "t" });
  gitIn(join(root, "sub"), "init", "--quiet");
  gitIn(join(root, "sub"), "add", ".");
  gitIn(join(root, "sub"), "commit", "--quiet", "-m", "one");
  gitIn(root, "init", "--quiet");
  gitIn(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", join(root, "sub"), "m/team");
  gitIn(root, "config", "-f", ".gitmodules", "submodule.m/team.ignore", "all");
  gitIn(root, "add", "m", ".gitmodules");
  gitIn(root, "commit", "--quiet", "-m", "one");
  const files = ["m/own.yaml", "m/team/x.yaml", "m/told.yaml"];
  expect(await changed(root, ...files)).toEqual([]);
  put({ "m/team/x.yaml": "X", "m/nested/y.yaml": "y" });
  gitIn(join(root, "m/nested"), "init", "--quiet");
  gitIn(root, "update-index", "--assume-unchanged", "m/told.yaml");
  expect(await changed(root, ...files, "m/nested/y.yaml")).toEqual(["m/team/x.yaml", "m/told.yaml", "m/nested/y.yaml"]);
});

const one = "apiVersion: partnercenter/v1\nkind: User\n";

test("names what holds manifests and is not read, quotes nothing of it, and is silent about all else", () => {
  put({
    "m/a.yaml": one,
    "m/b.YAML": one,
    "m/c.Yml": `# a comment\n---\n${one}`,
    "m/d.json": '{ "kind": "User", "apiVersion" : "partnercenter/v1" }',
    "m/e.JSON": '{"apiVersion":"partnercenter/v1"}',
    "m/f.json": '{"apiVersion":"apps/v1"}',
    "m/g.yaml.bak": one,
    "m/h.md": one,
    "m/.i.yaml": one,
    "m/.j/k/l.yml": one,
    "m/.j/k/m.txt": one,
    "m/node_modules/n.yaml": one,
    "m/.git/o.yaml": one,
    "m/.partnerctl/p.yaml": one,
    "q.YAML": one,
  });
  writeFileSync(join(root, "m/r.YAML"), Buffer.from(`\ufeff${one}`, "utf16le"));
  const { ok, diagnostics } = readManifests(root, ["m"]);
  expect(ok).toBe(true);
  expect(diagnostics.map(({ severity, code, at }) => [severity, code, at?.file])).toEqual(
    ["m/.i.yaml", "m/.j/k/l.yml", "m/b.YAML", "m/c.Yml", "m/d.json", "m/e.JSON", "m/node_modules/n.yaml", "m/r.YAML"].map((file) => [
      "warning",
      "file/passed-over",
      file,
    ]),
  );
  expect(JSON.stringify(diagnostics)).not.toContain("kind: User");
});

test("names links that lead nowhere or out of the project under a name that is not read, and what nobody can look into", () => {
  put({ "m/a.yaml": one, "shared/b.yaml": one, "shared/c.txt": one });
  symlinkSync("../shared/b.yaml", join(root, "m/b.YAML"));
  symlinkSync("../shared/c.txt", join(root, "m/c.txt"));
  symlinkSync("/etc/passwd", join(root, "m/d.JSON"));
  symlinkSync("/etc", join(root, "m/.e"));
  symlinkSync("../shared/gone", join(root, "m/team"));
  symlinkSync("me@host.1", join(root, "m/.#a.yaml"));
  execFileSync("mkfifo", [join(root, "m/f.Yaml")]);
  const { ok, diagnostics } = readManifests(root, ["m"]);
  expect(ok).toBe(true);
  expect(diagnostics.map(({ code, at }) => `${code} ${at?.file}`)).toEqual([
    "file/passed-over m/.e",
    "file/passed-over m/b.YAML",
    "file/passed-over m/d.JSON",
    "file/passed-over m/f.Yaml",
    "file/broken-link m/team",
  ]);
});

test("a revision names what it holds and what is not read of it", async () => {
  put({ "m/a.yaml": one, "m/b.YAML": one, "m/.c/d.yaml": one, "m/e.json": "{}", "n/f.YML": one, "team/x.yaml": one });
  for (const folder of [join(root, "team"), root]) {
    gitIn(folder, "init", "--quiet");
    gitIn(folder, "add", "--all");
    gitIn(folder, "commit", "--quiet", "-m", "one");
  }
  gitIn(root, "update-index", "--add", "--cacheinfo", `160000,${gitIn(join(root, "team"), "rev-parse", "HEAD").trim()},m/team`);
  gitIn(root, "commit", "--quiet", "-m", "two");
  const { ok, diagnostics } = await readRevision(root, "HEAD", ["m"]);
  expect([ok, diagnostics.map(({ code, at }) => `${code} ${at?.file}`)]).toEqual([
    true,
    ["file/passed-over m/.c/d.yaml", "file/passed-over m/b.YAML", "file/passed-over m/team"],
  ]);
});
