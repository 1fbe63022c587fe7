import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { comments, gitlabRoutes } from "./comments.ts";
import { pipeline, served } from "./gitlab.ts";
import { hosted, written } from "./repository.ts";

const seats = (from: number, to: number) => (text: string) =>
  text.replace(`quantity: ${from}`, `quantity: ${to}`);
const wingtip = "manifests/customers/wingtip.yaml";

test("a merge request shows what would change, its merge does exactly that, once, and drift is found", {
  timeout: 240_000,
}, async () => {
  const own = await hosted("gitlab");
  const { git, push } = own;
  const host = await comments(
    gitlabRoutes,
    Array.from({ length: 120 }, (_, index) => `remark ${index}`),
  );
  served(own, "https://oauth2:host-token@gitlab.example:443/contoso/account.git");
  const variables = {
    CI_API_V4_URL: host.url,
    CI_PROJECT_ID: "7",
    CI_PROJECT_PATH: "contoso/account",
    CI_SERVER_PROTOCOL: "https",
    CI_SERVER_HOST: "gitlab.example",
    CI_SERVER_PORT: "443",
    CI_DEFAULT_BRANCH: "main",
    GITLAB_USER_LOGIN: "li-wei",
    PARTNERCTL_ENVIRONMENT: "emulator",
    PARTNERCTL_GITLAB_TOKEN: "host-token",
    PARTNER_CENTER_CLIENT_SECRET: "emulator-secret",
    PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer",
  };
  const request = {
    ...variables,
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_IID: "1",
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
  };
  const merged = { ...variables, CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" };
  const byHand = { ...merged, CI_PIPELINE_SOURCE: "web" };

  const pages = ["plan.html", "plan.md", "plan.sarif", "validate.sarif"].map(
    (one) => `partnerctl-reports/${one}`,
  );
  await git("checkout", "--quiet", "-b", "first");
  const head = await push(wingtip, seats(25, 30));
  for (const round of [1, 2]) {
    const [plan, ...rest] = await pipeline(own, head, request);
    expect(rest, `round ${round}`).toEqual([]);
    expect(plan, plan?.log).toMatchObject({
      job: "partnerctl-plan",
      status: 0,
      artifacts: expect.arrayContaining(pages),
    });
    expect(plan?.artifacts.filter((one) => /json|age/.test(one))).toEqual([]);
    expect(host.bodies).toHaveLength(121);
    if (round === 1) await own.keepInstalled();
    expect(
      readFileSync(join(plan?.workspace ?? "", "partnerctl-reports/plan.xml"), "utf8"),
    ).toContain('<testsuite name="plan"');
  }
  expect(host.bodies.at(-1)).toMatch(/^<!-- partnerctl: plan emulator -->\n[\s\S]*3 to create/);
  expect(await written(own)).toEqual([]);

  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--ff-only", "first");
  await git("push", "--quiet", "origin", "main");
  // What cannot be undone takes somebody's approval of the merge request's last version.
  const approved = (by: string) => ({
    approved_by: [{ user: { username: by }, approved_at: "2026-03-01T09:00:00Z" }],
  });
  const told = {
    [`/projects/7/repository/commits/${head}/merge_requests`]: [
      { iid: 1, state: "merged", author: { username: "li-wei" } },
    ],
    "/projects/7/approvals": { merge_requests_disable_committers_approval: true },
    "/projects/7/merge_requests/1/versions": [{ created_at: "2026-03-01T08:00:00Z" }],
    "/projects/7/merge_requests/1/approvals": approved("li-wei"),
  };
  for (const [path, value] of Object.entries(told)) host.tells.set(path, value);
  const [unapproved] = await pipeline(own, head, merged);
  expect(unapproved, unapproved?.log).toMatchObject({ job: "partnerctl-apply", status: 5 });
  expect(await written(own)).toEqual([]);
  host.tells.set("/projects/7/merge_requests/1/approvals", approved("wang-fang"));
  const [apply] = await pipeline(own, head, merged);
  expect(apply, apply?.log).toMatchObject({
    job: "partnerctl-apply",
    status: 0,
    log: expect.stringContaining("wang-fang"),
  });
  expect(apply?.artifacts.filter((one) => /json|age/.test(one))).toEqual([]);
  expect((await written(own)).filter((one) => one.endsWith("/orders"))).toHaveLength(1);
  const [idle] = await pipeline(own, head, merged);
  expect(idle, idle?.log).toMatchObject({
    status: 0,
    log: expect.stringContaining("Nothing to do"),
  });
  expect(await written(own)).toEqual([]);

  const ahead = await push(wingtip, seats(30, 40));
  const [drift] = await pipeline(own, ahead, { ...variables, CI_PIPELINE_SOURCE: "schedule" });
  expect(drift, drift?.log).toMatchObject({ job: "partnerctl-drift", status: 2 });
  expect(existsSync(join(drift?.workspace ?? "", "partnerctl-reports/drift.html"))).toBe(true);

  // What nobody reviewed is not applied; planned as manual steps on the default branch, it can be.
  const [unseen] = await pipeline(own, ahead, merged);
  expect(unseen, unseen?.log).toMatchObject({
    status: 1,
    log: expect.stringMatching(/plan\/none-published[\s\S]*New pipeline/),
  });
  const jobs = await pipeline(own, ahead, byHand);
  expect(
    jobs.map(({ job, status }) => [job, status]),
    jobs.map(({ log }) => log).join(),
  ).toEqual([
    ["partnerctl-plan-main", 0],
    ["partnerctl-apply", 0],
  ]);
});
