import { execa } from "execa";
import { expect, test } from "vitest";
import { folderWith, partnerctl, settings, write } from "./binary.ts";

// With --base, all that decides is taken from a revision, and only manifests from the folder: what a branch brings along cannot loosen a
// guard, point the run elsewhere or have its own code loaded.

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
  const git = (...args: readonly string[]) => execa("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: path });
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "first");
  return path;
}

test("settings and modules come from the revision, manifests from the folder", async () => {
  const module = (word: string) => `export { adapter } from "./inner.mjs"; console.error("loaded ${word}");`;
  const inner = `export function adapter() { return { name: "inner", supports: {}, account: async () => ({ id: "acc" }), async *read() {}, write: async () => undefined }; }`;
  const here = await repository({
    "accounts/one/partnerctl.yaml": settings({}, { adapter: "./adapter.mjs", manifests: "users" }),
    "accounts/one/adapter.mjs": module("trusted"),
    "accounts/one/inner.mjs": inner,
    "accounts/one/users/a.yaml": user("anna"),
  });
  const project = `${here}/accounts/one`;
  write(project, { "adapter.mjs": module("evil"), "inner.mjs": "throw new Error()", "users/b.yaml": user("bert") });
  write(project, { "partnerctl.yaml": settings({}, { adapter: "./adapter.mjs", manifests: "elsewhere", guards: { count: 1 } }) });
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
    write(here, { [`manifests/${name[0]}.yaml`]: user(name).replace(`displayName: ${name}`, "displayName: Other") });
  }
  const alone = await partnerctl(here, ["plan"]);
  expect([alone.status, alone.stdout]).toEqual([0, expect.stringContaining("2 to update")]);
  const judged = await partnerctl(here, ["plan", "--base", "HEAD"]);
  expect([judged.status, judged.stdout]).toEqual([5, expect.stringMatching(/2 to update/)]);
  expect(judged.stdout).toContain("Stopped by a guard: count");
});

test("a revision without settings, and one that is not there", async () => {
  const here = await repository({ "README.md": "nothing yet" });
  write(here, { "partnerctl.yaml": settings(), "manifests/a.yaml": user("anna") });
  const first = await partnerctl(here, ["plan", "--base", "main"]);
  expect([first.status, first.stderr]).toEqual([1, expect.stringContaining("project/no-base")]);
  const unknown = await partnerctl(here, ["plan", "--base", "nowhere"]);
  expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining("git/unknown-revision")]);
});
