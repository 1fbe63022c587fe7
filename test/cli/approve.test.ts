import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, describe, expect, test } from "vitest";
import { newIdentity } from "../../src/store/credentials/credentials.ts";
import { type Plan, planDigest } from "../../src/model/plan/plan.ts";
import { keys } from "../approvals/keys.ts";
import {
  folderWith,
  manifest,
  partnerctl as inItsOwn,
  plain,
  settings,
  users,
  write,
} from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const box = keys();
afterAll(() => box.end());
const [li, wang] = ["li.wei@contoso.example", "wang.fang@contoso.example"];

function project(approvals: object, more: object = {}): string {
  const place = folderWith({
    "manifests/users.yaml": users("li-wei", "wang-fang"),
    ".github/allowed_signers": `${li} ${box.shared("li")}\n${wang} ${box.shared("wang")}\n`,
  });
  write(place, {
    "partnerctl.yaml": settings(
      {},
      { approvals: { signers: ".github/allowed_signers", ...approvals }, ...more },
    ),
  });
  return place;
}

const two = { rules: [{ name: "all", when: { always: true }, approvals: 2 }] };

describe("approve, by the real binary", () => {
  test("two people approve a plan, it is applied, and the ledger tells of them", async () => {
    const place = project(two);
    expect(await partnerctl(place, ["plan", "--out", "plan.json"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Needs 2 approvals"),
    });
    expect(await partnerctl(place, ["plan", "--format", "markdown"])).toMatchObject({
      stdout: expect.stringContaining("2 approvals: every plan needs it (all)"),
    });
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 5,
      stdout: "",
      stderr: expect.stringContaining("approval/missing"),
    });
    const first = await partnerctl(place, [
      "approve",
      "plan.json",
      "--key",
      box.key("li"),
      "--note",
      "as agreed",
    ]);
    expect(first).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(`Approved as ${li}`),
    });
    expect(first.stdout).toMatch(
      /^partnerctl approval 1\nplan sha256:[0-9a-f]{64}\n[\s\S]*note as agreed\n-----BEGIN SSH SIGNATURE-----\n[\s\S]*-----END SSH SIGNATURE-----\n$/,
    );
    expect(first.stderr).toContain("approval/missing");
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining("has 1"),
    });
    const second = await partnerctl(place, [
      "approve",
      "plan.json",
      "--key",
      box.key("wang"),
      "--format",
      "json",
    ]);
    expect(JSON.parse(second.stdout)).toMatchObject({
      version: 1,
      principal: wang,
      fingerprint: box.fingerprint("wang"),
    });
    expect(second.stderr).not.toContain("approval/");
    const applied = await partnerctl(place, ["apply", "plan.json", "--format", "json"]);
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    const { run, approvals } = JSON.parse(applied.stdout);
    expect(approvals).toMatchObject([{ principal: li, note: "as agreed" }, { principal: wang }]);
    const told = await partnerctl(place, ["history", run]);
    expect(told.stdout).toMatch(
      new RegExp(`approved +${li.replaceAll(".", "\\.")} · .* UTC · SHA256:.* · “as agreed”`),
    );
    expect(told.stdout).toContain(box.fingerprint("wang"));
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({
      status: 0,
      stdout: expect.not.stringContaining("approval/"),
    });
    write(place, { ".github/allowed_signers": `${li} ${box.shared("li")}\n` });
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("approval/stranger"),
    });
  });

  test("approvals that travelled apart are named; a stranger approves nothing", async () => {
    const place = project({ rules: [{ when: { always: true }, approvals: 1 }], author: "alone" });
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    const { stdout } = await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")]);
    const before = readdirSync(place).sort();
    expect(
      await partnerctl(place, ["approve", "plan.json", "--key", box.key("mallory")]),
    ).toMatchObject({
      status: 5,
      stdout: "",
      stderr: expect.stringContaining("approval/stranger"),
    });
    expect(readdirSync(place).sort()).toEqual(before);
    write(place, {
      "elsewhere/plan.json": readFileSync(join(place, "plan.json"), "utf8"),
      "mail/one.approval": stdout.replaceAll("\n", "\r\n"),
    });
    expect(await partnerctl(place, ["apply", "elsewhere/plan.json"])).toMatchObject({ status: 5 });
    expect(
      await partnerctl(place, ["apply", "elsewhere/plan.json", "--approvals", "mail/one.approval"]),
    ).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Approved by ${li}`),
    });
  });

  test("the author of the commit cannot approve it alone, whatever the case of the letters", async () => {
    const place = project({ rules: [{ when: { always: true }, approvals: 1 }] });
    const git = (...args: readonly string[]) =>
      execa("git", ["-c", "user.name=Li Wei", "-c", `user.email=${li.toUpperCase()}`, ...args], {
        ...plain,
        cwd: place,
      });
    await git("init", "-q");
    await git("add", "-A");
    await git("commit", "-qm", `Two users\n\nCo-authored-by: Zhao Lei <zhao.lei@contoso.example>`);
    await partnerctl(place, ["plan", "--out", "plan.json", "--actor", "chen.jie@contoso.example"]);
    expect(JSON.parse(readFileSync(join(place, "plan.json"), "utf8")).basis.authors).toEqual(
      expect.arrayContaining([
        li.toUpperCase(),
        "chen.jie@contoso.example",
        "zhao.lei@contoso.example",
      ]),
    );
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining("cannot approve it alone"),
    });
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("wang")]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({ status: 0 });
  });

  test("all who wrote a part of what is proposed, and who opened it, are its authors, whatever the pipeline's commit is", async () => {
    const place = project({ rules: [{ when: { always: true }, approvals: 1 }] });
    write(place, { ".gitignore": "*.json*\nledger*\n.partnerctl\n" });
    const git = (who: string, ...args: readonly string[]) =>
      execa("git", ["-c", `user.name=${who}`, "-c", `user.email=${who}`, ...args], {
        ...plain,
        cwd: place,
      });
    await git("zhao.lei@contoso.example", "init", "-q", "--initial-branch", "main");
    await git("zhao.lei@contoso.example", "add", "-A");
    await git("zhao.lei@contoso.example", "commit", "-qm", "base");
    const base = (await git("x", "rev-parse", "HEAD")).stdout.trim();
    await git("x", "checkout", "-qb", "topic");
    write(place, { "manifests/one.yaml": users("one") });
    await git(li, "add", "-A");
    await git(li, "commit", "-qm", "one");
    write(place, { "manifests/two.yaml": users("two") });
    await git("sun@contoso.example", "add", "-A");
    await git("sun@contoso.example", "commit", "-qm", "two");
    await git("x", "checkout", "-q", "--detach", "main");
    await git("host", "merge", "-q", "--no-ff", "-m", "Merge", "topic");
    const event = {
      repository: { default_branch: "main" },
      pull_request: { base: { ref: "main", sha: base }, user: { login: "wang-account" } },
    };
    write(place, { "event.json": JSON.stringify(event) });
    const env = {
      GITHUB_EVENT_PATH: join(place, "event.json"),
      GITHUB_SHA: base,
      GITHUB_ACTOR: "robot",
      GIT_CONFIG_GLOBAL: "/dev/null",
    };
    await partnerctl(place, ["plan", "--base", base, "--out", "plan.json"], { env });
    const { basis } = JSON.parse(readFileSync(join(place, "plan.json"), "utf8"));
    expect(basis.authors).toEqual([li, "robot", "sun@contoso.example", "wang-account"].sort());
    expect(basis.commit).toBe((await git("x", "rev-parse", "HEAD")).stdout.trim());
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")]);
    const refused = { status: 5, stderr: expect.stringContaining("cannot approve it alone") };
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject(refused);
    // An account's name counts as its holder's where the allowed signers give both.
    write(place, {
      ".github/allowed_signers": `${li} ${box.shared("li")}\n${wang},wang-account ${box.shared("wang")}\n`,
    });
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("wang")]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject(refused);
  });

  test("what a plan says of its authors counts under the ledger's mark alone", async () => {
    const place = project({ rules: [{ when: { always: true }, approvals: 1 }] });
    const saved = () => JSON.parse(readFileSync(join(place, "plan.json"), "utf8")) as Plan;
    await partnerctl(place, ["plan", "--out", "plan.json", "--actor", li]);
    const own = saved();
    const unknown = { status: 5, stderr: expect.stringContaining("The plan's author is unknown") };
    const { mark: _, ...unmarked } = own;
    const forged = { ...own, basis: { ...own.basis, authors: ["nobody"] } };
    for (const plan of [
      unmarked,
      { ...own, mark: "0".repeat(64) },
      { ...forged, digest: planDigest(forged) },
    ]) {
      write(place, { "plan.json": JSON.stringify(plan) });
      await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")]);
      expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject(unknown);
    }
    write(place, { "plan.json": JSON.stringify(own) });
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("wang")]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({ status: 0 });
  });

  test("what several commits brought since the last apply has all of their authors", async () => {
    const place = project({ rules: [{ when: { irreversible: true }, approvals: 1 }] });
    write(place, { ".gitignore": "*.json*\nledger*\naccount*\n.partnerctl\n" });
    const commit = async (who: string, files: Readonly<Record<string, string>>) => {
      write(place, files);
      for (const args of [
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-qm", who],
      ])
        await execa("git", ["-c", `user.name=${who}`, "-c", `user.email=${who}`, ...args], {
          ...plain,
          cwd: place,
        });
    };
    const env = { GIT_CONFIG_GLOBAL: "/dev/null" };
    await commit("zhao", {});
    expect(await partnerctl(place, ["apply", "--yes"], { env })).toMatchObject({ status: 0 });
    await commit(li, { "manifests/one.yaml": users("one") });
    await commit(wang, { "manifests/two.yaml": users("two") });
    await commit("sun", { "README.md": "-" });
    await partnerctl(place, ["plan", "--out", "plan.json"], { env });
    expect(JSON.parse(readFileSync(join(place, "plan.json"), "utf8")).basis.authors).toEqual([
      li,
      "sun",
      wang,
    ]);
  });

  test("applying adds authors and takes none away", async () => {
    const place = project({ rules: [{ when: { always: true }, approvals: 1 }] });
    write(place, { ".gitignore": "*.json*\nledger*\n.partnerctl\n" });
    await partnerctl(place, ["plan", "--out", "plan.json", "--actor", "planner"]);
    const git = (...args: readonly string[]) =>
      execa("git", ["-c", "user.name=w", "-c", `user.email=${wang}`, ...args], {
        ...plain,
        cwd: place,
      });
    await git("init", "-q");
    await git("add", "-A");
    await git("commit", "-qm", "the manifests");
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("wang")]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining(
        `${wang} wrote or made this plan and cannot approve it alone.`,
      ),
    });
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({ status: 0 });
  });

  test("who may approve is read from the base revision, so that a change cannot let its own author in", async () => {
    const place = project({ rules: [{ when: { always: true }, approvals: 1 }] });
    const git = (...args: readonly string[]) =>
      execa(
        "git",
        ["-c", "user.name=Zhao Lei", "-c", "user.email=zhao.lei@contoso.example", ...args],
        { ...plain, cwd: place },
      );
    await git("init", "-q");
    await git("add", "-A");
    await git("commit", "-qm", "base");
    write(place, { ".github/allowed_signers": `accomplice ${box.shared("mallory")}\n` });
    await partnerctl(place, ["plan", "--out", "plan.json", "--base", "HEAD"]);
    const mallory = ["approve", "plan.json", "--key", box.key("mallory")];
    expect(await partnerctl(place, mallory)).toMatchObject({ status: 0 });
    expect(await partnerctl(place, [...mallory, "--base", "HEAD"])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining("approval/stranger"),
    });
    expect(await partnerctl(place, ["apply", "plan.json", "--base", "HEAD"])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining("approval/stranger"),
    });
    expect(
      await partnerctl(place, ["approve", "plan.json", "--base", "HEAD", "--key", box.key("wang")]),
    ).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["apply", "plan.json", "--base", "HEAD"])).toMatchObject({
      status: 0,
    });
  });

  test("git's own signing key is used where none is given; without one that is said", async () => {
    const place = project(two);
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    const config = (text: string) => {
      writeFileSync(join(place, "gitconfig"), text);
      return { env: { GIT_CONFIG_GLOBAL: join(place, "gitconfig"), GIT_CONFIG_NOSYSTEM: "1" } };
    };
    expect(await partnerctl(place, ["approve", "plan.json"], config(""))).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("approval/no-key"),
    });
    const signing = config(`[gpg]\nformat = ssh\n[user]\nsigningkey = ${box.key("wang")}\n`);
    expect(await partnerctl(place, ["approve", "plan.json"], signing)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(wang),
    });
    expect(await partnerctl(place, ["approve", "plan.json", "--key", "none"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("approval/not-signed"),
    });
    expect(
      await partnerctl(place, ["approve", "plan.json", "--key", box.key("li"), "--note", "a\nb"]),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("approval/note"),
    });
  });

  test("without rules anybody's approval may be made, and none is asked for", async () => {
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users("li-wei"),
    });
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    expect(JSON.parse(readFileSync(join(place, "plan.json"), "utf8"))).not.toHaveProperty(
      "basis.authors",
    );
    expect(await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")])).toMatchObject(
      {
        status: 0,
        stderr: expect.stringContaining(box.fingerprint("li")),
      },
    );
    const applied = await partnerctl(place, ["apply", "plan.json", "--format", "json"]);
    expect(applied.status).toBe(0);
    expect(JSON.parse(applied.stdout)).not.toHaveProperty("approvals");
  });
});

describe("a sealed plan", () => {
  const canaries = [
    "Canary-Mei",
    "canary.mei@mail.example",
    "+86 138 0000 4711",
    "canary-mei@contoso.partner.onmschina.cn",
  ];
  const canary = manifest("User", "somebody", {
    userPrincipalName: "canary-mei@contoso.partner.onmschina.cn",
    displayName: "Canary-Mei",
    recovery: { alternateEmail: "canary.mei@mail.example", mobilePhone: "+86 138 0000 4711" },
  });

  test("gives nobody's data away, is approved and applied by whoever can open it, and by nobody else", async () => {
    const [reader, other] = [await newIdentity(), await newIdentity()];
    const place = project(two);
    write(place, { "manifests/canary.yaml": canary });
    const planned = await partnerctl(place, [
      "plan",
      "--out",
      "plan.json",
      "--seal",
      reader.recipient,
      "--format",
      "markdown",
    ]);
    expect(planned.status).toBe(0);
    const sealed = readFileSync(join(place, "plan.json"), "utf8");
    expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    for (const one of canaries)
      for (const text of [sealed, planned.stderr, planned.stdout]) expect(text).not.toContain(one);
    const opening = (identity: string) => ({ env: { PARTNERCTL_PLAN_IDENTITY: identity } });
    const refused = async (options: object) => {
      const { status, stdout, stderr } = await inItsOwn(place, ["apply", "plan.json"], options);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      for (const one of [...canaries, reader.identity, other.identity])
        expect(stderr).not.toContain(one);
      return stderr;
    };
    expect(await refused({})).toContain("plan/sealed");
    expect(await refused(opening(other.identity))).toContain("seal/not-for-you");
    expect(await refused(opening("AGE-SECRET-KEY-1OOPS"))).toContain("seal/identity");
    expect(await refused(opening(join(place, "partnerctl.yaml")))).toContain("seal/identity");
    write(place, { identity: `# created: today\n${other.identity}\n${reader.identity}\n` });
    for (const name of ["li", "wang"])
      expect(
        await partnerctl(
          place,
          ["approve", "plan.json", "--key", box.key(name)],
          opening(reader.identity),
        ),
      ).toMatchObject({
        status: 0,
      });
    writeFileSync(
      join(place, "plan.json"),
      `${sealed.slice(0, 900)}${sealed[900] === "A" ? "B" : "A"}${sealed.slice(901)}`,
    );
    expect(await refused(opening(reader.identity))).toContain("seal/damaged");
    writeFileSync(join(place, "plan.json"), sealed);
    expect(
      await partnerctl(place, ["apply", "plan.json"], opening(join(place, "identity"))),
    ).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("3 done"),
    });
  });

  test("the settings may ask for it; who cannot be sealed for is told, and nothing is written", async () => {
    const reader = await newIdentity();
    const place = project(two, { plan: { seal: [reader.recipient] } });
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    expect(readFileSync(join(place, "plan.json"), "utf8")).toMatch(/^-----BEGIN AGE/);
    expect(
      await partnerctl(place, ["plan", "--out", "other.json", "--seal", "age1nobody"]),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("plan/seal-recipient"),
    });
    expect(readdirSync(place)).not.toContain("other.json");
    expect(await partnerctl(place, ["plan", "--seal", reader.recipient])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--out"),
    });
  });
});
