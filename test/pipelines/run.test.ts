import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { binary, folder, folderWith, plain, settings, write } from "../cli/binary.ts";
import { comments, gitlabRoutes } from "./comments.ts";

// What a branch brings along can be shown as ours neither in a comment nor in the host's log.

const root = join(import.meta.dirname, "../..");
const user = (displayName: string) => `apiVersion: partnercenter/v1
kind: User
metadata:
  name: anna
spec:
  userPrincipalName: anna@contoso.partner.onmschina.cn
  displayName: ${JSON.stringify(displayName)}
  usageLocation: CN
  recovery:
    alternateEmail: anna@example.com
`;

async function step(
  name: string,
  project: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ status?: number; log: string }> {
  const bin = folderWith({
    partnerctl: `#!/bin/sh\nexec "${process.execPath}" "${binary}" "$@"\n`,
  });
  chmodSync(join(bin, "partnerctl"), 0o755);
  const env = { ...plain.env, PATH: `${bin}:${process.env.PATH}`, ...variables };
  const { exitCode, all } = await execa("sh", [join(root, "pipelines/run.sh"), name], {
    ...plain,
    cwd: project,
    env,
    all: true,
  });
  return { log: all, ...(exitCode !== undefined && { status: exitCode }) };
}

test("a report that came with the branch is not shown where there is no plan", async () => {
  const host = await comments(gitlabRoutes);
  const variables = {
    GITLAB_CI: "true",
    CI_API_V4_URL: host.url,
    CI_PROJECT_ID: "7",
    CI_MERGE_REQUEST_IID: "1",
    PARTNERCTL_GITLAB_TOKEN: "host-token",
    COMMENT: "true",
    REPORTS: "reports",
  };
  const fake = {
    "reports/plan.md": "Nothing to do.",
    "reports/plan.json": "{}",
    "reports/plan.json.aaaa.approval": "no approval",
  };
  const here = folderWith({ ...fake, "manifests/a.yaml": user("Anna") });
  expect(await step("plan", here, variables)).toMatchObject({
    status: 1,
    log: expect.stringContaining("project/none"),
  });
  expect(host.bodies.join()).not.toContain("Nothing to do.");
  for (const name of Object.keys(fake).slice(1)) expect(existsSync(join(here, name))).toBe(false);

  const elsewhere = folderWith({ "plan.md": "somebody's" });
  const linked = folderWith({ "partnerctl.yaml": settings(), "manifests/a.yaml": user("Anna") });
  symlinkSync(elsewhere, join(linked, "reports"));
  await step("plan", linked, variables);
  expect(readFileSync(join(elsewhere, "plan.md"), "utf8")).toBe("somebody's");
  expect(readFileSync(join(linked, "reports/plan.md"), "utf8")).toContain("1 to create");
});

test("no report that came with the branch stays among ours, and ours of the step before does", async () => {
  const fake = {
    "reports/zz.xml": "<testsuites/>",
    "reports/plan-approved.html": "<h1>Nothing to do.</h1>",
    "reports/notes.txt": "kept",
  };
  const here = folderWith({
    ...fake,
    "partnerctl.yaml": settings(),
    "manifests/a.yaml": user("Anna"),
  });
  const job = (CI_JOB_ID: string) => ({ CI_JOB_ID, REPORTS: "reports", TMPDIR: folder() });
  const first = job("1");
  await step("validate", here, first);
  await step("plan", here, first);
  const reports = readdirSync(join(here, "reports")).sort();
  expect(reports.filter((name) => name.startsWith("plan-approved") || name === "zz.xml")).toEqual(
    [],
  );
  expect(reports).toEqual(
    expect.arrayContaining(["notes.txt", "plan.html", "plan.md", "validate.md", "validate.sarif"]),
  );
  await step("validate", here, job("2"));
  expect(readdirSync(join(here, "reports"))).not.toContain("plan.html");
});

const billing = `apiVersion: partnercenter/v1
kind: PartnerProfile
spec:
  billing:
    purchaseOrderNumber: "##[error]evil"
`;

test("what manifests say is no command to GitHub's runner; our annotations are; and nobody's data are in the log", async () => {
  const here = folder();
  write(here, {
    "partnerctl.yaml": settings(),
    "manifests/a.yaml": user("Anna Nowak"),
    "manifests/b.yaml": billing,
  });
  const { log } = await step("drift", here, { ANNOTATIONS: "github", REPORTS: "reports" });
  const [, token = ""] = /^::stop-commands::([0-9a-f]{32})\n/.exec(log) ?? [];
  const parts = log.split(new RegExp(`^::(?:stop-commands::)?${token}(?:::)?\\n`, "m"));
  const [quoted, obeyed] = [
    parts.filter((_, index) => index % 2 === 1),
    parts.filter((_, index) => index % 2 === 0),
  ].map((some) => some.join(""));
  expect(quoted).toContain("##[error]evil");
  expect(obeyed).toMatch(/^::notice /);
  expect(obeyed).not.toContain("##[error]evil");
  expect(log.endsWith(`::${token}::\n`)).toBe(true);
  expect(log).toContain("displayName <personal>");
  expect(log).not.toMatch(/Nowak|anna@/);
});
