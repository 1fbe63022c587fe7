import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, folderWith, settings, users, write } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";

const key = "k".repeat(32);

function git(place: string, ...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, HOME: "/nonexistent", GIT_CONFIG_NOSYSTEM: "1" };
  const who = [
    "-c",
    "user.name=n",
    "-c",
    "user.email=n@contoso.example",
    "-c",
    "init.defaultBranch=main",
  ];
  return execFileSync("git", [...who, ...args], {
    cwd: place,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** A project in a clone, its ledger beside it on a branch, and the remote. */
function cloned() {
  const ledger = { type: "git", key: "${LEDGER_KEY}" };
  const place = folderWith({
    "partnerctl.yaml": settings({}, { ledger }),
    "manifests/users.yaml": users("li-wei"),
    ".gitignore": ".partnerctl/\nplan.json*\n",
  });
  const remote = folder();
  git(remote, "init", "-q", "--bare", ".");
  git(place, "init", "-q", ".");
  git(place, "add", ".");
  git(place, "commit", "-qm", "first");
  git(place, "tag", "-a", "-m", "mine", "mine");
  git(place, "remote", "add", "origin", remote);
  git(place, "push", "-q", "origin", "HEAD:main");
  return { place, remote };
}

describe("a repository of somebody else", () => {
  const env = {
    GIT_TEST_ASSUME_DIFFERENT_OWNER: "1",
    PARTNERCTL_CHILD_ENVIRONMENT: "GIT_TEST_ASSUME_DIFFERENT_OWNER",
  };

  test.each([
    ["plan", "--since", "HEAD"],
    ["diff", "HEAD", "manifests"],
    ["plan", "--base", "HEAD"],
  ])("%s %s says whose it is, and how to trust it", async (...args) => {
    const { place } = cloned();
    const { status, stdout, stderr } = await partnerctl(place, args, {
      env: { ...env, LEDGER_KEY: key },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const said = stderr.replaceAll(/\s+/g, " ");
    expect(said).toContain("belongs to somebody else, so git does not read it.");
    expect(said).toContain("git/not-yours");
    expect(said).toContain(`git config --global --add safe.directory ${place}`);
    expect(said).not.toContain("shallow");
  });

  test("a ledger in it says so too", async () => {
    const { place } = cloned();
    const { status, stderr } = await partnerctl(place, ["apply", "--yes"], {
      env: { ...env, LEDGER_KEY: key },
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain("dubious ownership");
    expect(stderr).toContain("safe.directory");
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

test("only a revision that is not there may be missing from a shallow clone", async () => {
  const { place } = cloned();
  const said = async (...args: readonly string[]) =>
    (await partnerctl(place, ["plan", ...args], { env: { LEDGER_KEY: key } })).stderr;
  expect(await said("--since", "nowhere")).toContain("unshallow");
  expect(await said("--since", "")).not.toContain("unshallow");
});

test("where there is no git, that is what is said", async () => {
  const { place } = cloned();
  const { status, stderr } = await partnerctl(place, ["plan", "--since", "HEAD"], {
    env: { PATH: "/nonexistent", LEDGER_KEY: key },
  });
  expect(status).toBe(1);
  expect(stderr).toContain("Git could not be started: it is not installed, or not in PATH.");
  expect(stderr).toContain("git/missing");
});

test("a user's own git configuration adds nothing to what is pushed, fetched and read", async () => {
  const { place, remote } = cloned();
  const home = folder();
  mkdirSync(join(home, "hooks"));
  writeFileSync(join(home, "hooks/pre-push"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  write(home, {
    ".gitconfig": [
      "[push]\nfollowTags = true\ngpgSign = true\npushOption = mine\nrecurseSubmodules = check\ndefault = matching",
      "[fetch]\nprune = true\npruneTags = true\nrecurseSubmodules = true",
      `[commit]\ngpgSign = true\n[core]\nhooksPath = ${join(home, "hooks")}\n[log]\nshowSignature = true`,
      "[color]\nui = always\n[i18n]\nlogOutputEncoding = gbk\n[remote]\npushDefault = elsewhere\n",
    ].join("\n"),
  });
  for (const name of ["mirror", "prune", "pruneTags"])
    git(place, "config", `remote.origin.${name}`, "true");
  git(place, "config", "remote.origin.tagOpt", "--tags");
  const env = { HOME: home, LEDGER_KEY: key };
  const before = git(place, "for-each-ref", "refs/tags", "refs/heads");
  expect(await partnerctl(place, ["plan", "-q", "--out", "plan.json"], { env })).toMatchObject({
    status: 0,
  });
  expect(await partnerctl(place, ["ci", "publish", "plan.json"], { env })).toMatchObject({
    status: 0,
  });
  expect(await partnerctl(place, ["apply", "plan.json", "-q"], { env })).toMatchObject({
    status: 0,
  });
  expect(await partnerctl(place, ["ledger", "verify"], { env })).toMatchObject({ status: 0 });
  expect(await partnerctl(place, ["ci", "fetch", "--out", "again.json"], { env })).toMatchObject({
    status: 0,
  });
  const refs = git(remote, "for-each-ref", "--format=%(refname)").trim().split("\n");
  expect(
    refs.filter(
      (ref) => !/^refs\/heads\/(main|partnerctl-(ledger|credentials|plan\/\w+))$/.test(ref),
    ),
  ).toEqual([]);
  expect(refs.length).toBe(4);
  expect(git(place, "for-each-ref", "refs/tags", "refs/heads")).toBe(before);
});

describe("a remote that is pushed to elsewhere", () => {
  const env = { LEDGER_KEY: key };

  test("is one where the same repository has two addresses", async () => {
    const { place, remote } = cloned();
    git(place, "config", "remote.origin.pushurl", `file://${remote}`);
    expect(await partnerctl(place, ["apply", "--yes", "-q"], { env })).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"], { env })).toMatchObject({
      status: 0,
    });
  });

  test.each(["remote.origin.pushurl", "url.pushInsteadOf"])(
    "is refused by its name where it is another one: %s",
    async (setting) => {
      const { place, remote } = cloned();
      const other = folder();
      git(other, "init", "-q", "--bare", ".");
      if (setting.startsWith("remote")) git(place, "config", setting, other);
      else git(place, "config", `url.${other}.pushInsteadOf`, remote);
      const { status, stderr } = await partnerctl(place, ["apply", "--yes", "-q"], { env });
      expect(status).not.toBe(0);
      expect(stderr.replaceAll(/\s+/g, " ")).toContain(
        "it did not arrive where it is read from; see remote.origin.pushurl and pushInsteadOf",
      );
      expect(git(remote, "for-each-ref", "--format=%(refname)").trim()).toBe("refs/heads/main");
      git(
        place,
        "config",
        "--remove-section",
        setting.startsWith("remote") ? "remote.origin" : `url.${other}`,
      );
      if (setting.startsWith("remote")) git(place, "remote", "add", "origin", remote);
      expect((await partnerctl(place, ["plan", "--format", "json", "-q"], { env })).stdout).toMatch(
        /"action": ?"create"/,
      );
    },
  );
});
