import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gitIn } from "../store/repository.ts";
import { folder, folderWith, manifest, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const oldKey = "an old key of more than thirty-two characters";
const newKey = "a new key of more than thirty-two characters!";
const env = { PARTNERCTL_LEDGER_KEY: oldKey };
const given = { type: "git", key: "${PARTNERCTL_LEDGER_KEY}" };
const branch = "partnerctl-ledger";

function profile(email: string): string {
  return manifest("PartnerProfile", undefined, { support: { email } });
}

/** A project with a file ledger that one change was applied from. */
async function withFile(): Promise<string> {
  const place = folderWith({
    "partnerctl.yaml": settings(),
    "manifests/profile.yaml": profile("a@contoso.example"),
  });
  expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
  return place;
}

/** The same with a ledger on a branch of a remote. */
async function withGit(): Promise<{ readonly place: string; readonly remote: string }> {
  const [place, remote] = [
    folderWith({
      "partnerctl.yaml": settings({}, { ledger: given }),
      "manifests/profile.yaml": profile("a@contoso.example"),
    }),
    folder(),
  ];
  gitIn(remote, "init", "--quiet", "--bare", "--initial-branch=main");
  gitIn(place, "init", "--quiet", "--initial-branch=main");
  gitIn(place, "remote", "add", "origin", remote);
  expect(await partnerctl(place, ["apply", "--yes"], { env })).toMatchObject({ status: 0 });
  return { place, remote };
}

const ledgerOf = (place: string) => join(place, ".partnerctl/ledger.jsonl");
const lines = (text: string) => text.trimEnd().split("\n");
const publicKey = async (place: string) =>
  JSON.parse((await partnerctl(place, ["ledger", "verify", "--format", "json"])).stdout).publicKey;

describe("a ledger's file", () => {
  test("is verified, and its history shown, without a project and without a key", async () => {
    const place = await withFile();
    const elsewhere = folderWith({ "audit/ledger.jsonl": readFileSync(ledgerOf(place), "utf8") });
    expect(await partnerctl(elsewhere, ["ledger", "verify", "audit/ledger.jsonl"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`public key ${await publicKey(place)}`),
    });
    const shown = await partnerctl(elsewhere, [
      "history",
      "audit/ledger.jsonl",
      "--format",
      "json",
    ]);
    const [run] = JSON.parse(shown.stdout).runs;
    expect(run).toMatchObject({ changes: [{ address: "PartnerProfile", status: "done" }] });
    const one = await partnerctl(elsewhere, [
      "history",
      "audit/ledger.jsonl",
      run.run,
      "--format",
      "json",
    ]);
    expect(JSON.parse(one.stdout)).toMatchObject({ run: run.run });
    appendFileSync(join(elsewhere, "audit/ledger.jsonl"), '{"an":"entry"}\n');
    expect(await partnerctl(elsewhere, ["ledger", "verify", "audit/ledger.jsonl"])).toMatchObject({
      status: 1,
    });
    expect(readdirSync(elsewhere)).toEqual(["audit"]);
  });

  test("that is not there, or is no file, is named", async () => {
    const place = folderWith({ "a/b": "" });
    for (const words of [
      ["ledger", "verify", "nowhere.jsonl"],
      ["ledger", "verify", "a"],
      ["history", "nowhere.jsonl", "run"],
    ])
      expect(await partnerctl(place, words)).toMatchObject({
        status: 1,
        stdout: "",
        stderr: expect.stringContaining("ledger/no-file"),
      });
  });
});

describe("ledger repair", () => {
  test("has nothing to do where everything is signed", async () => {
    const place = await withFile();
    const before = readFileSync(ledgerOf(place));
    expect(await partnerctl(place, ["ledger", "repair"])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Nothing to repair"),
    });
    expect(readFileSync(ledgerOf(place))).toEqual(before);
  });

  test("cuts a file back to its newest signed entry, and keeps a copy", async () => {
    const place = await withFile();
    const before = readFileSync(ledgerOf(place), "utf8");
    writeFileSync(ledgerOf(place), `${before}{"an":"entry"}\n`);
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger repair"),
    });
    expect(
      await partnerctl(place, ["ledger", "repair", "--reason", "A line too many."]),
    ).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Repaired"),
    });
    const [entry = "", ...rest] = readFileSync(ledgerOf(place), "utf8")
      .replace(before, "")
      .trimEnd()
      .split("\n");
    expect(rest).toEqual([]);
    const [aside = ""] = readdirSync(join(place, ".partnerctl")).filter((name) =>
      name.includes(".aside-"),
    );
    expect(readFileSync(join(place, ".partnerctl", aside), "utf8")).toBe(
      `${before}{"an":"entry"}\n`,
    );
    const told = {
      type: "repaired",
      actor: expect.any(String),
      aside: join(".partnerctl", aside),
      reason: "A line too many.",
    };
    expect(JSON.parse(entry)).toMatchObject(told);
    const { maintenance } = JSON.parse(
      (await partnerctl(place, ["history", "--format", "json"])).stdout,
    );
    expect(maintenance).toEqual([{ ...told, at: expect.any(String) }]);
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
  });

  test("cannot bring back what only a backup has, and says so", async () => {
    const place = await withFile();
    const before = readFileSync(ledgerOf(place), "utf8");
    const cut = `${lines(before).slice(0, 2).join("\n")}\n`;
    writeFileSync(ledgerOf(place), cut);
    for (const command of [["plan"], ["apply", "--yes"], ["ledger", "unlock"]])
      expect(await partnerctl(place, command)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("ledger/rolled-back"),
      });
    const refused = await partnerctl(place, ["ledger", "repair"]);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/beyond-repair"),
    });
    expect(readFileSync(ledgerOf(place), "utf8")).toBe(cut);
    writeFileSync(ledgerOf(place), before);
    expect(await partnerctl(place, ["plan"])).toMatchObject({ status: 0 });
  });

  test("is told of as what it is in formats for machines too, where a line was edited", async () => {
    const place = await withFile();
    writeFileSync(
      ledgerOf(place),
      readFileSync(ledgerOf(place), "utf8").replace("PartnerProfile", "PartnerProfilf"),
    );
    const broken = {
      code: "ledger/broken",
      message: expect.stringContaining("its hash is not the hash of what it says"),
    };
    for (const command of [["plan"], ["history"], ["history", ledgerOf(place)]]) {
      const { status, stdout } = await partnerctl(place, [...command, "--format", "json"]);
      expect([status, JSON.parse(stdout).diagnostics]).toEqual([
        1,
        [expect.objectContaining(broken)],
      ]);
    }
  });

  test.each(["json", "sarif", "junit"])(
    "that cannot be reached is told of in the format asked for: %s",
    async (format) => {
      const { place } = await withGit();
      gitIn(place, "remote", "set-url", "origin", "https://127.0.0.1:1/x.git");
      const { status, stdout } = await partnerctl(place, ["plan", "--format", format], { env });
      expect([status, stdout]).toEqual([1, expect.stringContaining("ledger/unavailable")]);
      if (format === "json")
        expect(JSON.parse(stdout).diagnostics).toMatchObject([
          { code: "ledger/unavailable", severity: "error" },
        ]);
      const words = await partnerctl(place, ["plan"], { env });
      expect(words).toMatchObject({
        status: 1,
        stdout: "",
        stderr: expect.stringMatching(
          /^error {2}ledger\/unavailable\n.*hint: Nothing that was not recorded/s,
        ),
      });
    },
  );

  test("puts a branch back that was pushed over, and keeps what was pushed on a branch beside it", async () => {
    const { place, remote } = await withGit();
    const good = gitIn(remote, "rev-parse", branch).trim();
    const older = gitIn(remote, "rev-parse", `${branch}~2`).trim();
    gitIn(remote, "update-ref", `refs/heads/${branch}`, older);
    for (const command of [["plan"], ["apply", "--yes"]])
      expect(await partnerctl(place, command, { env })).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("ledger/rolled-back"),
      });
    expect(
      await partnerctl(place, ["ledger", "repair", "--actor", "li.wei"], { env }),
    ).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Repaired"),
    });
    expect(gitIn(remote, "rev-parse", `${branch}~1`).trim()).toBe(good);
    const history = await partnerctl(place, ["history", "--actor", "li.wei"], { env });
    expect(history.stdout).toContain(
      `li.wei  repaired the ledger; what stood in its place is kept: ${branch}-aside-${older.slice(0, 12)}\n`,
    );
    expect(gitIn(remote, "rev-parse", `${branch}-aside-${older.slice(0, 12)}`).trim()).toBe(older);
    expect(await partnerctl(place, ["apply", "--yes"], { env })).toMatchObject({ status: 0 });
  });

  test("puts a branch back that was deleted", async () => {
    const { place, remote } = await withGit();
    const good = gitIn(remote, "rev-parse", branch).trim();
    gitIn(remote, "update-ref", "-d", `refs/heads/${branch}`);
    expect(await partnerctl(place, ["plan"], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/rolled-back"),
    });
    // Whoever has no key brings it back all the same, and cannot write into it.
    expect(await partnerctl(place, ["ledger", "repair"])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("ledger/repair-unrecorded"),
    });
    expect(gitIn(remote, "rev-parse", branch).trim()).toBe(good);
  });

  test("goes back to the newest signed commit, also to one that this clone did not know", async () => {
    const { place, remote } = await withGit();
    const other = folder();
    gitIn(other, "clone", "--quiet", "--branch", branch, remote, "ledger");
    const seen = gitIn(place, "rev-parse", `refs/partnerctl/${branch}`).trim();
    // Somebody else applied meanwhile, and then somebody without the key pushed.
    gitIn(place, "update-ref", `refs/partnerctl/${branch}`, `${seen}~2`);
    write(join(other, "ledger"), { "ledger/000000/000000999.jsonl": "{}\n" });
    gitIn(join(other, "ledger"), "add", ".");
    gitIn(join(other, "ledger"), "commit", "--quiet", "-m", "forged");
    gitIn(join(other, "ledger"), "push", "--quiet", "origin", branch);
    expect(await partnerctl(place, ["plan"], { env })).toMatchObject({ status: 1 });
    expect(await partnerctl(place, ["ledger", "repair"])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Repaired"),
    });
    expect(gitIn(remote, "rev-parse", branch).trim()).toBe(seen);
  });
});

test("verify warns of a git ledger whose public key the settings do not name, and says which line names it", async () => {
  const { place } = await withGit();
  const key = await publicKey(place);
  const { status, stdout } = await partnerctl(place, ["ledger", "verify"]);
  expect({ status, told: stdout.replaceAll(/\s+/g, " ") }).toEqual({
    status: 0,
    told: expect.stringContaining(`publicKey: ${key}`),
  });
  expect(stdout).toContain("ledger/no-public-key");
  write(place, { "partnerctl.yaml": settings({}, { ledger: { ...given, publicKey: key } }) });
  expect((await partnerctl(place, ["ledger", "verify"])).stdout).not.toContain(
    "ledger/no-public-key",
  );
});

describe("ledger rekey", () => {
  test("gives a file ledger a new key, which the old one vouches for", async () => {
    const place = await withFile();
    const before = await publicKey(place);
    expect(
      await partnerctl(place, ["ledger", "rekey", "--reason", "A keeper has left."]),
    ).toMatchObject({ status: 0 });
    expect(await publicKey(place)).not.toBe(before);
    const last = JSON.parse(lines(readFileSync(ledgerOf(place), "utf8")).at(-1) ?? "");
    expect(last).toMatchObject({
      type: "rekeyed",
      reason: "A keeper has left.",
      voucher: expect.any(String),
    });
    write(place, {
      "manifests/profile.yaml": profile("b@contoso.example"),
      "partnerctl.yaml": settings({}, { ledger: { publicKey: before } }),
    });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({ status: 0 });
    renameSync(`${ledgerOf(place)}.key.old`, `${ledgerOf(place)}.key`);
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/other-key"),
    });
  });

  test("goes on where it was broken off", async () => {
    const place = await withFile();
    expect(await partnerctl(place, ["ledger", "rekey"])).toMatchObject({ status: 0 });
    renameSync(`${ledgerOf(place)}.key`, `${ledgerOf(place)}.key.new`);
    renameSync(`${ledgerOf(place)}.key.old`, `${ledgerOf(place)}.key`);
    const before = readFileSync(ledgerOf(place), "utf8");
    expect(await partnerctl(place, ["ledger", "rekey"])).toMatchObject({ status: 0 });
    expect(readFileSync(ledgerOf(place), "utf8")).toBe(before);
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
  });

  test("with a lost key asks for a reviewed public key and a reason", async () => {
    const place = await withFile();
    rmSync(`${ledgerOf(place)}.key`);
    const asked = await partnerctl(place, ["ledger", "rekey", "--reason", "The disk broke."]);
    expect(asked).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/key-unconfirmed"),
    });
    expect(existsSync(`${ledgerOf(place)}.key`)).toBe(false);
    const [, reviewed = ""] =
      /publicKey: ([\w-]{43})/.exec(asked.stderr.replaceAll(/\s+/g, " ")) ?? [];
    write(place, { "partnerctl.yaml": settings({}, { ledger: { publicKey: reviewed } }) });
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/other-public-key"),
    });
    expect(await partnerctl(place, ["ledger", "rekey"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/key-unconfirmed"),
    });
    expect(
      await partnerctl(place, ["ledger", "rekey", "--reason", "The disk broke."]),
    ).toMatchObject({ status: 0 });
    write(place, { "manifests/profile.yaml": profile("b@contoso.example") });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
    expect(await publicKey(place)).toBe(reviewed);
    // Whoever knows nothing of the review does not believe it.
    write(place, { "partnerctl.yaml": settings() });
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/other-public-key"),
    });
  });

  test("changes a key that is given for the one in a file", async () => {
    const { place } = await withGit();
    expect(await partnerctl(place, ["ledger", "rekey"], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/no-new-key"),
    });
    expect(
      await partnerctl(place, ["ledger", "rekey", "--new-key", "nowhere"], { env }),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/weak-key"),
    });
    write(place, { "new-key.txt": `${newKey}\n` });
    expect(
      await partnerctl(place, ["ledger", "rekey", "--new-key", "new-key.txt"], { env }),
    ).toMatchObject({ status: 0 });
    write(place, { "manifests/profile.yaml": profile("b@contoso.example") });
    expect(await partnerctl(place, ["apply", "--yes"], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/other-key"),
    });
    expect(
      await partnerctl(place, ["apply", "--yes"], { env: { PARTNERCTL_LEDGER_KEY: newKey } }),
    ).toMatchObject({ status: 0 });
  });

  test("waits until nothing is open, and says what is", async () => {
    const lost = settings(
      { lag: 600, lostReplies: { kind: "User", verb: "create", nth: 1 } },
      { parallelism: 1 },
    );
    const place = folderWith({
      "partnerctl.yaml": lost,
      "manifests/user.yaml": manifest("User", "li-wei", {
        userPrincipalName: "li-wei@contoso.partner.onmschina.cn",
        displayName: "Li Wei",
        recovery: { alternateEmail: "li@mail.example" },
      }),
    });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 3 });
    const refused = await partnerctl(place, ["ledger", "rekey"]);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/open-writes"),
    });
    expect(refused.stderr).toContain("User/li-wei#1");
  });

  test("has nothing to change before there is a ledger, and no other sub-command is guessed", async () => {
    const place = folderWith({ "partnerctl.yaml": settings() });
    expect(await partnerctl(place, ["ledger", "rekey"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/not-founded"),
    });
    expect(await partnerctl(place, ["ledger", "burn"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("burn"),
    });
  });
});

test("a git ledger is read, verified and planned with without its key; only writing asks for it", async () => {
  const { place } = await withGit();
  for (const command of [["ledger", "verify"], ["history"], ["plan"]])
    expect(await partnerctl(place, command)).toMatchObject({ status: 0 });
  write(place, { "manifests/profile.yaml": profile("b@contoso.example") });
  expect(await partnerctl(place, ["plan"])).toMatchObject({ status: 0 });
  expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("ledger/no-key"),
  });
});
