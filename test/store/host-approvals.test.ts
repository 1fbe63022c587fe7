import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { HostFailed, hostApprovals } from "../../src/store/hosts/index.ts";

/** A host whose API answers these paths, and nothing else. */
async function host(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://host");
    const known = request.method === "GET" && Object.hasOwn(answers, pathname);
    const page = Number(searchParams.get("page") ?? 1);
    const answer = known ? answers[pathname] : { message: "Not Found" };
    const paged = (value: unknown) =>
      Array.isArray(value) ? value.slice((page - 1) * 100, page * 100) : value;
    const { commits } = Object(answer);
    const shown = Array.isArray(commits)
      ? { ...Object(answer), commits: paged(commits) }
      : paged(answer);
    response
      .writeHead(known ? 200 : 404, { "content-type": "application/json" })
      .end(JSON.stringify(shown));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const user = (login: string, type = "User") => ({ login, type });
const commit = (sha: string, login: string | null, message = "Change") => ({
  sha,
  author: login === null ? null : user(login),
  commit: { message },
});
const review = (login: string, state = "APPROVED", commit_id = "head", type = "User") => ({
  ...{ user: user(login, type), state, commit_id, submitted_at: "2026-03-01T08:00:00Z" },
});
const repo = "/repos/contoso/account";

/** A push whose commit merged pull request 7, written and opened by li, with these reviews. */
function merged(reviews: readonly object[], more: Readonly<Record<string, unknown>> = {}) {
  const may = (login: string, permission: string) => ({
    [`${repo}/collaborators/${login}/permission`]: { permission },
  });
  return {
    [`${repo}/commits/merge`]: commit("merge", "li"),
    [`${repo}/commits/merge/pulls`]: [
      { number: 7, merged_at: "2026-03-01", user: user("li"), head: { sha: "head" } },
    ],
    [`${repo}/pulls/7/commits`]: [commit("head", "li")],
    [`${repo}/pulls/7/reviews`]: reviews,
    ...may("Li", "write"),
    ...may("wang", "write"),
    ...may("zhao", "admin"),
    ...may("passer-by", "read"),
    ...more,
  };
}

async function github(
  answers: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, string>> = {},
) {
  const environment = {
    ...{
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "contoso/account",
      GITHUB_TOKEN: "t",
      GITHUB_SHA: "merge",
    },
    GITHUB_API_URL: await host(answers),
    ...more,
  };
  return ((await hostApprovals(environment)) ?? []).map(({ by, of }) => `${by}: ${of}`);
}

describe("on GitHub, an approval counts", () => {
  test("of somebody who may write, for the last commit, and who wrote no part of it", async () => {
    expect(await github(merged([review("wang")]))).toEqual(["wang: pull request 7"]);
    expect(await github(merged([review("Li")]))).toEqual([]);
    expect(await github(merged([review("passer-by")]))).toEqual([]);
    expect(await github(merged([review("wang", "APPROVED", "an earlier commit")]))).toEqual([]);
    expect(await github(merged([review("a-bot", "APPROVED", "head", "Bot")]))).toEqual([]);
    expect(await github(merged([review("wang"), review("wang", "CHANGES_REQUESTED")]))).toEqual([]);
    expect(await github(merged([review("wang"), review("wang", "COMMENTED")]))).toEqual([
      "wang: pull request 7",
    ]);
    expect(await github(merged([review("wang"), review("wang", "DISMISSED")]))).toEqual([]);
  });

  test("not of a co-author or of whoever wrote one of its commits", async () => {
    const coauthored = "Change\n\nCo-authored-by: Wang <12+wang@users.noreply.github.com>";
    const commits = (...all: readonly object[]) => ({ [`${repo}/pulls/7/commits`]: all });
    expect(
      await github(merged([review("wang")], commits(commit("head", "li", coauthored)))),
    ).toEqual([]);
    expect(
      await github(
        merged([review("wang")], commits(commit("head", "li"), commit("other", "wang"))),
      ),
    ).toEqual([]);
  });

  test("only beside a second one where an author is unknown, who may be the first", async () => {
    const commits = { [`${repo}/pulls/7/commits`]: [commit("head", null)] };
    expect(await github(merged([review("wang")], commits))).toEqual([]);
    expect(await github(merged([review("wang"), review("zhao")], commits))).toHaveLength(2);
    const stranger = {
      [`${repo}/pulls/7/commits`]: [
        commit("head", "li", "x\n\nCo-authored-by: W <w@contoso.example>"),
      ],
    };
    expect(await github(merged([review("wang")], stranger))).toEqual([]);
  });

  test("for every pull request that a push brought, and for nothing that was pushed without one", async () => {
    const event = join(mkdtempSync(join(tmpdir(), "event-")), "event.json");
    onTestFinished(() => rmSync(event));
    writeFileSync(event, JSON.stringify({ before: "base" }));
    const pushed = (...commits: readonly object[]) => ({
      [`${repo}/compare/base...merge`]: { commits, total_commits: commits.length },
    });
    const second = (reviews: readonly object[]) => ({
      [`${repo}/commits/merge-8/pulls`]: [
        { number: 8, merged_at: "2026-03-01", user: user("zhao"), head: { sha: "head-8" } },
      ],
      [`${repo}/pulls/8/commits`]: [commit("head-8", "zhao")],
      [`${repo}/pulls/8/reviews`]: reviews,
    });
    const two = pushed(commit("head", "li"), commit("merge-8", "zhao"), commit("merge", "li"));
    const from = {
      ...merged([review("wang")]),
      [`${repo}/commits/head/pulls`]: merged([])[`${repo}/commits/merge/pulls`],
    };
    const given = { GITHUB_EVENT_PATH: event };
    expect(await github({ ...from, ...two, ...second([]) }, given)).toEqual([]);
    expect(
      await github({ ...from, ...two, ...second([review("wang", "APPROVED", "head-8")]) }, given),
    ).toHaveLength(2);
    const direct = pushed(commit("direct", "li"), commit("merge", "li"));
    expect(
      await github({ ...from, ...direct, [`${repo}/commits/direct/pulls`]: [] }, given),
    ).toEqual([]);
  });

  test("where a reviewer of the environment let this very run go on, whatever was pushed", async () => {
    const run = (login: string, state = "approved") => ({
      [`${repo}/actions/runs/5/approvals`]: [{ state, user: user(login) }],
    });
    const direct = {
      [`${repo}/commits/merge`]: commit("merge", "li"),
      [`${repo}/commits/merge/pulls`]: [],
    };
    expect(await github({ ...direct, ...run("wang") }, { GITHUB_RUN_ID: "5" })).toEqual([
      "wang: run 5",
    ]);
    expect(await github({ ...direct, ...run("li") }, { GITHUB_RUN_ID: "5" })).toEqual([]);
    expect(await github({ ...direct, ...run("wang", "rejected") }, { GITHUB_RUN_ID: "5" })).toEqual(
      [],
    );
    expect(await github({ ...direct, ...run("wang") })).toEqual([]);
  });

  test("beyond the first hundred of a list", async () => {
    const many = Array.from({ length: 250 }, () => review("passer-by"));
    expect(await github(merged([...many, review("wang")]))).toEqual(["wang: pull request 7"]);
  });
});

describe("on GitHub, of commits beyond the 250 that it lists, the authors are unknown", () => {
  const listed = [
    commit("head", "li"),
    ...Array.from({ length: 249 }, (_, index) => commit(`c${index}`, "li")),
  ];
  const pulled = (total?: number) => ({
    [`${repo}/pulls/7/commits`]: listed,
    [`${repo}/pulls/7`]: { commits: total },
  });

  test.each([
    [250, ["wang: pull request 7"]],
    [251, []],
    [undefined, []],
  ])("a pull request that has %s", async (total, counting) => {
    expect(await github(merged([review("wang")], pulled(total)))).toEqual(counting);
    expect(await github(merged([review("wang"), review("zhao")], pulled(total)))).toHaveLength(2);
  });

  test.each([
    [300, 300, ["wang: pull request 7"]],
    [250, 251, []],
    [250, undefined, []],
  ])("a push that lists %s of %s", async (length, total, counting) => {
    const commits = Array.from({ length }, (_, index) =>
      commit(index === 0 ? "head" : "merge", "li"),
    );
    const answers = merged([review("wang")], {
      [`${repo}/compare/base...merge`]: { commits, total_commits: total },
      [`${repo}/commits/head/pulls`]: merged([])[`${repo}/commits/merge/pulls`],
      [`${repo}/pulls/7/commits`]: [commit("head", "li"), commit("merge", "li")],
    });
    const event = join(mkdtempSync(join(tmpdir(), "event-")), "event.json");
    onTestFinished(() => rmSync(event));
    writeFileSync(event, JSON.stringify({ before: "base" }));
    expect(await github(answers, { GITHUB_EVENT_PATH: event })).toEqual(counting);
  });
});

test("on GitHub, an event that cannot be read hides the commits of a push, so nothing counts", async () => {
  const event = join(mkdtempSync(join(tmpdir(), "event-")), "event.json");
  onTestFinished(() => rmSync(event));
  for (const text of ["{", " ".repeat(64 * 1024 * 1024 + 1)]) {
    writeFileSync(event, text);
    await expect(github(merged([review("wang")]), { GITHUB_EVENT_PATH: event })).rejects.toThrow(
      "GITHUB_EVENT_PATH",
    );
  }
  writeFileSync(event, JSON.stringify({ filler: " ".repeat(11 * 1024 * 1024) }));
  expect(await github(merged([review("wang")]), { GITHUB_EVENT_PATH: event })).toHaveLength(1);
});

describe("on GitLab, an approval counts", () => {
  const project = "/projects/7";
  const answers = (approvedAt: string | undefined, by: string, barred: boolean | undefined) => ({
    [`${project}/repository/commits/sha/merge_requests`]: [
      { iid: 3, state: "merged", author: { username: "li" } },
    ],
    [`${project}/approvals`]: { merge_requests_disable_committers_approval: barred },
    [`${project}/merge_requests/3/versions`]: [
      { created_at: "2026-03-01T08:00:00Z" },
      { created_at: "2026-02-01T08:00:00Z" },
    ],
    [`${project}/merge_requests/3/approvals`]: {
      approved_by: [{ user: { username: by }, approved_at: approvedAt }],
    },
  });
  const gitlab = async (given: Readonly<Record<string, unknown>>) =>
    hostApprovals({
      ...{
        GITLAB_CI: "true",
        CI_PROJECT_ID: "7",
        CI_COMMIT_SHA: "sha",
        PARTNERCTL_GITLAB_TOKEN: "t",
      },
      CI_API_V4_URL: await host(given),
    });

  test("if it came after the last version, of nobody who opened it", async () => {
    const after = "2026-03-01T09:00:00Z";
    const counting = [{ host: "GitLab", by: "wang", of: "merge request 3", at: after }];
    expect(await gitlab(answers(after, "wang", true))).toEqual(counting);
    expect(await gitlab(answers("2026-02-15T08:00:00Z", "wang", true))).toEqual([]);
    expect(await gitlab(answers(undefined, "wang", true))).toEqual([]);
    expect(await gitlab(answers(after, "li", true))).toEqual([]);
    const versions = `${project}/merge_requests/3/versions`;
    expect(await gitlab({ ...answers(after, "wang", true), [versions]: [] })).toEqual([]);
    expect(await gitlab({ ...answers(after, "wang", true), [versions]: [{}] })).toEqual([]);
    await expect(gitlab({ ...answers(after, "wang", true), [versions]: {} })).rejects.toThrow(
      "no list",
    );
  });

  test("alone only where the project bars those who committed", async () => {
    expect(await gitlab(answers("2026-03-01T09:00:00Z", "wang", false))).toEqual([]);
    expect(await gitlab(answers("2026-03-01T09:00:00Z", "wang", undefined))).toEqual([]);
  });
});

test("a host that refuses or is missing something is an error, and elsewhere there is nothing to ask", async () => {
  const url = await host({});
  const started = {
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/account",
    GITHUB_API_URL: url,
    GITHUB_SHA: "merge",
  };
  await expect(hostApprovals({ ...started, GITHUB_TOKEN: "t" })).rejects.toBeInstanceOf(HostFailed);
  await expect(hostApprovals(started)).rejects.toThrow("GITHUB_TOKEN");
  await expect(hostApprovals({ GITLAB_CI: "true", CI_COMMIT_SHA: "sha" })).rejects.toThrow(
    "PARTNERCTL_GITLAB_TOKEN",
  );
  await expect(hostApprovals({ GITLAB_CI: "true" })).rejects.toThrow("CI_COMMIT_SHA");
  expect(await hostApprovals({})).toBeUndefined();
});
