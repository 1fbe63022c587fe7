import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, folderWith, settings, users } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";
import { readme } from "../docs/readme.ts";

const root = join(import.meta.dirname, "../..");
const project = (more: object = {}) =>
  folderWith({ "partnerctl.yaml": settings({}, more), "manifests/users.yaml": users("li-wei") });

test("what init writes is replaced by an export, file by file, and then there is nothing to do", async () => {
  const place = folder();
  expect(await partnerctl(place, ["init", "."])).toMatchObject({ status: 0 });
  const refused = await partnerctl(place, ["export", "--out", "manifests"]);
  expect(refused).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Use --force to replace them."),
  });
  const done = await partnerctl(place, ["export", "--out", "manifests", "--force"]);
  expect(done.status).toBe(0);
  expect(done.stderr).not.toContain("Left as they were");
  expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
});

describe("plan --out says what comes next", () => {
  const next = async (place: string, file = "plan.json") =>
    (await partnerctl(place, ["plan", "--out", file])).stderr.split("\n").at(-2);

  test("to apply it, by a name the shell takes", async () => {
    expect(await next(project())).toBe("Saved to plan.json. Next: partnerctl apply plan.json");
    expect(await next(project(), "my 'own' plan.json")).toBe(
      "Saved to my 'own' plan.json. Next: partnerctl apply 'my '\\''own'\\'' plan.json'",
    );
  });

  test("where it has to be done, with the options and paths it was planned with", async () => {
    const place = project({ environments: { "next year": {} } });
    const said = async (from: string, ...args: string[]) =>
      (await partnerctl(from, ["plan", ...args])).stderr.split("\n").at(-2) ?? "";
    expect(await said(place, "manifests", "--out", "plan.json", "--env", "next year")).toBe(
      "Saved to plan.json. Next: partnerctl apply plan.json manifests --env 'next year'",
    );
    const words = (line: string) => line.split("Next: partnerctl ")[1]?.split(" ") ?? [];
    const elsewhere = folder();
    const line = await said(elsewhere, "--out", "plan.json", "--project", place);
    expect(words(line)).toEqual(["apply", "plan.json", "--project", place]);
    expect(await partnerctl(elsewhere, words(line))).toMatchObject({ status: 0 });
    const other = project();
    const part = await said(other, "manifests/users.yaml", "--out", "plan.json");
    expect(await partnerctl(other, words(part))).toMatchObject({ status: 0 });
  });

  test("in the environment it was planned for, which is named where another is used", async () => {
    const place = project({
      environments: {
        other: { adapters: { local: { account: "other" } }, ledger: { path: "other.jsonl" } },
      },
    });
    await partnerctl(place, ["plan", "--out", "plan.json", "--env", "other"]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("say --env other"),
    });
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    const wrong = await partnerctl(place, ["apply", "plan.json", "--env", "other"]);
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining("leave out --env") });
  });

  test("what is said works", async () => {
    const place = project();
    const said = await next(place, "my plan.json");
    const command =
      said
        ?.split("Next: partnerctl ")[1]
        ?.replaceAll("'", "")
        .split(/ (?=my)/) ?? [];
    expect(await partnerctl(place, command)).toMatchObject({ status: 0 });
  });

  test("that a guard has to be lifted", async () => {
    const place = folder();
    await partnerctl(place, ["init", "."]);
    renameSync(
      join(place, "manifests/customers/fabrikam.yaml.example"),
      join(place, "manifests/customers/fabrikam.yaml"),
    );
    const said = await next(place);
    expect(said).toBe("Saved to plan.json. Next: partnerctl apply plan.json --allow irreversible");
    expect(
      await partnerctl(place, said?.split("Next: partnerctl ")[1]?.split(" ") ?? []),
    ).toMatchObject({ status: 0 });
  });

  test("that it has to be approved first", async () => {
    const rule = { when: { always: true }, approvals: 2 };
    const place = project({ approvals: { signers: "signers", rules: [rule] } });
    const said = await next(place);
    expect(said).toContain(
      "partnerctl approve plan.json (approvals needed: 2), then partnerctl apply plan.json",
    );
  });

  test("that there is nothing to do, or that it has problems", async () => {
    const place = project();
    await partnerctl(place, ["apply", "--yes"]);
    expect(await next(place)).toBe("Saved to plan.json. There is nothing in it to apply.");
    const wrong = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/a.yaml": users("li-wei")
        .replace('"spec"', '"state": "present", "spec"')
        .replace('"name": "li-wei"', '"name": "li-wei", "id": "nobody"'),
    });
    expect(await next(wrong)).toBe(
      "Saved to plan.json. It cannot be applied while it has problems.",
    );
  });

  test("not where quiet is wanted", async () => {
    expect(await partnerctl(project(), ["plan", "-q", "--out", "plan.json"])).toMatchObject({
      status: 0,
      stderr: "",
    });
  });
});

describe("apply --yes", () => {
  test("leaves the values that it sets in the log", async () => {
    const { stdout, stderr } = await partnerctl(project(), ["apply", "--yes"]);
    expect(stderr).toContain("displayName li-wei");
    expect(stdout).toContain("1 done");
    const masked = await partnerctl(project(), ["apply", "--yes", "--mask-personal"]);
    expect(masked.status).toBe(0);
    expect(masked.stderr).not.toContain("li-wei@mail.example");
  });

  test("does not repeat a plan that was saved, and is quiet where that is wanted", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    expect((await partnerctl(place, ["apply", "plan.json", "--yes"])).stderr).not.toContain(
      "displayName",
    );
    expect((await partnerctl(project(), ["apply", "--yes", "-q"])).stderr).toBe("");
  });
});

describe("history of a period in which nothing was applied", () => {
  test.each([
    [["--from", "2999-01-01"], "Nothing was applied from 2999-01-01 on."],
    [["--to", "1999-01-01"], "Nothing was applied up to 1999-01-01."],
    [
      ["--from", "1999-01-01", "--to", "1999-02-01"],
      "Nothing was applied from 1999-01-01 to 1999-02-01.",
    ],
  ])("%j", async (args, words) => {
    const place = project();
    await partnerctl(place, ["apply", "--yes"]);
    expect(await partnerctl(place, ["history", ...args])).toMatchObject({
      status: 0,
      stdout: `${words}\n`,
    });
    expect(
      (await partnerctl(place, ["history", ...args, "--format", "markdown"])).stdout,
    ).toContain(words);
  });

  test("or nothing by or of somebody, which says nothing about the others", async () => {
    const place = project();
    await partnerctl(place, ["apply", "--yes"]);
    const history = async (...args: readonly string[]) =>
      (await partnerctl(place, ["history", ...args])).stdout;
    expect(await history("--actor", "nobody")).toBe("Nothing of nobody is recorded.\n");
    expect(await history("User/li-wei", "--to", "1999-01-01")).toBe(
      "Nothing of User/li-wei is recorded in these days.\n",
    );
  });

  test("a ledger that is empty says so, and a period that ends before it begins is refused", async () => {
    const place = project();
    expect(await partnerctl(place, ["history"])).toMatchObject({
      status: 0,
      stdout: "Nothing has been applied yet.\n",
    });
    const { status, stdout, stderr } = await partnerctl(place, [
      "history",
      "--from",
      "2026-02-01",
      "--to",
      "2026-01-01",
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(
      "  --from 2026-02-01 is after --to 2026-01-01: there is no such period.\n",
    );
  });
});

test("quiet is the result alone, on every command that has one", async () => {
  const place = project();
  const quiet = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await partnerctl(place, [...args, "--quiet"]);
    expect({ status, stderr }, args.join(" ")).toEqual({ status: 0, stderr: "" });
    return stdout;
  };
  expect(await quiet("validate")).toBe("1 manifest in 1 file is valid.\n");
  expect(await quiet("fmt")).not.toContain("Formatted");
  await quiet("plan", "--out", "plan.json");
  await quiet("apply", "plan.json");
  expect(await quiet("export", "--out", "live")).toBe("");
  for (const args of [
    ["plan"],
    ["ledger", "verify"],
    ["history"],
    ["show", "plan.json"],
    ["render"],
    ["offers"],
    ["check"],
    ["pull", "--dry-run"],
  ])
    await quiet(...args);
  const empty = folder();
  expect(await partnerctl(empty, ["init", ".", "-q"])).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });
});

test("a name without its kind, a folder that is not there and a remote that was not added are told by name", async () => {
  const place = project();
  expect(await partnerctl(place, ["why", "li-wei"])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("Did you mean User/li-wei?"),
  });
  execFileSync("git", ["init", "--quiet"], { cwd: place });
  const compared = await partnerctl(place, ["diff", "manifests", "manifest"]);
  expect(compared).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("There is no folder manifest either."),
  });
  const shared = project({ ledger: { type: "git" } });
  const planned = await partnerctl(shared, ["plan"]);
  expect(planned).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("git remote add origin URL"),
  });
});

test("a command and a ledger's file that are not there are told by name, outside of a project too", async () => {
  const place = folder();
  const helped = await partnerctl(place, ["help", "plna"]);
  expect(helped).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("Did you mean `plan`?"),
  });
  expect(await partnerctl(place, ["help", "plan"])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Usage: partnerctl plan"),
  });
  const history = await partnerctl(place, ["history", "ledgr.jsonl"]);
  expect(history).toMatchObject({ status: 1, stderr: expect.stringContaining("ledger/no-file") });
});

test("each example leaves state and plans out of version control", () => {
  for (const example of readdirSync(join(root, "examples")).filter(
    (name) => !name.endsWith(".sh"),
  )) {
    const ignored = (path: string) => {
      try {
        return execFileSync("git", ["check-ignore", "-v", "--no-index", path], {
          cwd: join(root, "examples", example),
          encoding: "utf8",
        });
      } catch {
        return "";
      }
    };
    for (const path of ["plan.json", "plan.json.abc.approval", ".partnerctl/ledger.jsonl"])
      expect(ignored(path), `${example}/${path}`).toContain(`examples/${example}/.gitignore`);
    expect(readFileSync(join(root, "examples", example, ".gitignore"), "utf8")).toMatch(
      /^\.partnerctl\/\n\/plan\.json\*\n/,
    );
  }
});

test("what the README's commands write is left out of version control", () => {
  const [, data = "none"] = /`partnerctl emulator --data (\S+)`/.exec(readme) ?? [];
  const [, tarball = "none"] = /^npm install --global \.\/(\S+)$/m.exec(readme) ?? [];
  for (const path of [`examples/contoso/${data}`, tarball])
    expect(
      execFileSync("git", ["check-ignore", "--no-index", path], { cwd: root, encoding: "utf8" }),
      path,
    ).toBe(`${path}\n`);
});

test("npm pack on a fresh clone installs what it builds with", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(scripts.prepack).toBe(`${scripts.pretest} && npm run --silent api`);
});
