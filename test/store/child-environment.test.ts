import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { childEnvironment } from "../../src/store/git/child-environment.ts";
import { askGit, git } from "../../src/store/git/git.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the environment of child processes", () => {
  test("holds what a program needs to run, and nothing that the backend or the ledger takes", () => {
    const given = {
      ...{
        PATH: "/bin",
        Home: "/root",
        LC_CTYPE: "C",
        GIT_SSH_COMMAND: "ssh -v",
        https_proxy: "http://proxy",
      },
      ...{ GIT_CONFIG_COUNT: "0", SSH_AUTH_SOCK: "/tmp/agent", XDG_CONFIG_HOME: "/root/.config" },
    };
    const secrets = {
      ...{
        PARTNER_CENTER_CLIENT_SECRET: "s",
        PARTNERCTL_LEDGER_KEY: "k",
        GITHUB_TOKEN: "t",
        NODE_OPTIONS: "-r x",
      },
      ...{
        GIT_DIR: "/elsewhere",
        GIT_INDEX_FILE: "/x",
        GIT_OBJECT_DIRECTORY: "/y",
        GIT_WORK_TREE: "/z",
      },
    };
    expect(childEnvironment({ ...given, ...secrets })).toEqual(given);
  });

  test("holds what the user names besides, and no more", () => {
    const environment = {
      PARTNERCTL_CHILD_ENVIRONMENT: " GH_TOKEN, ,OTHER",
      GH_TOKEN: "t",
      OTHER_TOKEN: "u",
      OTHER: "v",
    };
    expect(childEnvironment(environment)).toEqual({ GH_TOKEN: "t", OTHER: "v" });
    expect(childEnvironment({ PARTNERCTL_CHILD_ENVIRONMENT: "", "": "x", GH_TOKEN: "t" })).toEqual(
      {},
    );
  });
});

describe("git", () => {
  test("starts no hook and no file-system monitor, and hands no secret to what it does start", async () => {
    const folder = mkdtempSync(join(tmpdir(), "partnerctl-hooks-"));
    const seen = join(folder, "seen");
    const script = `#!/bin/sh\nenv >> '${seen}'\n`;
    const program = (path: string) => {
      writeFileSync(path, script);
      chmodSync(path, 0o755);
    };
    await git(["init", "--quiet", "--bare", join(folder, "remote.git")], { folder });
    const work = join(folder, "work");
    mkdirSync(work);
    await git(["init", "--quiet"], { folder: work });
    const hooks = [
      "reference-transaction",
      "pre-push",
      "post-checkout",
      "post-index-change",
      "pre-auto-gc",
    ];
    for (const name of hooks) program(join(work, ".git", "hooks", name));
    program(join(work, "monitor"));
    program(join(work, "helper"));
    await git(["config", "core.fsmonitor", join(work, "monitor")], { folder: work });
    await git(["config", "credential.helper", `!'${join(work, "helper")}'`], { folder: work });
    vi.stubEnv("PARTNERCTL_LEDGER_KEY", "a canary in the environment");
    const tree = Buffer.from((await git(["mktree"], { folder: work, input: "" })).stdout)
      .toString()
      .trim();
    const who = ["-c", "user.name=T", "-c", "user.email=t@localhost"];
    const commit = askGit([...who, "commit-tree", tree, "-m", "m"], work) ?? "";
    expect(
      (
        await git(["push", "--quiet", join(folder, "remote.git"), `${commit}:refs/heads/main`], {
          folder: work,
        })
      ).ok,
    ).toBe(true);
    expect(
      (
        await git(["fetch", "--quiet", join(folder, "remote.git"), "main:refs/heads/fetched"], {
          folder: work,
        })
      ).ok,
    ).toBe(true);
    expect(askGit(["status", "--short"], work)).toContain("monitor");
    expect(existsSync(seen)).toBe(false);
    await git(["credential", "fill"], {
      folder: work,
      input: "protocol=https\nhost=git.example\n\n",
    });
    expect(readFileSync(seen, "utf8")).toContain("PATH=");
    expect(readFileSync(seen, "utf8")).not.toContain("canary");
  });
});
