import { createHash, createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { expect, test } from "vitest";
import { folderWith, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

// With --base, all that decides is taken from a revision, and only manifests from the folder: what
// a branch brings along cannot loosen a guard, point the run elsewhere or have its own code loaded.

const user = (name: string): string => `apiVersion: partnercenter/v1
kind: User
metadata:
  name: ${name}
spec:
  userPrincipalName: ${name}@contoso.partner.onmschina.cn
  displayName: ${name}
  givenName: ${name}
  surname: ${name}
  usageLocation: CN
  recovery:
    alternateEmail: ${name}@example.com
`;

async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const path = folderWith(files);
  const git = (...args: readonly string[]) =>
    execa("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: path });
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "first");
  return path;
}

test("settings and modules come from the revision, manifests from the folder", async () => {
  const module = (word: string) =>
    `export { adapter } from "./inner.mjs"; console.error("loaded ${word}");`;
  const inner = `export function adapter() { return { name: "inner", supports: {}, account: async () => ({ id: "acc" }), async *read() {}, write: async () => undefined }; }`;
  const here = await repository({
    "accounts/one/partnerctl.yaml": settings({}, { adapter: "./adapter.mjs", manifests: "users" }),
    "accounts/one/adapter.mjs": module("trusted"),
    "accounts/one/inner.mjs": inner,
    "accounts/one/users/a.yaml": user("anna"),
  });
  const project = `${here}/accounts/one`;
  write(project, {
    "adapter.mjs": module("evil"),
    "inner.mjs": "throw new Error()",
    "users/b.yaml": user("bert"),
  });
  write(project, {
    "partnerctl.yaml": settings(
      {},
      { adapter: "./adapter.mjs", manifests: "elsewhere", guards: { count: 1 } },
    ),
  });
  const said = await partnerctl(project, ["validate", "--base", "main"]);
  expect(said.stdout).toContain("2 manifests in 2 files are valid");
  const checked = await partnerctl(project, ["check", "--base", "main"]);
  expect(checked.stderr).toContain("loaded trusted");
  expect(checked.stderr).not.toContain("loaded evil");
  expect(checked.status).toBe(0);
  expect((await partnerctl(project, ["check"])).stderr).toContain("adapter/broken");
});

test("a guard that a branch loosens for itself still stops it, and state stays where it is", async () => {
  const here = await repository({
    "partnerctl.yaml": settings({}, { guards: { count: 1 } }),
    ".gitignore": ".partnerctl/\n",
    "manifests/a.yaml": user("anna"),
    "manifests/b.yaml": user("bert"),
  });
  expect((await partnerctl(here, ["apply", "--yes"])).status).toBe(0);
  write(here, { "partnerctl.yaml": settings({}, { guards: { count: 9 } }) });
  for (const name of ["anna", "bert"]) {
    write(here, {
      [`manifests/${name[0]}.yaml`]: user(name).replace(
        `displayName: ${name}`,
        "displayName: Other",
      ),
    });
  }
  const alone = await partnerctl(here, ["plan"]);
  expect([alone.status, alone.stdout]).toEqual([0, expect.stringContaining("2 to update")]);
  const judged = await partnerctl(here, ["plan", "--base", "HEAD", "--detailed-exitcode"]);
  expect([judged.status, judged.stdout]).toEqual([5, expect.stringMatching(/2 to update/)]);
  expect(judged.stdout).toContain("Stopped by a guard: count");
});

test("a revision without settings, and one that is not there", async () => {
  const here = await repository({ "README.md": "nothing yet" });
  write(here, { "partnerctl.yaml": settings(), "manifests/a.yaml": user("anna") });
  const first = await partnerctl(here, ["plan", "--base", "main"]);
  expect([first.status, first.stderr]).toEqual([1, expect.stringContaining("project/no-base")]);
  const unknown = await partnerctl(here, ["plan", "--base", "nowhere"]);
  expect([unknown.status, unknown.stderr]).toEqual([
    1,
    expect.stringContaining("git/unknown-revision"),
  ]);
});

test("settings of a branch of somebody's own are not read, and its code does not run, whatever the pipeline says", async () => {
  const here = await repository({
    "partnerctl.yaml": settings({}, { adapter: "./evil.mjs" }),
    "evil.mjs": `import { writeFileSync } from "node:fs"; writeFileSync("proof", ""); export function adapter() {}`,
    "manifests/a.yaml": user("anna"),
  });
  await execa("git", ["branch", "--move", "main", "evil"], { cwd: here });
  await execa(
    "git",
    [
      "-c",
      "user.name=a",
      "-c",
      "user.email=a@example.com",
      "commit-tree",
      "HEAD^{tree}",
      "-m",
      "good",
    ],
    {
      cwd: here,
    },
  ).then(({ stdout }) => execa("git", ["branch", "main", stdout], { cwd: here }));
  const event = {
    repository: { default_branch: "main" },
    pull_request: { base: { ref: "evil", sha: "evil" }, user: { login: "m" } },
  };
  write(here, { "../event.json": JSON.stringify(event) });
  for (const env of [{}, { GITHUB_EVENT_PATH: `${here}/../event.json` }])
    for (const command of ["validate", "plan", "check"])
      expect(await partnerctl(here, [command, "--base", "evil"], { env })).toMatchObject({
        status: 1,
        stdout: "",
        stderr: expect.stringContaining("base/not-default"),
      });
  expect(existsSync(`${here}/proof`)).toBe(false);
});

test("what a branch lays out like a repository is not taken for one, and its configuration is not obeyed", async () => {
  const here = await repository({
    "accounts/one/partnerctl.yaml": settings(
      {},
      { manifests: "users", ledger: { type: "git", key: "${PARTNERCTL_LEDGER_KEY}" } },
    ),
    "accounts/one/users/a.yaml": user("anna"),
  });
  const project = `${here}/accounts/one`;
  const config = `[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = "touch ${here}/obeyed; false"\n\tsshCommand = "touch ${here}/obeyed; false"\n`;
  write(project, {
    HEAD: "ref: refs/heads/main\n",
    "objects/x": "",
    "refs/x": "",
    config: `${config}[remote "origin"]\n\turl = ssh://x/y\n`,
  });
  const env = { PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer" };
  for (const args of [
    ["validate", "--base", "main"],
    ["plan", "--since", "HEAD"],
    ["ci", "fetch"],
  ]) {
    const said = await partnerctl(project, args, { env });
    expect(said).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/safe\.bareRepository|not appear to be a git/),
    });
  }
  expect(existsSync(`${here}/obeyed`)).toBe(false);
});

test("a cache that a branch brings along is not believed", async () => {
  const here = await repository({
    "partnerctl.yaml": settings(),
    "manifests/a.yaml": user("anna"),
  });
  const [own, other] = [folderWith({}), folderWith({})];
  const rendered = async (home: string) =>
    (await partnerctl(here, ["render"], { env: { HOME: home } })).stdout;
  expect(await rendered(other)).toContain("displayName: anna");
  const path = `${here}/.partnerctl/cache/parsed.jsonl`;
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").slice(0, -1);
  const body = `${lines.join("\n").replace('"displayName":"anna"', '"displayName":"evil"')}\n`;
  const theirs = createHmac("sha256", readFileSync(`${other}/.cache/partnerctl/key`));
  const [plain = "", keyed = ""] = [createHash("sha256"), theirs].map(
    (sum) => `${body}${sum.update(body).digest("hex")}\n`,
  );
  for (const forged of [plain, keyed]) {
    write(here, { ".partnerctl/cache/parsed.jsonl": forged });
    expect(await rendered(own)).toContain("displayName: anna");
  }
  write(here, { ".partnerctl/cache/parsed.jsonl": keyed });
  // Where it was written it is, so that this test tells anything.
  expect(await rendered(other)).toContain("displayName: evil");
});
