import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { comments, githubRoutes } from "./comments.ts";
import { type Event, workflow } from "./github.ts";
import { hosted, type Hosted, written } from "./repository.ts";

const given = {
  vars: { PARTNERCTL_ENVIRONMENT: "emulator" },
  secrets: { PARTNER_CENTER_CLIENT_SECRET: "emulator-secret", PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer" },
};
const seats = (from: number, to: number) => (text: string) => text.replace(`quantity: ${from}`, `quantity: ${to}`);
const wingtip = "manifests/customers/wingtip.yaml";

/** The event of a pull request from the branch that is checked out, with the commit that merging it would make. */
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

/** The event of what was just merged, or of the clock. */
async function onMain({ git }: Hosted, name: "push" | "schedule", api: string): Promise<Event> {
  return { name, payload: {}, sha: await git("rev-parse", "main"), ref: "refs/heads/main", api };
}

test("a pull request shows what would change, its merge does exactly that, once, and drift is found", { timeout: 240_000 }, async () => {
  const own = await hosted("github");
  const { git, push } = own;
  const others = Array.from({ length: 120 }, (_, index) => `remark ${index}`);
  const host = await comments(githubRoutes, others);

  // The account as it stands is applied first: what is on main.
  await git("checkout", "--quiet", "-b", "first");
  await push("manifests/users.yaml", (text) => text.replace("displayName: Li Wei", "displayName: 李伟"));
  const [review] = await workflow(own, await pullRequest(own, host.url), given);
  expect(review, review?.log).toMatchObject({ job: "review", status: 0 });
  own.package = "";
  expect(await written(own)).toEqual([]);
  expect(host.bodies).toHaveLength(121);
  expect(host.bodies.at(-1)).toMatch(/^<!-- partnerctl: plan -->\n[\s\S]*3 to create/);
  expect(host.bodies.at(-1)).not.toContain("李伟");
  expect(review?.summary).toContain("3 to create");
  expect(review?.log).toContain("::error title=guard/irreversible");

  // A second push writes the same comment again.
  await push(wingtip, seats(25, 30));
  const [again] = await workflow(own, await pullRequest(own, host.url), given);
  expect(again, again?.log).toMatchObject({ status: 0 });
  expect(host.bodies).toHaveLength(121);
  expect(host.bodies.at(-1)).toContain("30");

  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--squash", "first");
  await git("commit", "--quiet", "--message", "Merged");
  await git("push", "--quiet", "origin", "main");
  const [applied] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(applied, applied?.log).toMatchObject({ job: "apply", status: 0 });
  expect(applied?.summary).toContain("3 done");
  expect((await written(own)).filter((one) => one.endsWith("/orders"))).toHaveLength(1);
  expect(readdirSync(join(applied?.artifacts ?? "", "credentials")).length).toBeGreaterThan(0);

  // What changes no manifest applies nothing, and what was not reviewed is not applied.
  await push(".gitignore", (text) => `${text}notes.txt\n`);
  const [idle] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(idle, idle?.log).toMatchObject({ status: 0, log: expect.stringContaining("Nothing to do") });
  await push(wingtip, seats(30, 40));
  const [unseen] = await workflow(own, await onMain(own, "push", host.url), given);
  expect(unseen, unseen?.log).toMatchObject({ status: 1, log: expect.stringContaining("plan/none-published") });
  expect(await written(own)).toEqual([]);

  const [drift] = await workflow(own, await onMain(own, "schedule", host.url), given);
  expect(drift, drift?.log).toMatchObject({ job: "drift", status: 2 });
  expect(drift?.summary).toContain("30");
  await push(wingtip, seats(40, 30));
  const [none] = await workflow(own, await onMain(own, "schedule", host.url), given);
  expect(none, none?.log).toMatchObject({ status: 0 });
});

test("a pull request cannot lead the job elsewhere, loosen a guard, or have its code run", { timeout: 120_000 }, async () => {
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

test("a pull request whose manifests are wrong is annotated, and its job fails", { timeout: 120_000 }, async () => {
  const own = await hosted("github", { installed: true });
  const host = await comments(githubRoutes);
  await own.git("checkout", "--quiet", "-b", "wrong");
  await own.push(wingtip, (text) => text.replace("billingCycle: monthly", "billingCycle: monthy"));
  const [review] = await workflow(own, await pullRequest(own, host.url), given);
  expect(review?.status).toBe(1);
  expect(review?.log).toMatch(/^::error file=manifests\/customers\/wingtip.yaml,line=\d+,.*schema\/enum/m);
  expect(review?.summary).toContain("not valid");
});
