import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";
import { comments, githubRoutes, gitlabRoutes } from "./comments.ts";
import { workflow } from "./github.ts";
import { pipeline, served } from "./gitlab.ts";
import { type Hosted, hosted, written } from "./repository.ts";

const secrets = {
  PARTNER_CENTER_CLIENT_SECRET: "emulator-secret",
  PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer",
};

/**
 * A project that `init` has just written, with the two ids filled in, and the emulator in place of
 * the service.
 */
async function begun(host: string): Promise<Hosted> {
  const place = folder();
  expect(await partnerctl(place, ["init", ".", "--pipeline", host])).toMatchObject({ status: 0 });
  const settings = join(place, "partnerctl.yaml");
  const url = "http://127.0.0.1:8021";
  const text = readFileSync(settings, "utf8")
    .replace(
      "tenant: 00000000-0000-0000-0000-000000000000",
      "tenant: 4719d490-9b20-5e5e-b42d-099785562940",
    )
    .replace(
      "clientId: 00000000-0000-0000-0000-000000000000",
      `clientId: 6baccf25-558c-5fab-8c6e-3ce03d3ba3c7\n        api: ${url}\n        authority: ${url}\n        graph: ${url}`,
    );
  writeFileSync(settings, text);
  return hosted(place, { installed: true });
}

/** Proposes a user's other name on a branch. */
async function propose({ git, push }: Hosted): Promise<string> {
  await git("checkout", "--quiet", "-b", "name");
  return push("manifests/users.yaml", (text) =>
    text.replace("displayName: Wang Fang", "displayName: Fang Wang"),
  );
}

async function merge({ git }: Hosted): Promise<string> {
  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--ff-only", "name");
  await git("push", "--quiet", "origin", "main");
  return git("rev-parse", "HEAD");
}

test("init writes no pipeline unless it is asked for one, whose settings keep nothing on a runner", async () => {
  const place = folder();
  expect(await partnerctl(place, ["init", "."])).toMatchObject({ status: 0 });
  for (const path of [".github", ".gitlab-ci.yml"])
    expect(existsSync(join(place, path))).toBe(false);
  expect(await partnerctl(place, ["init", "other", "--pipeline", "jenkins"])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/github.*gitlab/s),
  });
  expect(existsSync(join(place, "other"))).toBe(false);
});

test("the pipeline for GitHub that init writes is green with the settings it writes", {
  timeout: 240_000,
}, async () => {
  const own = await begun("github");
  const host = await comments(githubRoutes);
  const given = { vars: {}, secrets };
  const base = await own.git("rev-parse", "main");
  const head = await propose(own);
  const tree = await own.git("merge-tree", "--write-tree", base, head);
  const sha = await own.git("commit-tree", tree, "-p", base, "-p", head, "-m", "Merge");
  await own.git("push", "--quiet", "--force", "origin", `${sha}:refs/pull/1/merge`);
  const onMain = { sha: base, ref: "refs/heads/main", api: host.url };
  const repository = { default_branch: "main" };
  const payload = { pull_request: { number: 1, base: { sha: base, ref: "main" } }, repository };
  const [review] = await workflow(own, { name: "pull_request_target", payload, ...onMain }, given);
  expect(review, review?.log).toMatchObject({ job: "review", status: 0 });
  const merged = { ...onMain, sha: await merge(own) };
  const [apply] = await workflow(own, { name: "push", payload: { repository }, ...merged }, given);
  expect(apply, apply?.log).toMatchObject({ job: "apply", status: 0 });
  expect((await written(own)).length).toBeGreaterThan(0);
  const [drift] = await workflow(
    own,
    { name: "schedule", payload: { repository }, ...merged },
    given,
  );
  expect(drift, drift?.log).toMatchObject({ job: "drift", status: 0 });
});

test("the pipeline for GitLab that init writes is green with the settings it writes", {
  timeout: 240_000,
}, async () => {
  const own = await begun("gitlab");
  const host = await comments(gitlabRoutes);
  served(own, "https://oauth2:host-token@gitlab.example:443/contoso/account.git");
  const variables = {
    ...{
      CI_API_V4_URL: host.url,
      CI_PROJECT_ID: "7",
      CI_PROJECT_PATH: "contoso/account",
      CI_DEFAULT_BRANCH: "main",
    },
    ...{ CI_SERVER_PROTOCOL: "https", CI_SERVER_HOST: "gitlab.example", CI_SERVER_PORT: "443" },
    ...{ GITLAB_USER_LOGIN: "li-wei", PARTNERCTL_GITLAB_TOKEN: "host-token", ...secrets },
  };
  const request = {
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_IID: "1",
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
  };
  const head = await propose(own);
  const [plan] = await pipeline(own, head, { ...variables, ...request });
  expect(plan, plan?.log).toMatchObject({ job: "partnerctl-plan", status: 0 });
  const sha = await merge(own);
  const [apply] = await pipeline(own, sha, {
    ...variables,
    CI_PIPELINE_SOURCE: "push",
    CI_COMMIT_BRANCH: "main",
  });
  expect(apply, apply?.log).toMatchObject({ job: "partnerctl-apply", status: 0 });
  const [drift] = await pipeline(own, sha, { ...variables, CI_PIPELINE_SOURCE: "schedule" });
  expect(drift, drift?.log).toMatchObject({ job: "partnerctl-drift", status: 0 });
});
