import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changedSince, readManifests, readRevision } from "../../src/store/files/files.ts";
import { type mostPassedOver, passedOver } from "../../src/store/files/passed-over.ts";
import { gitIn } from "./repository.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder("files");
const { put } = scratch;

function read(...paths: string[]): readonly string[] {
  const checked = readManifests(scratch.root, paths);
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
  mkdirSync(join(scratch.root, "empty"));
  expect(read("empty")).toEqual([]);
  expect(read("m")).toEqual(["m/a.yaml: "]);
});

test("marks overlays", () => {
  put({ "o/a.yaml": "a" });
  expect(readManifests(scratch.root, ["o"], { overlay: true })).toMatchObject({
    value: [{ path: "o/a.yaml", overlay: true }],
  });
});

test("follows links inside the project, once, under the file's own name where it has one", () => {
  put({ "shared/a.yaml": "a", "m/b.yaml": "b" });
  symlinkSync("../shared", join(scratch.root, "m/linked"));
  symlinkSync("b.yaml", join(scratch.root, "m/again.yaml"));
  symlinkSync("..", join(scratch.root, "m/up"));
  symlinkSync("nowhere", join(scratch.root, "m/broken.md"));
  expect(read("m")).toHaveLength(2);
  expect(read("m", "shared")).toEqual(["m/b.yaml: b", "shared/a.yaml: a"]);
});

test("refuses what leads out of the project, is not there, is no file or is too large, all at once", () => {
  put({ "m/a.yaml": "a", "m/big.yaml": "" });
  truncateSync(join(scratch.root, "m/big.yaml"), 10 * 1024 * 1024 + 1);
  symlinkSync("/etc", join(scratch.root, "m/etc"));
  symlinkSync("/etc/passwd", join(scratch.root, "m/passwd.yaml"));
  symlinkSync("nowhere", join(scratch.root, "m/broken.yaml"));
  execFileSync("mkfifo", [join(scratch.root, "m/pipe.yaml"), join(scratch.root, "pipe.yaml")]);
  symlinkSync("../pipe.yaml", join(scratch.root, "m/link-to-pipe.yaml"));
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
  chmodSync(join(scratch.root, "m/a.yaml"), 0);
  const loop = join(scratch.root, "m/loop.yaml");
  symlinkSync("loop.yaml", loop);
  const found = read("m");
  // Permissions do not bind scratch.root.
  expect(found).toEqual(
    process.getuid?.() === 0
      ? ["file/missing m/loop.yaml"]
      : ["file/unreadable m/a.yaml", "file/missing m/loop.yaml"],
  );
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
  gitIn(scratch.root, "init", "--quiet");
  gitIn(scratch.root, "add", ".");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  put({ "m/a.yaml": "new" });
  const checked = await readRevision(scratch.root, "HEAD", ["m"]);
  expect(
    checked.ok && checked.value.map(({ path, bytes }) => `${path}: ${Buffer.from(bytes)}`),
  ).toEqual(["m/a.yaml: old", "m/deep/b.yml: b", "m/wörter.yaml: ö"]);
  const all = await readRevision(scratch.root, "HEAD", ["."]);
  expect(all.ok && all.value).toHaveLength(4);
  const below = await readRevision(join(scratch.root, "m"), "HEAD", ["deep/", "a.yaml"]);
  expect(below.ok && below.value.map(({ path }) => path)).toEqual(["a.yaml", "deep/b.yml"]);
});

test("a revision's troubles are diagnostics", async () => {
  put({ "m/a.yaml": "a" });
  const codes = async (...args: Parameters<typeof readRevision>) =>
    (await readRevision(...args)).diagnostics.map(({ code }) => code);
  expect(await codes(scratch.root, "HEAD", ["m"])).toEqual(["git/not-a-repository"]);
  gitIn(scratch.root, "init", "--quiet");
  expect(await codes(scratch.root, "HEAD", ["m"])).toEqual(["git/unknown-revision"]);
  symlinkSync("a.yaml", join(scratch.root, "m/link.yaml"));
  gitIn(scratch.root, "add", ".");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  expect(await codes(scratch.root, "--output=x", ["m"])).toEqual(["git/unknown-revision"]);
  expect(await codes(scratch.root, "nonsense", ["m"])).toEqual(["git/unknown-revision"]);
  expect(await codes(scratch.root, "HEAD", ["m", "q"])).toEqual(["file/missing", "file/link"]);
});

test("a repository named in the environment, as in a hook, is not the one that is read", async () => {
  gitIn(scratch.root, "init", "--quiet");
  put({ "a.yaml": "a" });
  gitIn(scratch.root, "add", ".");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  process.env.GIT_DIR = "/nowhere";
  try {
    expect((await readRevision(scratch.root, "HEAD", ["."])).ok).toBe(true);
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
  gitIn(scratch.root, "init", "--quiet");
  gitIn(scratch.root, "add", ".");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  put({
    "p/a.yaml": "A",
    "p/new/n.yaml": "n",
    "p/staged.yaml": "s",
    "p/ignored/i.yaml": "i",
    "q.yaml": "outside the folder",
  });
  rmSync(join(scratch.root, "p/b.yaml"));
  gitIn(scratch.root, "add", "p/staged.yaml");
  const files = ["a.yaml", "b.yaml", "new/n.yaml", "staged.yaml", "ignored/i.yaml"];
  expect(await changed(realpathSync(join(scratch.root, "p")), ...files, "c.yaml")).toEqual(files);
  expect(await changedSince(scratch.root, "nonsense")).toMatchObject({
    ok: false,
    diagnostics: [{ code: "git/unknown-revision" }],
  });
  put({ "r/m/x.yaml": "x" });
  expect(await changed(join(scratch.root, "r"), "m/x.yaml")).toEqual(["m/x.yaml"]);
});

test("where an overlay changed, everything counts as changed: what it patched before is written nowhere", async () => {
  put({ "m/a.yaml": "a", "o/production/a.yaml": "a", "o/test/a.yaml": "a" });
  gitIn(scratch.root, "init", "--quiet");
  gitIn(scratch.root, "add", ".");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  const all = async (overlay: string) => {
    const since = await changedSince(scratch.root, "HEAD", overlay);
    return since.ok && since.value("m/a.yaml");
  };
  expect([await all("o/production"), await all("o/test")]).toEqual([false, false]);
  rmSync(join(scratch.root, "o/production/a.yaml"));
  expect([await all("o/production"), await all("o/test")]).toEqual([true, false]);
  symlinkSync("o/production", join(scratch.root, "linked"));
  gitIn(scratch.root, "add", "linked");
  gitIn(scratch.root, "commit", "--quiet", "-m", "two", "linked");
  expect([await all("linked"), await all("linked/")]).toEqual([true, true]);
});

test("a change is seen through links, each one on the way, and a link that leads elsewhere now is one", async () => {
  put({ "shared/a.yaml": "a", "shared/deep/b.yaml": "b", "shared/c.yaml": "c", "m/own.yaml": "o" });
  symlinkSync("../shared/a.yaml", join(scratch.root, "m/a.yaml"));
  symlinkSync("../hop", join(scratch.root, "m/team"));
  symlinkSync("shared/deep", join(scratch.root, "hop"));
  symlinkSync(join(scratch.root, "shared/c.yaml"), join(scratch.root, "m/c.yaml"));
  gitIn(scratch.root, "init", "--quiet");
  gitIn(scratch.root, "add", ".");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  const files = ["m/a.yaml", "m/c.yaml", "m/own.yaml", "m/team/b.yaml"];
  expect(await changed(scratch.root, ...files)).toEqual([]);
  put({ "shared/a.yaml": "A", "shared/c.yaml": "C" });
  expect(await changed(scratch.root, ...files)).toEqual(["m/a.yaml", "m/c.yaml"]);
  rmSync(join(scratch.root, "hop"));
  put({ "elsewhere/b.yaml": "b" });
  symlinkSync("elsewhere", join(scratch.root, "hop"));
  expect(await changed(scratch.root, ...files)).toEqual(["m/a.yaml", "m/c.yaml", "m/team/b.yaml"]);
});

test("a change is seen through submodules and nested repositories, and what git was told not to look at counts as one", async () => {
  put({ "sub/x.yaml": "x", "m/own.yaml": "o", "m/told.yaml": "t" });
  gitIn(join(scratch.root, "sub"), "init", "--quiet");
  gitIn(join(scratch.root, "sub"), "add", ".");
  gitIn(join(scratch.root, "sub"), "commit", "--quiet", "-m", "one");
  gitIn(scratch.root, "init", "--quiet");
  gitIn(
    scratch.root,
    "-c",
    "protocol.file.allow=always",
    "submodule",
    "--quiet",
    "add",
    join(scratch.root, "sub"),
    "m/team",
  );
  gitIn(scratch.root, "config", "-f", ".gitmodules", "submodule.m/team.ignore", "all");
  gitIn(scratch.root, "add", "m", ".gitmodules");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
  const files = ["m/own.yaml", "m/team/x.yaml", "m/told.yaml"];
  expect(await changed(scratch.root, ...files)).toEqual([]);
  put({ "m/team/x.yaml": "X", "m/nested/y.yaml": "y" });
  gitIn(join(scratch.root, "m/nested"), "init", "--quiet");
  gitIn(scratch.root, "update-index", "--assume-unchanged", "m/told.yaml");
  expect(await changed(scratch.root, ...files, "m/nested/y.yaml")).toEqual([
    "m/team/x.yaml",
    "m/told.yaml",
    "m/nested/y.yaml",
  ]);
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
  writeFileSync(join(scratch.root, "m/r.YAML"), Buffer.from(`\ufeff${one}`, "utf16le"));
  const { ok, diagnostics } = readManifests(scratch.root, ["m"]);
  expect(ok).toBe(true);
  expect(diagnostics.map(({ severity, code, at }) => [severity, code, at?.file])).toEqual(
    [
      "m/.i.yaml",
      "m/.j/k/l.yml",
      "m/b.YAML",
      "m/c.Yml",
      "m/d.json",
      "m/e.JSON",
      "m/node_modules/n.yaml",
      "m/r.YAML",
    ].map((file) => ["warning", "file/passed-over", file]),
  );
  expect(JSON.stringify(diagnostics)).not.toContain("kind: User");
});

test("names links that lead nowhere or out of the project under a name that is not read, and what nobody can look into", () => {
  put({ "m/a.yaml": one, "shared/b.yaml": one, "shared/c.txt": one });
  symlinkSync("../shared/b.yaml", join(scratch.root, "m/b.YAML"));
  symlinkSync("../shared/c.txt", join(scratch.root, "m/c.txt"));
  symlinkSync("/etc/passwd", join(scratch.root, "m/d.JSON"));
  symlinkSync("/etc", join(scratch.root, "m/.e"));
  symlinkSync("../shared/gone", join(scratch.root, "m/team"));
  symlinkSync("me@host.1", join(scratch.root, "m/.#a.yaml"));
  execFileSync("mkfifo", [join(scratch.root, "m/f.Yaml")]);
  const { ok, diagnostics } = readManifests(scratch.root, ["m"]);
  expect(ok).toBe(true);
  expect(diagnostics.map(({ code, at }) => `${code} ${at?.file}`)).toEqual([
    "file/passed-over m/.e",
    "file/passed-over m/b.YAML",
    "file/passed-over m/d.JSON",
    "file/passed-over m/f.Yaml",
    "file/broken-link m/team",
  ]);
});

test("a hidden folder that is too large to be searched is named itself, however much it holds", () => {
  const inside = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`m/.many/${index}/a.json`, one]),
    );
  const named = (limits: typeof mostPassedOver) =>
    passedOver(
      [{ path: join(scratch.root, "m/.many"), shown: "m/.many" }],
      realpathSync(scratch.root),
      limits,
    ).map(({ code, at }) => `${code} ${at?.file}`);
  for (const count of [10, 100]) {
    put(inside(count));
    expect(named({ files: 9, bytes: 1000 })).toEqual(["file/passed-over m/.many"]);
    expect(named({ files: 1000, bytes: 3 * one.length })).toEqual(["file/passed-over m/.many"]);
    expect(named({ files: 1000, bytes: 1_000_000 })).toHaveLength(count);
  }
});

test("a revision names what it holds and what is not read of it", async () => {
  put({
    "m/a.yaml": one,
    "m/b.YAML": one,
    "m/.c/d.yaml": one,
    "m/e.json": "{}",
    "n/f.YML": one,
    "team/x.yaml": one,
  });
  for (const folder of [join(scratch.root, "team"), scratch.root]) {
    gitIn(folder, "init", "--quiet");
    gitIn(folder, "add", "--all");
    gitIn(folder, "commit", "--quiet", "-m", "one");
  }
  gitIn(
    scratch.root,
    "update-index",
    "--add",
    "--cacheinfo",
    `160000,${gitIn(join(scratch.root, "team"), "rev-parse", "HEAD").trim()},m/team`,
  );
  gitIn(scratch.root, "commit", "--quiet", "-m", "two");
  const { ok, diagnostics } = await readRevision(scratch.root, "HEAD", ["m"]);
  expect([ok, diagnostics.map(({ code, at }) => `${code} ${at?.file}`)]).toEqual([
    true,
    ["file/passed-over m/.c/d.yaml", "file/passed-over m/b.YAML", "file/passed-over m/team"],
  ]);
});
