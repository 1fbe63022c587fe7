import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, folderWith, manifest, type Said, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const json = ({ stdout }: Said) => JSON.parse(stdout);

describe("from nothing to an account as declared", () => {
  test("init, validate, plan, apply, plan, export, history, verify", async () => {
    const place = folder();
    const run = (...args: string[]) => partnerctl(join(place, "new"), args);
    expect(await partnerctl(place, ["init", "new"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("partnerctl validate"),
      stderr: "",
    });
    expect(await run("validate")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("4 manifests in 3 files are valid"),
    });
    expect(await run("plan", "--detailed-exitcode")).toMatchObject({
      status: 2,
      stdout: expect.stringContaining("1 to create, 3 to update"),
    });
    const applied = await run("apply", "--yes", "--format", "json", "--actor", "li.wei");
    expect(applied).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("1 to create, 3 to update"),
    });
    const receipt = json(applied);
    expect(receipt).toMatchObject({ version: 1, actor: "li.wei" });
    expect(await run("plan", "--detailed-exitcode")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Nothing to do"),
    });
    expect(await run("export", "--out", "exported")).toMatchObject({ status: 0, stdout: "" });
    expect(await run("plan", "exported", "--detailed-exitcode")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Nothing to do"),
    });
    expect(await run("history")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("li.wei"),
    });
    expect(await run("history", receipt.run.slice(0, 8))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("User/wang-fang"),
    });
    expect(await run("history", "nothing")).toMatchObject({ status: 1, stdout: "" });
    expect(await run("ledger", "verify", "--head", receipt.ledger.head)).toMatchObject({
      status: 0,
    });
    expect(await run("ledger", "verify", "--head", "0".repeat(63).concat("1"))).toMatchObject({
      status: 1,
    });
    expect(await run("ledger", "unlock")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Nobody"),
    });
    expect(await run("check")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Subscription"),
    });
    expect(await run("offers")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Office 365 Enterprise E3"),
    });
  });

  test("what init writes can be opened by its identity alone, and the editor knows every kind", async () => {
    const place = folder();
    await partnerctl(place, ["init"]);
    expect(statSync(join(place, ".partnerctl/identity.txt")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(place, ".partnerctl/.gitignore"), "utf8")).toBe("*\n");
    const identity = readFileSync(join(place, ".partnerctl/identity.txt"), "utf8");
    const [recipient = ""] = identity.match(/age1\w+/) ?? [];
    expect(readFileSync(join(place, "partnerctl.yaml"), "utf8")).toContain(`- ${recipient}\n`);
    const editor = JSON.parse(readFileSync(join(place, ".vscode/settings.json"), "utf8"));
    for (const file of Object.keys(editor["yaml.schemas"]))
      expect(existsSync(join(place, file)), file).toBe(true);
    const any = JSON.parse(
      readFileSync(join(place, ".vscode/schemas/manifest.schema.json"), "utf8"),
    );
    for (const { then } of any.allOf)
      expect(existsSync(join(place, ".vscode/schemas", then.$ref)), then.$ref).toBe(true);
  });

  test("init writes nothing over what is there", async () => {
    const mine = {
      "partnerctl.yaml": settings(),
      ".gitignore": "mine\n",
      "manifests/users.yaml": users("mine"),
    };
    const place = folderWith(mine);
    const said = await partnerctl(place, ["init"]);
    expect(said).toMatchObject({ status: 0, stderr: expect.stringContaining("partnerctl.yaml") });
    for (const [file, text] of Object.entries(mine))
      expect(readFileSync(join(place, file), "utf8")).toBe(text);
    expect(existsSync(join(place, ".partnerctl/identity.txt"))).toBe(false);
    expect(existsSync(join(place, "manifests/partner-profile.yaml"))).toBe(true);
  });

  test("an identity that is there already is the one the settings name", async () => {
    const place = folder();
    await partnerctl(place, ["init"]);
    const { 0: recipient = "" } =
      readFileSync(join(place, "partnerctl.yaml"), "utf8").match(/age1\w+/) ?? [];
    const again = folderWith({
      ".partnerctl/identity.txt": readFileSync(join(place, ".partnerctl/identity.txt"), "utf8"),
    });
    expect(await partnerctl(again, ["init"])).toMatchObject({ status: 0 });
    expect(readFileSync(join(again, "partnerctl.yaml"), "utf8")).toContain(recipient);
  });
});

describe("commands on a project", () => {
  const project = (files: Readonly<Record<string, string>> = {}) =>
    folderWith({
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users("li-wei", "wang-fang"),
      ...files,
    });

  test("the project is found from a folder inside it, or named", async () => {
    const place = project({ "manifests/deep/more.yaml": users("deep") });
    expect(await partnerctl(join(place, "manifests/deep"), ["validate"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("3 manifests in 2 files"),
    });
    expect(
      await partnerctl(join(place, "manifests/deep"), ["validate", "more.yaml"]),
    ).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 manifest"),
    });
    expect(await partnerctl(folder(), ["validate", "--project", place])).toMatchObject({
      status: 0,
    });
    expect(await partnerctl(folder(), ["validate"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("project/none"),
    });
  });

  test("what is wrong is said with its place, and for machines with ranges", async () => {
    const place = project({
      "manifests/wrong.yaml": manifest("User", "wrong", {
        userPrincipalName: "wrong@contoso.partner.onmschina.cn",
        displayNam: "x",
      }),
    });
    const words = await partnerctl(place, ["validate"]);
    expect(words).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/manifests\/wrong\.yaml:\d+:\d+[\s\S]*schema\/unknown-field/),
      stderr: "",
    });
    const data = await partnerctl(place, ["plan", "--format", "json"]);
    expect(data).toMatchObject({ status: 1, stderr: "" });
    expect(JSON.stringify(json(data))).toMatch(/"code":"schema\/unknown-field".*"endColumn":\d+/);
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("schema/unknown-field"),
    });
  });

  test.each([
    "plan",
    "check",
    "offers",
    "history",
    "ledger verify",
    "render",
    "ledger unlock",
    "validate",
  ])("%s --format json is one JSON document on stdout, and markdown is text", async (command) => {
    const place = project();
    const { status, stdout, stderr } = await partnerctl(place, [
      ...command.split(" "),
      "--format",
      "json",
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
    expect(await partnerctl(place, [...command.split(" "), "--format", "markdown"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\S/),
      stderr: "",
    });
  });

  test("why tells a change from none, and knows what is unknown", async () => {
    const place = project();
    expect(await partnerctl(place, ["why", "User/li-wei"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("manifests/users.yaml"),
    });
    expect(await partnerctl(place, ["why", "User/li-we"])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("User/li-wei"),
    });
  });

  test("a plan may be narrowed", async () => {
    const place = project();
    const said = await partnerctl(place, ["plan", "--only", "User/li-wei", "--format", "json"]);
    expect(json(said)).toMatchObject({
      scope: ["User/li-wei"],
      changes: [{ address: "User/li-wei" }],
    });
    const others = await partnerctl(place, [
      "plan",
      "--only",
      "User",
      "--except",
      "User/li-*",
      "--format",
      "json",
    ]);
    expect(json(others).changes.map(({ address }: { address: string }) => address)).not.toContain(
      "User/li-wei",
    );
    expect(json(others).scope.length).toBeGreaterThan(0);
    await partnerctl(place, [
      "apply",
      "--except",
      "User/li-wei",
      "--yes",
      "--allow",
      "irreversible",
    ]);
    const left = json(await partnerctl(place, ["plan", "--format", "json"]));
    expect(left.changes.map(({ address }: { address: string }) => address)).toEqual([
      "User/li-wei",
    ]);
    expect(await partnerctl(place, ["plan", "--only", "User/nobody"])).toMatchObject({
      status: 1,
      stdout: "",
    });
  });

  test("an environment is picked, and an unknown one is refused", async () => {
    const environments = { production: { overlay: "overlays" } };
    const place = project({
      "partnerctl.yaml": settings({}, { environments }),
      "overlays/one.yaml": manifest("User", "li-wei", { displayName: "Other" }),
    });
    expect(await partnerctl(place, ["render", "--env", "production"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("overlays/one.yaml"),
    });
    expect(await partnerctl(place, ["render", "--env", "prodution"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("production"),
    });
  });

  test("export prints one stream, and never writes over other files", async () => {
    const place = project();
    expect(await partnerctl(place, ["export"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("kind: PartnerProfile"),
    });
    await partnerctl(place, ["export", "--out", "elsewhere"]);
    const [first = ""] = readdirSync(join(place, "elsewhere"));
    write(place, { [`out/${first}`]: "mine\n" });
    const refused = await partnerctl(place, ["export", "--out", "out"]);
    expect(refused).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining(first),
    });
    expect(refused.stderr).toContain("export/exists");
    expect(readdirSync(join(place, "out"))).toEqual([first]);
    expect(await partnerctl(place, ["export", "--out", "out", "--force"])).toMatchObject({
      status: 0,
    });
    expect(await partnerctl(place, ["export", "--out", "out"])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(", 0 written"),
    });
  });

  test("an adapter that is not there is the user's trouble", async () => {
    const place = project({ "partnerctl.yaml": settings({}, { adapter: "./nothing.mjs" }) });
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("adapter/not-found"),
    });
  });

  test("a backend that fails says so in plain words, without a stack", async () => {
    const adapter = `export function adapter() {
      const fail = () => { const error = new Error("no route to the account"); error.name = "AdapterError"; error.problem = "unavailable"; throw error; };
      return { name: "down", supports: {}, account: fail, read: fail, write: fail };
    }`;
    const place = project({
      "partnerctl.yaml": settings({}, { adapter: "./down.mjs" }),
      "down.mjs": adapter,
    });
    const { status, stdout, stderr } = await partnerctl(place, ["check"]);
    expect({ status, stdout }).toEqual({ status: 7, stdout: "" });
    expect(stderr).toContain("no route to the account");
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
