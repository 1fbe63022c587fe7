import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { keys } from "../approvals/keys.ts";
import { comments, githubRoutes, gitlabRoutes } from "../pipelines/comments.ts";
import { folder, folderWith, partnerctl as inItsOwn, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const user = `apiVersion: partnercenter/v1
kind: User
metadata:
  name: anna
spec:
  userPrincipalName: anna@contoso.partner.onmschina.cn
  displayName: Anna
  givenName: Anna
  surname: Berg
  usageLocation: CN
  recovery:
    alternateEmail: anna@example.com
`;
const env = { PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer" };
const git = { ledger: { type: "git", key: "${PARTNERCTL_LEDGER_KEY}" } };

/** A project with a remote, and a second clone of it. */
async function projects(): Promise<readonly [string, string]> {
  const [bare, one, two] = [
    folder(),
    folderWith({
      "partnerctl.yaml": settings({}, git),
      ".gitignore": "/*.json*\n.partnerctl/\n",
      "manifests/a.yaml": user,
    }),
    folder(),
  ];
  const run = (cwd: string, ...args: readonly string[]) =>
    execa("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd });
  await run(bare, "init", "--quiet", "--bare", "--initial-branch", "main");
  await run(one, "init", "--quiet", "--initial-branch", "main");
  await run(one, "remote", "add", "origin", bare);
  await run(one, "add", "--all");
  await run(one, "commit", "--quiet", "--message", "first");
  await run(one, "push", "--quiet", "origin", "main");
  await run(two, "clone", "--quiet", bare, ".");
  return [one, two];
}

test("a plan and its approvals arrive whole where the same manifests are, and approvals of two people do not push each other out", async () => {
  const [one, two] = await projects();
  expect(await partnerctl(one, ["ci", "fetch"], { env })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("plan/none-published"),
  });
  expect((await partnerctl(one, ["plan", "--out", "plan.json"], { env })).status).toBe(0);
  const published = await partnerctl(one, ["ci", "publish", "plan.json"], { env });
  expect(published).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Published as [0-9a-f]{16}; approvals: 0\.\n$/),
    stderr: expect.stringContaining("not sealed"),
  });
  expect(await partnerctl(two, ["ci", "fetch", "--out", "reviewed.json"], { env })).toMatchObject({
    status: 0,
  });
  expect(readFileSync(join(two, "reviewed.json"))).toEqual(readFileSync(join(one, "plan.json")));

  writeFileSync(join(one, "plan.json.aaaa.approval"), "by one");
  writeFileSync(join(two, "reviewed.json.bbbb.approval"), "by another");
  await Promise.all([
    inItsOwn(one, ["ci", "publish", "plan.json"], { env }),
    inItsOwn(two, ["ci", "publish", "reviewed.json"], { env }),
  ]);
  expect((await partnerctl(two, ["ci", "fetch", "--out", "both.json"], { env })).stdout).toContain(
    "approvals: 2",
  );
  expect(readdirSync(two).filter((name) => name.startsWith("both"))).toEqual([
    "both.json",
    "both.json.aaaa.approval",
    "both.json.bbbb.approval",
  ]);

  // Another plan of the same manifests takes the place of the first, whose approvals are not its
  // own.
  writeFileSync(join(two, "plan.json"), `${readFileSync(join(one, "plan.json"), "utf8")}\n`);
  expect((await partnerctl(two, ["ci", "publish", "plan.json"], { env })).status).toBe(0);
  expect((await partnerctl(one, ["ci", "fetch"], { env })).stdout).toContain("approvals: 0");

  write(two, { "manifests/a.yaml": user.replace("displayName: Anna", "displayName: Anne") });
  expect(await partnerctl(two, ["ci", "fetch"], { env })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("plan/none-published"),
  });
});

test("a plan for another day is kept in no file by itself, and nobody approves or publishes one", async () => {
  const [one] = await projects();
  const both = await partnerctl(one, ["plan", "--at", "2027-06-01", "--out", "plan.json"], { env });
  expect(both).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("--at is for looking"),
  });
  expect(readdirSync(one)).not.toContain("plan.json");
  const { stdout } = await partnerctl(one, ["plan", "--at", "2027-06-01", "--format", "json"], {
    env,
  });
  write(one, { "plan.json": stdout });
  const box = keys();
  onTestFinished(() => box.end());
  for (const command of [
    ["ci", "publish"],
    ["approve", "--key", box.key("li")],
  ]) {
    const told = await partnerctl(one, [...command, "plan.json"], { env });
    expect(told).toMatchObject({ status: 1, stderr: expect.stringContaining("plan/hypothetical") });
  }
  expect(readdirSync(one).filter((name) => name.startsWith("plan.json"))).toEqual(["plan.json"]);
});

test("what stands in the way of publishing is said", async () => {
  const [one] = await projects();
  expect(await partnerctl(one, ["ci", "publish", "none.json"], { env })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("plan/missing"),
  });
  await execa("git", ["remote", "set-url", "origin", join(one, "nowhere")], { cwd: one });
  expect(await partnerctl(one, ["ci", "fetch"], { env })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("plan/remote"),
  });
  write(one, { "partnerctl.yaml": settings() });
  expect(await partnerctl(one, ["ci", "fetch"], { env })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("plan/no-remote"),
  });
});

test("what stands in the way of a comment is said, and the token is not", async () => {
  const here = folderWith({
    "plan.md": "# A plan\n",
    "event.json": '{"pull_request":{"number":1}}',
    "push.json": "{}",
  });
  const host = await comments(githubRoutes);
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/account",
    GITHUB_API_URL: host.url,
    GITHUB_EVENT_PATH: "event.json",
    GITHUB_TOKEN: "canary-token",
  };
  const said = async (more: Readonly<Record<string, string>>, file = "plan.md") =>
    (await partnerctl(here, ["ci", "comment", file], { env: more })).stderr;
  expect(await said(github, "none.md")).toContain("There is no file none.md");
  expect(await said({})).toContain("no pipeline of GitHub or GitLab");
  expect(await said({ ...github, GITHUB_EVENT_PATH: "push.json" })).toContain(
    "a pull request in the event",
  );
  expect(await said({ ...github, GITHUB_TOKEN: "" })).toContain("pull-requests: write");
  expect(await said({ GITLAB_CI: "true" })).toContain("CI_MERGE_REQUEST_IID");
  expect(await said({ GITLAB_CI: "true", CI_MERGE_REQUEST_IID: "1" })).toContain(
    "PARTNERCTL_GITLAB_TOKEN",
  );
  const refused = (await inItsOwn(here, ["ci", "comment", "plan.md"], { env: github })).stderr;
  expect(refused).toContain("401");
  expect(refused).not.toContain("canary-token");
  write(here, { "long.md": "x".repeat(70_000) });
  expect(await said({ ...github, GITHUB_TOKEN: "host-token" }, "long.md")).toContain(
    "A comment takes 65536 characters",
  );
  expect(
    await said({ ...github, GITHUB_API_URL: "http://127.0.0.1:1", GITHUB_TOKEN: "host-token" }),
  ).toContain("comment/failed");
  expect(host.bodies).toEqual([]);
});

test("a result is saved in other formats beside the one that is shown", async () => {
  const here = folderWith({ "partnerctl.yaml": settings(), "manifests/a.yaml": user });
  const said = await partnerctl(here, [
    "plan",
    "--save",
    "json=out/plan.json",
    "--save",
    "html=plan.html",
  ]);
  expect(said.stdout).toContain("1 to create");
  expect(JSON.parse(readFileSync(join(here, "out/plan.json"), "utf8"))).toMatchObject({
    version: 1,
    totals: { create: 1 },
  });
  expect(readFileSync(join(here, "plan.html"), "utf8")).toMatch(/^<!doctype html>/i);
  write(here, { "manifests/a.yaml": user.replace("kind: User", "kind: Usr") });
  expect((await partnerctl(here, ["plan", "--save", "sarif=wrong.sarif"])).stderr).toContain(
    "Did you mean",
  );
  expect(readFileSync(join(here, "wrong.sarif"), "utf8")).toContain('"ruleId"');
  expect(await partnerctl(here, ["offers", "--save", "sarif=o.sarif"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("cannot be shown as sarif"),
  });
  expect(await partnerctl(here, ["plan", "--save", "plan.html"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("FORMAT=FILE"),
  });
});

test("what was exported is compared with what was written: pins lead nowhere without an account, and a fixed field only one side mentions has not changed", async () => {
  const here = folder();
  cpSync(join(import.meta.dirname, "../../examples/contoso"), here, { recursive: true });
  rmSync(join(here, ".partnerctl"), { recursive: true, force: true });
  expect((await partnerctl(here, ["apply", "--yes", "--allow", "irreversible"])).status).toBe(0);
  expect((await partnerctl(here, ["export", "--out", "exported"])).status).toBe(0);
  const { status, stdout } = await partnerctl(here, [
    "diff",
    "manifests",
    "exported",
    "--format",
    "json",
  ]);
  expect({ status, ...JSON.parse(stdout) }).toMatchObject({
    status: 0,
    problems: [],
    totals: { create: 0, remove: 0 },
  });
});

test("what somebody else wrote is not taken for our comment, and a token follows no redirect", async () => {
  const here = folderWith({
    "plan.md": "# A plan\n",
    "event.json": '{"pull_request":{"number":1}}',
  });
  const forged = "<!-- partnerctl: plan -->\nNothing to do.";
  const [github, gitlab] = [
    await comments(githubRoutes, [forged]),
    await comments(gitlabRoutes, [forged]),
  ];
  const onGithub = {
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/account",
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_PATH: "event.json",
    GITHUB_TOKEN: "host-token",
  };
  const onGitlab = {
    GITLAB_CI: "true",
    CI_API_V4_URL: gitlab.url,
    CI_PROJECT_ID: "7",
    CI_MERGE_REQUEST_IID: "1",
    PARTNERCTL_GITLAB_TOKEN: "host-token",
  };
  for (const [env, host] of [[onGithub, github] as const, [onGitlab, gitlab] as const]) {
    expect(await partnerctl(here, ["ci", "comment", "plan.md"], { env })).toMatchObject({
      status: 0,
      stderr: "Commented.\n",
    });
    expect(await partnerctl(here, ["ci", "comment", "plan.md"], { env })).toMatchObject({
      stderr: expect.stringContaining("in place of the last one"),
    });
    expect(host.bodies).toEqual([forged, "<!-- partnerctl: plan -->\n# A plan\n"]);
  }
  const seen: unknown[] = [];
  const elsewhere = await listening((request, response) => {
    seen.push(request.headers);
    response.end("{}");
  });
  const leading = await listening((_, response) =>
    response.writeHead(307, { location: elsewhere }).end(),
  );
  const led = await partnerctl(here, ["ci", "comment", "plan.md"], {
    env: { ...onGitlab, CI_API_V4_URL: leading },
  });
  expect(led).toMatchObject({ status: 1, stderr: expect.stringContaining("307") });
  expect(seen).toEqual([]);
});

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a plan that was put there without the ledger's key is not fetched, nor is anything beside it but approvals", async () => {
  const [one, two] = await projects();
  expect((await partnerctl(one, ["plan", "--out", "plan.json"], { env })).status).toBe(0);
  expect((await partnerctl(one, ["ci", "publish", "plan.json"], { env })).status).toBe(0);
  // Who only reviews needs no key; an approval beside the plan changes nothing about who made it.
  const looked = await partnerctl(two, ["ci", "fetch"]);
  expect(looked).toMatchObject({ status: 0, stderr: expect.stringContaining("not checked") });
  writeFileSync(join(two, "plan.json.aaaa.approval"), "by one");
  expect((await partnerctl(two, ["ci", "publish", "plan.json"])).status).toBe(0);
  expect(await partnerctl(two, ["ci", "fetch"], { env })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("approvals: 1"),
  });

  await alsoPushed(one, "plan.json.evil", "evil.approval");
  expect(await partnerctl(two, ["ci", "fetch", "--out", "again.json"], { env })).toMatchObject({
    status: 0,
  });
  expect(readdirSync(two).filter((name) => name.startsWith("again"))).toEqual([
    "again.json",
    "again.json.aaaa.approval",
  ]);

  writeFileSync(join(two, "plan.json"), `${readFileSync(join(two, "plan.json"), "utf8")}\n`);
  const other = { PARTNERCTL_LEDGER_KEY: "somebody's own key, forty characters or longer" };
  for (const forging of [{}, { env: other }]) {
    expect((await partnerctl(two, ["ci", "publish", "plan.json"], forging)).status).toBe(0);
    expect(await partnerctl(one, ["ci", "fetch"], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("plan/unmarked"),
    });
  }
});

/** Puts more files beside the plan that was published last, as anybody who can push may. */
async function alsoPushed(clone: string, ...names: readonly string[]): Promise<void> {
  const run = async (args: readonly string[], options: object = {}) =>
    (await execa("git", args, { cwd: clone, ...options })).stdout;
  const [commit = "", ref = ""] = (
    await run(["ls-remote", "origin", "refs/heads/partnerctl-plan/*"])
  ).split("\t");
  await run(["fetch", "--quiet", "origin", commit]);
  const blob = await run(["hash-object", "-w", "--stdin"], { input: "evil" });
  const rows = [
    await run(["ls-tree", commit]),
    ...names.map((name) => `100644 blob ${blob}\t${name}`),
  ];
  const tree = await run(["mktree"], { input: `${rows.join("\n")}\n` });
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  await run([
    "push",
    "--quiet",
    "--force",
    "origin",
    `${await run([...who, "commit-tree", tree, "-m", "more"])}:${ref}`,
  ]);
}

test("the password in a remote's address is in no message", async () => {
  const [one] = await projects();
  const remote = "http://oauth2:canary-token@127.0.0.1:1/contoso/account.git";
  await execa("git", ["remote", "set-url", "origin", remote], { cwd: one });
  const byName = [
    await inItsOwn(one, ["ci", "fetch"], { env }),
    await inItsOwn(one, ["plan"], { env }),
  ];
  write(one, { "partnerctl.yaml": settings({}, { ledger: { ...git.ledger, remote } }) });
  const byAddress = [
    await inItsOwn(one, ["ci", "fetch"], { env }),
    await inItsOwn(one, ["plan"], { env }),
  ];
  for (const { status, stdout, stderr } of [...byName, ...byAddress]) {
    expect([status, stderr]).toEqual([1, expect.stringContaining("127.0.0.1")]);
    expect(stdout + stderr).not.toContain("canary-token");
  }
});
