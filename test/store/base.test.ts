import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { trustedBase } from "../../src/store/git/base.ts";
import { type HostEvent, hostEvent } from "../../src/store/hosts/event.ts";
import { gitIn } from "./repository.ts";

const scratch = mkdtempSync(join(tmpdir(), "base-"));
let root = scratch;
let number = 0;

beforeEach(() => {
  number += 1;
  root = join(scratch, String(number), "own");
  mkdirSync(root, { recursive: true });
  gitIn(root, "init", "--quiet", "--initial-branch", "main");
  commit("first");
});
afterAll(() => rmSync(scratch, { recursive: true }));

function commit(message: string): string {
  gitIn(root, "commit", "--quiet", "--allow-empty", "-m", message);
  return gitIn(root, "rev-parse", "HEAD").trim();
}

function branch(name: string): string {
  gitIn(root, "checkout", "--quiet", "-b", name, "main");
  return commit(name);
}

/** A bare clone, whose HEAD is this branch. */
function remote(name = "origin", head = "main"): void {
  const path = join(root, "..", `${name}.git`);
  gitIn(root, "clone", "--quiet", "--bare", ".", path);
  gitIn(path, "symbolic-ref", "HEAD", `refs/heads/${head}`);
  gitIn(root, "remote", "add", name, path);
}

const tip = (name: string) => gitIn(root, "rev-parse", name).trim();

async function judged(revision: string, event?: HostEvent): Promise<string> {
  const base = await trustedBase(root, revision, event);
  return base.ok
    ? base.value
    : base.diagnostics.map(({ code, message }) => `${code}: ${message}`).join();
}

const pull = (more: Partial<HostEvent> = {}): HostEvent => ({
  defaultBranch: "main",
  people: [],
  ...more,
});

describe("without an event", () => {
  test("the tip of the remote's HEAD is taken, under whatever name, and nothing else", async () => {
    const evil = branch("evil");
    const topic = branch("topic");
    remote();
    expect(await judged("main")).toBe(tip("main"));
    expect(await judged(tip("main"))).toBe(tip("main"));
    for (const one of ["evil", evil, "HEAD", topic])
      expect(await judged(one)).toMatch(
        /^base\/not-default: .* is not what the default branch main is at/,
      );
    gitIn(root, "checkout", "--quiet", "main");
    expect(await judged(commit("not pushed"))).toContain("base/not-default");
    expect(await judged("main~1")).toBe(tip("main~1"));
    gitIn(root, "push", "--quiet", "origin", "main");
    expect(await judged("main~1")).toContain("base/not-default");
  });

  test("what is called the default branch in the checkout counts for nothing", async () => {
    branch("evil");
    remote("origin", "main");
    gitIn(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/evil");
    gitIn(root, "config", "init.defaultBranch", "evil");
    expect(await judged("evil")).toContain("base/not-default");
    const trunk = branch("trunk");
    gitIn(root, "push", "--quiet", "origin", "trunk");
    gitIn(join(root, "../origin.git"), "symbolic-ref", "HEAD", "refs/heads/trunk");
    expect(await judged("main")).toContain("the default branch trunk");
    expect(await judged("trunk")).toBe(trunk);
  });

  test("a repository without a remote has a default branch of its own", async () => {
    const evil = branch("evil");
    expect(await judged("main")).toBe(tip("main"));
    expect(await judged(evil)).toContain("base/not-default");
    gitIn(root, "config", "init.defaultBranch", "evil");
    expect(await judged(evil)).toBe(evil);
    gitIn(root, "config", "init.defaultBranch", "gone");
    expect(await judged(evil)).toContain("base/unknown-default");
  });

  test("a remote that is not there or does not say, or several without one called origin, settle nothing", async () => {
    remote("upstream");
    expect(await judged("main")).toBe(tip("main"));
    remote("fork");
    expect(await judged("main")).toMatch(/^base\/unknown-default: .* none is called origin/);
    gitIn(root, "remote", "add", "origin", join(root, "../nowhere.git"));
    expect(await judged("main")).toContain("base/unknown-default");
    gitIn(root, "remote", "set-url", "origin", join(root, "../empty.git"));
    gitIn(root, "init", "--quiet", "--bare", join(root, "../empty.git"));
    expect(await judged("main")).toContain("base/unknown-default");
  });

  test("what is no revision is said first", async () => {
    expect(await judged("nonsense")).toContain("git/unknown-revision");
    expect(await judged("--output=x")).toContain("git/unknown-revision");
  });
});

describe("with the host's event", () => {
  test("the commit it compares a change for the default branch with is taken; nothing is asked of the remote", async () => {
    const base = tip("main");
    gitIn(root, "remote", "add", "origin", join(root, "../nowhere.git"));
    expect(await judged(base, pull({ target: "main", targetCommit: base }))).toBe(base);
  });

  test("a change for any other branch is refused, whatever its commit", async () => {
    const evil = branch("evil");
    remote();
    for (const revision of [evil, "main"])
      expect(await judged(revision, pull({ target: "evil", targetCommit: evil }))).toMatch(
        /^base\/not-default: .* for the branch evil/,
      );
  });

  test("where it names the branch alone, that branch's tip at the remote is taken", async () => {
    const trunk = branch("trunk");
    remote();
    const event = pull({ defaultBranch: "trunk", target: "trunk" });
    expect(await judged("trunk", event)).toBe(trunk);
    expect(await judged("main", event)).toContain("base/not-default");
    expect(await judged("main", pull({ defaultBranch: "gone" }))).toContain("base/unknown-default");
  });
});

describe("an event", () => {
  const read = (event: unknown, more = {}) => {
    const path = join(root, "event.json");
    writeFileSync(path, typeof event === "string" ? event : JSON.stringify(event));
    return hostEvent({ GITHUB_EVENT_PATH: path, ...more });
  };
  const repository = { default_branch: "main" };
  const zeros = "0".repeat(40);

  test("of a pull request on GitHub, whatever GITHUB_SHA says", () => {
    const pull_request = {
      number: 1,
      user: { login: "mallory" },
      base: { ref: "main", sha: "b1" },
      head: { sha: "b2" },
    };
    expect(
      read({ repository, pull_request, sender: { login: "li" } }, { GITHUB_SHA: "ff" }),
    ).toEqual({
      defaultBranch: "main",
      target: "main",
      targetCommit: "b1",
      after: "b1",
      people: ["mallory", "li"],
    });
  });

  test("of a push on GitHub", () => {
    expect(read({ repository, before: "b1", after: "b2" })).toEqual({
      defaultBranch: "main",
      after: "b1",
      people: [],
    });
    expect(read({ repository, before: zeros })).toEqual({ defaultBranch: "main", people: [] });
  });

  test("of a merge request and of a push on GitLab", () => {
    const common = {
      GITLAB_CI: "true",
      CI_DEFAULT_BRANCH: "main",
      GITLAB_USER_LOGIN: "li",
      GITLAB_USER_EMAIL: "li@contoso.example",
    };
    const people = ["li", "li@contoso.example"];
    const request = {
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "dev",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: "b1",
      CI_COMMIT_BEFORE_SHA: zeros,
    };
    expect(hostEvent({ ...common, ...request })).toEqual({
      defaultBranch: "main",
      target: "dev",
      after: "b1",
      people,
    });
    expect(hostEvent({ ...common, CI_COMMIT_BEFORE_SHA: "b2" })).toEqual({
      defaultBranch: "main",
      after: "b2",
      people,
    });
    expect(hostEvent({ ...common, GITLAB_CI: "" })).toBeUndefined();
  });

  test("that cannot be read, or does not name the default branch, is none", () => {
    for (const event of [
      "no JSON",
      "null",
      "[]",
      { repository: null },
      { repository: { default_branch: 1 } },
    ])
      expect(read(event)).toBeUndefined();
    expect(hostEvent({ GITHUB_EVENT_PATH: join(root, "gone.json") })).toBeUndefined();
    expect(hostEvent({ GITHUB_EVENT_PATH: root })).toBeUndefined();
    expect(hostEvent({})).toBeUndefined();
  });
});
