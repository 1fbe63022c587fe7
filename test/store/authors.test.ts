import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writtenBy } from "../../src/store/git/authors.ts";
import { scratchFolder } from "./scratch.ts";

const scratch = scratchFolder("authors");
const { put } = scratch;

/** Runs git as somebody, as whose work a commit then counts. */
function git(who: string, ...args: readonly string[]): string {
  const email = who.includes("@") ? who : `${who}@contoso.example`;
  const one = {
    GIT_AUTHOR_NAME: who,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: "host",
    GIT_COMMITTER_EMAIL: "noreply@host.example",
  };
  const env = { PATH: process.env.PATH, HOME: "/nonexistent", GIT_CONFIG_NOSYSTEM: "1", ...one };
  return execFileSync("git", args, {
    cwd: scratch.root,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

function commit(who: string, files: Readonly<Record<string, string>>, message = "change"): string {
  put(files);
  git(who, "add", "--all");
  git(who, "commit", "--quiet", "--allow-empty", "-m", message);
  return git(who, "rev-parse", "HEAD");
}

/** A repository whose main branch one person made, and a branch that others wrote. */
function proposed(): string {
  git("li", "init", "--quiet", "--initial-branch", "main");
  const base = commit("li", { "m/a.yaml": "a\n".repeat(9), "README.md": "-" });
  git("li", "checkout", "--quiet", "-b", "topic");
  commit("mallory", { "m/a.yaml": `${"a\n".repeat(9)}b\n` });
  commit("chen", { "m/c.yaml": "c" });
  return base;
}

const names = async (...args: Parameters<typeof writtenBy>) =>
  (await writtenBy(...args))?.map((one) => one.replace("@contoso.example", ""));

test("all that is proposed, not its last commit alone, wherever it is checked out", async () => {
  const base = proposed();
  expect(await names(scratch.root, { after: base })).toEqual(["chen", "mallory"]);
  git("li", "checkout", "--quiet", "--detach", "main");
  git("host@host.example", "merge", "--quiet", "--no-ff", "-m", "Merge", "topic");
  expect(await names(scratch.root, { after: base })).toEqual(["chen", "mallory"]);
  expect(await names(scratch.root, {})).toEqual(["chen", "mallory"]);
});

test("both spellings where a branch brings a .mailmap, co-authors however they are written, and accounts in hidden addresses", async () => {
  const base = proposed();
  commit(
    "12+wang@users.noreply.github.com",
    { ".mailmap": "Nobody <nobody@contoso.example> <mallory@contoso.example>\n" },
    "More\n\nCo-authored-by: Zhao Lei <zhao@contoso.example>\n\nNo trailer any more:\n  co-Authored-By: sun@contoso.example\n",
  );
  expect(await names(scratch.root, { after: base })).toEqual([
    "12+wang@users.noreply.github.com",
    "chen",
    "mallory",
    "nobody",
    "sun",
    "wang",
    "zhao",
  ]);
});

test("who merges wrote what the merge does beyond merging, and nothing else", async () => {
  const base = proposed();
  git("li", "checkout", "--quiet", "main");
  commit("li", { "m/a.yaml": `0\n${"a\n".repeat(9)}` });
  git("sun", "merge", "--quiet", "--no-ff", "-m", "Merge", "topic");
  expect(await names(scratch.root, {})).toEqual(["chen", "mallory"]);
  expect(await names(scratch.root, { after: base })).toEqual(["chen", "li", "mallory"]);
  writeFileSync(join(scratch.root, "m/a.yaml"), "evil");
  git("sun", "commit", "--quiet", "--all", "--amend", "--no-edit", "--reset-author");
  expect(await names(scratch.root, {})).toEqual(["chen", "mallory", "sun"]);
});

test("a merge of several branches at once counts as written", async () => {
  proposed();
  git("li", "checkout", "--quiet", "-b", "other", "main");
  commit("wang", { "m/w.yaml": "w" });
  git("li", "checkout", "--quiet", "main");
  git("sun", "merge", "--quiet", "--no-ff", "-m", "Merge", "topic", "other");
  expect(await names(scratch.root, {})).toEqual(["chen", "mallory", "sun", "wang"]);
});

test("of some folders, those who touched them, also on a side that was merged away", async () => {
  const base = proposed();
  commit("sun", { "README.md": "better" });
  expect(await names(scratch.root, { after: base, paths: ["m"] })).toEqual(["chen", "mallory"]);
  expect(await names(scratch.root, { after: base, paths: ["n"] })).toEqual([]);
  git("li", "checkout", "--quiet", "main");
  git("li", "merge", "--quiet", "--strategy", "ours", "-m", "Merge", "topic");
  expect(await names(scratch.root, { paths: ["m"] })).toEqual(
    expect.arrayContaining(["chen", "mallory"]),
  );
});

test("where nothing comes after the base, what the last commit brought; the first commit, and none", async () => {
  git("li", "init", "--quiet");
  expect(await writtenBy(scratch.root, {})).toEqual([]);
  const first = commit("li", { "m/a.yaml": "a" });
  expect(await names(scratch.root, {})).toEqual(["li"]);
  expect(await names(scratch.root, { after: first })).toEqual(["li"]);
  commit("chen", { "m/a.yaml": "b" });
  expect(await names(scratch.root, { after: "HEAD" })).toEqual(["chen"]);
});

test("a clone that was cut off tells only of commits that it has whole", async () => {
  const base = proposed();
  const origin = scratch.root;
  for (const [depth, known] of [
    [1, undefined],
    [2, undefined],
    [3, ["chen", "mallory"]],
  ] as const) {
    scratch.renew();
    git(
      "li",
      "clone",
      "--quiet",
      "--depth",
      String(depth),
      "--branch",
      "topic",
      `file://${origin}`,
      ".",
    );
    expect([depth, await names(scratch.root, { after: base })]).toEqual([depth, known]);
    expect([depth, await names(scratch.root, {})]).toEqual([
      depth,
      depth === 1 ? undefined : ["chen"],
    ]);
  }
});

test("where there is no repository, nobody is known", async () => {
  expect(await writtenBy(scratch.root, {})).toBeUndefined();
  git("li", "init", "--quiet");
  commit("li", { "m/a.yaml": "a" });
  expect(await writtenBy(scratch.root, { after: "f".repeat(40) })).toBeUndefined();
});
