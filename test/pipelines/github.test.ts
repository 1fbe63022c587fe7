import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Comments, comments, githubRoutes } from "./comments.ts";
import { type Event, workflow } from "./github.ts";
import { hosted, type Hosted, written } from "./repository.ts";

const given = {
  vars: { PARTNERCTL_ENVIRONMENT: "emulator" },
  secrets: {
    PARTNER_CENTER_CLIENT_SECRET: "emulator-secret",
    PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer",
  },
};
const seats = (from: number, to: number) => (text: string) =>
  text.replace(`quantity: ${from}`, `quantity: ${to}`);
const wingtip = "manifests/customers/wingtip.yaml";

/**
 * The event of a pull request from the branch that is checked out, with the commit that merging it
 * would make.
 */
async function pullRequest({ git }: Hosted, api: string): Promise<Event> {
  const [base, head] = [await git("rev-parse", "main"), await git("rev-parse", "HEAD")];
  const tree = await git("merge-tree", "--write-tree", base, head);
  const sha = await git("commit-tree", tree, "-p", base, "-p", head, "-m", "Merge");
  await git("push", "--quiet", "--force", "origin", `${sha}:refs/pull/1/merge`);
  return {
    name: "pull_request_target",
    payload: { pull_request: { number: 1, base: { sha: base } } },
    sha: base,
    ref: "refs/heads/main",
    api,
  };
}

/**
 * The event of what was just merged, of the clock, or of somebody who starts the workflow manually.
 */
async function onMain(
  { git }: Hosted,
  name: "push" | "schedule" | "workflow_dispatch",
  api: string,
): Promise<Event> {
  return { name, payload: {}, sha: await git("rev-parse", "main"), ref: "refs/heads/main", api };
}

const repo = "/repos/contoso/account";

/**
 * Merges a branch as one commit, as the host would with its pull request, which these people have
 * approved.
 */
async function squash(
  { git }: Hosted,
  branch: string,
  host: Comments,
  approvers: readonly string[],
): Promise<void> {
  const head = await git("rev-parse", branch);
  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--squash", branch);
  await git("commit", "--quiet", "--message", "Merged");
  await git("push", "--quiet", "origin", "main");
  const sha = await git("rev-parse", "main");
  const commit = { sha, author: { login: "li-wei" }, commit: { message: "Merged" } };
  const request = {
    number: 1,
    merged_at: "2026-03-01",
    user: { login: "li-wei" },
    head: { sha: head },
  };
  const review = (login: string) => ({
    user: { login, type: "User" },
    state: "APPROVED",
    commit_id: head,
  });
  const tells = {
    [`/commits/${sha}`]: commit,
    [`/commits/${sha}/pulls`]: [request],
    "/pulls/1/commits": [{ ...commit, sha: head }],
    "/pulls/1/reviews": approvers.map(review),
    ...Object.fromEntries(
      approvers.map((login) => [`/collaborators/${login}/permission`, { permission: "write" }]),
    ),
    "/actions/runs/1/approvals": [],
  };
  for (const [path, value] of Object.entries(tells)) host.tells.set(repo + path, value);
}

const orders = async (own: Hosted) => (await written(own)).filter((one) => one.endsWith("/orders"));

test("a pull request shows what would change, its merge does exactly that, once, and drift is found", {
  timeout: 240_000,
}, async () => {
  const own = await hosted("github");
  const { git, push } = own;
  const others = Array.from({ length: 120 }, (_, index) => `remark ${index}`);
  const host = await comments(githubRoutes, others);

  // The account as it stands is applied first: what is on main.
  await git("checkout", "--quiet", "-b", "first");
  await push("manifests/users.yaml", (text) =>
    text.replace("displayName: Li Wei", "displayName: 李伟"),
  );
  const [review] = await workflow(own, await pullRequest(own, host.url), given);
  expect(review, review?.log).toMatchObject({ job: "review", status: 0 });
  await own.keepInstalled();
  expect(await written(own)).toEqual([]);
  expect(host.bodies).toHaveLength(121);
  expect(host.bodies.at(-1)).toMatch(/^<!-- partnerctl: plan emulator -->\n[\s\S]*3 to create/);
  expect(host.bodies.at(-1)).toContain(
    "(https://github.example/contoso/account/actions/runs/1#artifacts)",
  );
  expect(host.bodies.at(-1)).not.toContain("李伟");
  expect(review?.summary).toContain("3 to create");
  expect(review?.log).toContain("::error title=guard/irreversible");
  // The pages, in which people's data are masked, and nothing that could be applied or opened.
  const kept = readdirSync(review?.artifacts ?? "", { recursive: true, encoding: "utf8" }).filter(
    (one) => one.includes("/"),
  );
  expect(kept.sort()).toEqual(
    ["plan/plan.html", "plan/plan.sarif", "validate/validate.sarif"].map(
      (one) => `partnerctl-${one.replace("/", "-.-emulator/")}`,
    ),
  );
  for (const file of kept)
    expect(readFileSync(join(review?.artifacts ?? "", file), "utf8")).not.toContain("李伟");

  // A second push writes the same comment again.
  await push(wingtip, seats(25, 30));
  const [again] = await workflow(own, await pullRequest(own, host.url), given);
  expect(again, again?.log).toMatchObject({ status: 0 });
  expect(host.bodies).toHaveLength(121);
  expect(host.bodies.at(-1)).toContain("30");

  // That it was reviewed is no approval of what cannot be undone; neither is its author's.
  await squash(own, "first", host, ["li-wei"]);
  const [unapproved] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(unapproved, unapproved?.log).toMatchObject({
    job: "apply",
    status: 5,
    log: expect.stringContaining("Have somebody"),
  });
  expect(await written(own)).toEqual([]);
  const head = await git("rev-parse", "first");
  const review2 = {
    user: { login: "wang-fang", type: "User" },
    state: "APPROVED",
    commit_id: head,
  };
  host.tells.set(`${repo}/pulls/1/reviews`, [review2]);
  host.tells.set(`${repo}/collaborators/wang-fang/permission`, { permission: "write" });
  const [applied] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(applied, applied?.log).toMatchObject({ job: "apply", status: 0 });
  expect(applied?.summary).toContain("3 done");
  expect(applied?.summary).toMatch(/Approved by .*wang-fang.*pull request 1/);
  expect(await orders(own)).toHaveLength(1);
  expect(await git("ls-remote", "origin", "refs/heads/partnerctl-credentials*")).not.toBe("");

  // A run again, and what changes no manifest, apply nothing.
  for (const change of [false, true]) {
    if (change) await push(".gitignore", (text) => `${text}notes.txt\n`);
    const [idle] = await workflow(own, await onMain(own, "push", host.url), given);
    expect(idle, idle?.log).toMatchObject({
      status: 0,
      log: expect.stringContaining("Nothing to do"),
    });
  }
  expect(await written(own)).toEqual([]);

  const [still] = await workflow(own, await onMain(own, "schedule", host.url), given);
  expect(still, still?.log).toMatchObject({ job: "drift", status: 0 });
  await push(wingtip, seats(30, 40));
  const [drift] = await workflow(own, await onMain(own, "schedule", host.url), given);
  expect(drift, drift?.log).toMatchObject({ job: "drift", status: 2 });
  expect(drift?.summary).toContain("30");
});

test("two pull requests planned on the same main: what was reviewed is applied once, the rest after a run manually", {
  timeout: 240_000,
}, async () => {
  const own = await hosted("github", { installed: true });
  const { git, push } = own;
  const host = await comments(githubRoutes);
  for (const [branch, change] of [
    ["seats", () => push(wingtip, seats(25, 30))],
    [
      "name",
      () =>
        push("manifests/users.yaml", (text) =>
          text.replace("displayName: Li Wei", "displayName: Wei Li"),
        ),
    ],
  ] as const) {
    await git("checkout", "--quiet", "-b", branch, "main");
    await change();
    const [review] = await workflow(own, await pullRequest(own, host.url), given);
    expect(review, review?.log).toMatchObject({ job: "review", status: 0 });
  }
  await squash(own, "seats", host, ["wang-fang"]);
  const [first] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(first, first?.log).toMatchObject({ job: "apply", status: 0 });
  expect(await orders(own)).toHaveLength(1);

  // The second was reviewed for a main without the first: nobody has seen what would happen now.
  await squash(own, "name", host, ["wang-fang"]);
  const [second] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(second, second?.log).toMatchObject({
    status: 1,
    log: expect.stringMatching(/plan\/none-published[\s\S]*Run workflow/),
  });
  expect(await written(own)).toEqual([]);
  const byHand = await workflow(own, await onMain(own, "workflow_dispatch", host.url), given);
  expect(
    byHand.map(({ job, status }) => [job, status]),
    byHand.map(({ log }) => log).join(),
  ).toEqual([
    ["review", 0],
    ["apply", 0],
  ]);
  expect(byHand[0]?.summary).toContain("1 to update");
  expect((await written(own)).filter((one) => one.startsWith("PATCH"))).toHaveLength(1);
  const [idle] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(idle, idle?.log).toMatchObject({
    status: 0,
    log: expect.stringContaining("Nothing to do"),
  });
});

test("what a merge queue has planned is applied by its merge", { timeout: 240_000 }, async () => {
  const own = await hosted("github", { installed: true });
  const { git } = own;
  const host = await comments(githubRoutes);
  await git("checkout", "--quiet", "-b", "queued");
  const sha = await own.push(wingtip, seats(25, 30));
  await git("push", "--quiet", "origin", `${sha}:refs/heads/gh-readonly-queue/main/pr-1`);
  const payload = {
    merge_group: { head_sha: sha, base_ref: "refs/heads/main" },
    repository: { default_branch: "main" },
  };
  const event = {
    name: "merge_group",
    payload,
    sha,
    ref: "refs/heads/gh-readonly-queue/main/pr-1",
    api: host.url,
  };
  const [queued] = await workflow(own, event, given);
  expect(queued, queued?.log).toMatchObject({ job: "review", status: 0 });
  expect(host.bodies).toEqual([]);
  await squash(own, "queued", host, ["wang-fang"]);
  const [applied] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(applied, applied?.log).toMatchObject({ job: "apply", status: 0 });
  expect(await orders(own)).toHaveLength(1);
});

test("what a push to main brings first, or without a pull request, waits for a run manually and its reviewer", {
  timeout: 240_000,
}, async () => {
  const own = await hosted("github", { installed: true });
  const host = await comments(githubRoutes);
  const [pushed] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(pushed, pushed?.log).toMatchObject({
    job: "apply",
    status: 1,
    log: expect.stringContaining("plan/none-published"),
  });
  const unasked = await workflow(own, await onMain(own, "workflow_dispatch", host.url), given);
  expect(unasked.map(({ status }) => status)).toEqual([0, 5]);
  expect(unasked[1]?.log).toContain("approval/host");
  const sha = await own.git("rev-parse", "main");
  host.tells.set(`${repo}/commits/${sha}`, {
    sha,
    author: { login: "li-wei" },
    commit: { message: "An account" },
  });
  host.tells.set(`${repo}/commits/${sha}/pulls`, []);
  const approvals = `${repo}/actions/runs/1/approvals`;
  const letGo = (login: string) =>
    host.tells.set(approvals, [{ state: "approved", user: { login, type: "User" } }]);
  letGo("li-wei");
  const own1 = await workflow(own, await onMain(own, "workflow_dispatch", host.url), given);
  expect(
    own1.map(({ status }) => status),
    own1.map(({ log }) => log).join(),
  ).toEqual([0, 5]);
  expect(await written(own)).toEqual([]);
  letGo("wang-fang");
  const agreed = await workflow(own, await onMain(own, "workflow_dispatch", host.url), given);
  expect(
    agreed.map(({ status }) => status),
    agreed.map(({ log }) => log).join(),
  ).toEqual([0, 0]);
  expect(agreed[1]?.summary).toMatch(/Approved by .*wang-fang.*run 1/);
  expect(await orders(own)).toHaveLength(1);
});

test("a pull request cannot lead the job elsewhere, loosen a guard, or have its code run", {
  timeout: 120_000,
}, async () => {
  const own = await hosted("github", { installed: true });
  const elsewhere = await comments(githubRoutes);
  const host = await comments(githubRoutes);
  await own.git("checkout", "--quiet", "-b", "evil");
  await own.push("partnerctl.yaml", (text) =>
    text
      .replaceAll(own.emulator, elsewhere.url)
      .replace("share: 25", "share: 100")
      .replace("adapter: partner-center", "adapter: ./evil.mjs"),
  );
  const [review] = await workflow(own, await pullRequest(own, host.url), given);
  expect(review, review?.log).toMatchObject({ status: 0 });
  expect(elsewhere.asked).toEqual([]);
  expect(host.bodies.at(-1)).toContain("3 to create");
});

test("a pull request whose manifests are wrong is annotated, and its job fails", {
  timeout: 120_000,
}, async () => {
  const own = await hosted("github", { installed: true });
  const host = await comments(githubRoutes);
  await own.git("checkout", "--quiet", "-b", "wrong");
  await own.push(wingtip, (text) => text.replace("billingCycle: monthly", "billingCycle: monthy"));
  const [review] = await workflow(own, await pullRequest(own, host.url), given);
  expect(review?.status).toBe(1);
  expect(review?.log).toMatch(
    /^::error file=manifests\/customers\/wingtip.yaml,line=\d+,.*schema\/enum/m,
  );
  expect(review?.summary).toContain("not valid");
});
