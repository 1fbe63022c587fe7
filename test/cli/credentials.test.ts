import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newIdentity } from "../../src/store/credentials/credentials.ts";
import { gitIn } from "../store/repository.ts";
import { folderWith, settings, users } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const key = { LEDGER_KEY: "a key of some length" };

async function project(more: object) {
  const { identity, recipient } = await newIdentity();
  const place = folderWith({
    "manifests/users.yaml": users("li-wei", "wang-fang"),
    "partnerctl.yaml": settings({}, { ...more, credentials: { recipients: [recipient] } }),
  });
  return { place, env: { ...key, PARTNERCTL_CREDENTIALS_IDENTITY: identity } };
}

describe("credentials", () => {
  test.each([
    ["in a folder", {}],
    ["on a branch beside a git ledger", { ledger: { type: "git", key: "${LEDGER_KEY}" } }],
  ])(
    "are listed, opened by address, and removed once they are handed over: %s",
    async (_, more) => {
      const { place, env } = await project(more);
      gitIn(place, "init", "--quiet");
      gitIn(place, "init", "--quiet", "--bare", "remote.git");
      gitIn(place, "remote", "add", "origin", join(place, "remote.git"));
      const ctl = (...args: string[]) => partnerctl(place, args, { env });
      expect(await ctl("credentials")).toMatchObject({
        status: 0,
        stdout: "No credential waits to be handed over.\n",
      });
      expect(await ctl("apply", "--yes", "--quiet")).toMatchObject({ status: 0 });
      const inFolder = "ledger" in more ? [] : ["credentials"];
      expect(
        readdirSync(join(place, ".partnerctl")).filter((name) => name === "credentials"),
      ).toEqual(inFolder);

      const listed = await ctl("credentials", "--format", "json");
      const rows = JSON.parse(listed.stdout).credentials;
      expect(rows.map(({ address }: { address: string }) => address)).toEqual([
        "User/li-wei",
        "User/wang-fang",
      ]);
      expect(listed.stdout).not.toContain("secret");
      expect((await ctl("credentials")).stdout).toMatch(
        /^User\/li-wei {2}since [\s\S]*2 credentials to be handed over\.\n$/,
      );

      const opened = await ctl("credentials", "User/li-wei", "--format", "json");
      expect(JSON.parse(opened.stdout).credentials).toEqual([
        {
          ...rows[0],
          opened: {
            userName: expect.stringContaining("li-wei"),
            secret: expect.stringMatching(/^.{12,}$/),
          },
        },
      ]);
      expect((await ctl("credentials", "User/li-wie")).stderr).toContain(
        "Did you mean `User/li-wei`?",
      );
      expect(await ctl("credentials", "User/li-wei", "--handed-over")).toMatchObject({
        status: 0,
        stdout: "",
        stderr: "Removed: User/li-wei.\n",
      });
      expect((await ctl("credentials")).stdout).not.toContain("li-wei");
      expect(await ctl("credentials", "User/li-wei")).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("credentials/none"),
      });
    },
  );

  test("are opened by nobody else, and are not removed without a name", async () => {
    const { place, env } = await project({});
    await partnerctl(place, ["apply", "--yes", "--quiet"], { env });
    const { identity } = await newIdentity();
    const opening = (given: string) =>
      partnerctl(place, ["credentials", "User/li-wei"], {
        env: { PARTNERCTL_CREDENTIALS_IDENTITY: given },
      });
    expect(await opening(identity)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("seal/not-for-you"),
    });
    expect(await opening("")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("seal/identity"),
    });
    expect(await partnerctl(place, ["credentials", "--handed-over"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("credentials/no-address"),
    });
  });

  test("on a remote that cannot be reached are a clear error", async () => {
    const { place, env } = await project({ ledger: { type: "git", key: "${LEDGER_KEY}" } });
    gitIn(place, "init", "--quiet");
    gitIn(place, "remote", "add", "origin", join(place, "none.git"));
    expect(await partnerctl(place, ["credentials"], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("credentials/unavailable"),
    });
  });
});
