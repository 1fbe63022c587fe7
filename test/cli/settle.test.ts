import { describe, expect, test } from "vitest";
import { folderWith, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

/** A project whose first new user was made, but the reply was lost. */
async function unknownOutcome(): Promise<string> {
  const place = folderWith({
    "partnerctl.yaml": settings(
      { lag: 600, lostReplies: { kind: "User", verb: "create", nth: 1 } },
      { parallelism: 1 },
    ),
    "manifests/users.yaml": users("li-wei", "wang-fang"),
  });
  const applied = await partnerctl(place, ["apply", "--yes", "--format", "json"]);
  expect(applied.status).toBe(3);
  expect(JSON.parse(applied.stdout).results).toMatchObject([
    { change: "User/li-wei#1", status: "unknown" },
    { status: "done" },
  ]);
  return place;
}

describe("a write whose outcome stayed unknown", () => {
  test("is not tried again while nobody can know, and the plan says so", async () => {
    const place = await unknownOutcome();
    const { stdout } = await partnerctl(place, ["plan", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: [],
      problems: expect.arrayContaining([
        expect.objectContaining({ code: "ledger/unsettled", address: "User/li-wei" }),
      ]),
    });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({
      status: 3,
      stdout: expect.stringContaining("settle User/li-wei#1"),
    });
    expect(
      (await partnerctl(place, ["history", "--format", "json"])).stdout.match(/"plan"/g),
    ).toHaveLength(1);
  });

  test("is listed, whatever is declared, and keeps a plan from being green", async () => {
    const place = await unknownOutcome();
    expect(await partnerctl(place, ["ledger", "settle"])).toMatchObject({
      status: 3,
      stdout: expect.stringMatching(/ledger\/open[\s\S]*User\/li-wei#1[\s\S]*--did-not-happen/),
    });
    const mistyped = await partnerctl(place, [
      "ledger",
      "settle",
      "User/li-wie#1",
      "--did-not-happen",
    ]);
    expect(mistyped.stderr).toContain("Did you mean `User/li-wei#1`?");
    const listed = await partnerctl(place, [
      "ledger",
      "settle",
      "--by-reading",
      "--format",
      "json",
    ]);
    expect([listed.status, JSON.parse(listed.stdout).diagnostics]).toMatchObject([
      3,
      [{ code: "ledger/open", address: "User/li-wei" }],
    ]);
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 3,
      stdout: expect.stringContaining("ledger/unsettled"),
    });
    write(place, { "manifests/users.yaml": users("wang-fang") });
    for (const args of [
      ["plan"],
      ["plan", "--detailed-exitcode"],
      ["plan", "--only", "User/wang-fang"],
    ]) {
      const planned = await partnerctl(place, [...args, "--format", "json"]);
      expect(planned.status, args.join(" ")).toBe(3);
      expect(JSON.parse(planned.stdout)).toMatchObject({
        open: ["User/li-wei#1"],
        problems: expect.arrayContaining([
          expect.objectContaining({ code: "ledger/open", address: "User/li-wei" }),
        ]),
      });
    }
    // What can be read by now is settled by reading, and then nothing is open.
    write(place, {
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users("li-wei", "wang-fang"),
    });
    expect(await partnerctl(place, ["ledger", "settle", "--by-reading"])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("No outcome is open."),
    });
    expect(await partnerctl(place, ["ledger", "settle"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
  });

  test.each([
    ["User/li-wei#1"],
    ["--id", "x"],
    ["User/li-wei#1", "--id", "x", "--did-not-happen"],
    ["User/li-wei#1", "--by-reading"],
  ])("is not settled by half a word: %s", async (...args) => {
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users("li-wei"),
    });
    expect(await partnerctl(place, ["ledger", "settle", ...args])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Say how it ended"),
    });
  });

  test("is settled with the id of what it made, which is looked for first", async () => {
    const place = await unknownOutcome();
    write(place, { "partnerctl.yaml": settings() });
    expect(
      await partnerctl(place, ["ledger", "settle", "User/wang-fang#1", "--id", "x"]),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("User/li-wei#1"),
    });
    expect(
      await partnerctl(place, ["ledger", "settle", "User/li-wei#1", "--id", "x"]),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("settle/no-such-id"),
    });
    const { stdout } = await partnerctl(place, ["export"]);
    const [, id = ""] = /id: (\S+) [^\n]*\n[^-]*userPrincipalName: li-wei@/.exec(stdout) ?? [];
    expect(
      await partnerctl(place, [
        "ledger",
        "settle",
        "User/li-wei#1",
        "--id",
        id,
        "--actor",
        "zhao.lei",
      ]),
    ).toEqual({
      status: 0,
      stdout: "",
      stderr: expect.stringContaining(id),
    });
    expect(
      await partnerctl(place, ["ledger", "settle", "User/li-wei#1", "--id", id]),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("settle/not-open"),
    });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Nothing to do"),
    });
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({ status: 0 });
  });

  test("is settled as not having happened, on somebody's word; what is there all the same is found and not made twice", async () => {
    const place = await unknownOutcome();
    write(place, { "partnerctl.yaml": settings() });
    expect(
      await partnerctl(place, ["ledger", "settle", "User/li-wei#1", "--did-not-happen"]),
    ).toMatchObject({ status: 0, stdout: "" });
    const { stdout } = await partnerctl(place, ["plan", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ changes: [], unchanged: 2, problems: [] });
  });
});
