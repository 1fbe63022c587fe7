import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, folderWith, settings, users } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";

const mark = Buffer.from([0xef, 0xbb, 0xbf]);
const project = () =>
  folderWith({ "partnerctl.yaml": settings(), "manifests/users.yaml": users("li-wei") });

/** Puts a byte order mark before a file. */
function withMark(file: string): void {
  writeFileSync(file, Buffer.concat([mark, readFileSync(file)]));
}

/** Writes a file anew as UTF-16, as Windows PowerShell's `>` does. */
function asUtf16(file: string): void {
  writeFileSync(
    file,
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(readFileSync(file, "utf8"), "utf16le")]),
  );
}

/** A project whose plan and receipt are saved, with an identity and the plan sealed for it. */
async function saved() {
  const place = project();
  const own = folder();
  await partnerctl(own, ["init", "."]);
  const identity = join(own, ".partnerctl/identity.txt");
  const recipient = /age1[a-z0-9]+/.exec(readFileSync(identity, "utf8"))?.[0] ?? "";
  for (const args of [
    ["plan", "--out", "plan.json"],
    ["plan", "--out", "sealed.json", "--seal", recipient],
  ])
    expect(await partnerctl(place, args)).toMatchObject({ status: 0 });
  const applied = await partnerctl(place, ["apply", "plan.json", "--format", "json"]);
  writeFileSync(join(place, "receipt.json"), applied.stdout);
  return { place, identity, own };
}

describe("a byte order mark", () => {
  test("before settings, manifests, plans, sealed plans, identities and receipts is passed over", async () => {
    const { place, identity } = await saved();
    const env = { PARTNERCTL_PLAN_IDENTITY: identity };
    const files = [
      "partnerctl.yaml",
      "manifests/users.yaml",
      "plan.json",
      "sealed.json",
      "receipt.json",
    ];
    const shown = async () =>
      Promise.all(
        ["plan.json", "sealed.json", "receipt.json"].map((file) =>
          partnerctl(place, ["show", file, "-q"], { env }),
        ),
      );
    const before = await shown();
    expect(before.map(({ status }) => status)).toEqual([0, 0, 0]);
    for (const file of files) withMark(join(place, file));
    withMark(identity);
    expect(await shown()).toEqual(before);
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
    const variable = {
      PARTNERCTL_PLAN_IDENTITY: `\ufeff${/AGE-SECRET-KEY-\S+/.exec(readFileSync(identity, "utf8"))?.[0]}\r\n`,
    };
    expect(await partnerctl(place, ["show", "sealed.json", "-q"], { env: variable })).toEqual(
      before[1],
    );
  });

  test("before a plan that is applied", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    withMark(join(place, "plan.json"));
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({ status: 0 });
  });

  test("before the identity that init finds", async () => {
    const { own, identity } = await saved();
    const before = readFileSync(join(own, "partnerctl.yaml"), "utf8");
    withMark(identity);
    execFileSync("rm", [join(own, "partnerctl.yaml")]);
    expect(await partnerctl(own, ["init", "."])).toMatchObject({ status: 0 });
    expect(readFileSync(join(own, "partnerctl.yaml"), "utf8")).toBe(before);
  });
});

describe("UTF-16 is named, with the file", () => {
  test.each(["plan.json", "sealed.json", "receipt.json"])("%s", async (file) => {
    const { place, identity } = await saved();
    asUtf16(join(place, file));
    const { status, stdout, stderr } = await partnerctl(place, ["show", file, "-q"], {
      env: { PARTNERCTL_PLAN_IDENTITY: identity },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`${file}: It is UTF-16 text.`);
    expect(stderr).toContain("file/encoding");
  });

  test("an identity's file, for a plan and for init", async () => {
    const { place, identity, own } = await saved();
    asUtf16(identity);
    const shown = await partnerctl(place, ["show", "sealed.json"], {
      env: { PARTNERCTL_PLAN_IDENTITY: identity },
    });
    expect(shown).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${identity}: It is UTF-16 text.`),
    });
    execFileSync("rm", [join(own, "partnerctl.yaml")]);
    expect(await partnerctl(own, ["init", "."])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("It is UTF-16 text."),
    });
  });

  test.each(["partnerctl.yaml", "manifests/users.yaml"])("%s", async (file) => {
    const place = project();
    asUtf16(join(place, file));
    const { stdout, stderr } = await partnerctl(place, ["validate"]);
    expect(stdout + stderr).toContain("It looks like UTF-16");
  });

  test("an approval", async () => {
    const { place } = await saved();
    writeFileSync(join(place, "plan.json.abc.approval"), "x\n");
    asUtf16(join(place, "plan.json.abc.approval"));
    const { stdout, stderr } = await partnerctl(place, ["show", "plan.json"]);
    expect(stdout + stderr).toContain("plan.json.abc.approval: It is UTF-16 text.");
  });
});

test("what is neither is named as well", async () => {
  const place = folderWith({ "partnerctl.yaml": settings() });
  writeFileSync(join(place, "plan.json"), Buffer.from([0x7b, 0xc3, 0x28, 0x7d]));
  expect(await partnerctl(place, ["show", "plan.json"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("plan.json: It is not UTF-8 text."),
  });
});

test("a plan that git could not merge says so", async () => {
  const place = folderWith({
    "partnerctl.yaml": settings(),
    "plan.json": "{\n<<<<<<< HEAD\n}\n=======\n}\n>>>>>>> other\n",
  });
  const { status, stderr } = await partnerctl(place, ["apply", "plan.json"]);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining("marks of a merge that git could not decide"),
  });
});

test("an identity's file without an identity is no bug of ours", async () => {
  const place = folderWith({ ".partnerctl/identity.txt": "# nothing\n" });
  const { status, stderr } = await partnerctl(place, ["init", "."]);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining("holds no age identity"),
  });
  expect(stderr).toContain("init/identity");
});

describe("line breaks in secrets", () => {
  const key = "k".repeat(32);
  const git = (place: string, ...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=n@contoso.example", ...args], {
      cwd: place,
      stdio: "pipe",
    });

  function keyed() {
    const ledger = { type: "git", key: "${LEDGER_KEY}" };
    const place = folderWith({
      "partnerctl.yaml": settings({}, { ledger }),
      "manifests/users.yaml": users("li-wei"),
    });
    const remote = folder();
    git(remote, "init", "-q", "--bare", ".");
    git(place, "init", "-q", ".");
    git(place, "remote", "add", "origin", remote);
    return place;
  }

  test.each(["\n", "\r\n", " \n", "\ufeff"])("%j around one are no part of it", async (around) => {
    const place = keyed();
    expect(
      await partnerctl(place, ["apply", "--yes", "-q"], { env: { LEDGER_KEY: key } }),
    ).toMatchObject({ status: 0 });
    writeFileSync(
      join(place, "manifests/users.yaml"),
      users("li-wei").replace('"displayName": "li-wei"', '"displayName": "Li Wei"'),
    );
    const plan = (text: string) => partnerctl(place, ["plan", "-q"], { env: { LEDGER_KEY: text } });
    const usual = await plan(key);
    expect(usual.stdout).toContain("Li Wei");
    expect(await plan(around + key + around)).toEqual(usual);
  });

  test("one inside is refused, and is not shown", async () => {
    const { status, stderr } = await partnerctl(keyed(), ["plan"], {
      env: { LEDGER_KEY: `${key}\n${key}` },
    });
    expect(status).toBe(1);
    expect(stderr).toContain("The environment variable LEDGER_KEY holds a line break");
    expect(stderr).toContain("settings/secret-line-break");
    expect(stderr).not.toContain(key);
  });
});
