import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { newIdentity } from "../../src/store/credentials/credentials.ts";
import { keys } from "../approvals/keys.ts";
import { folder, folderWith, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const box = keys();
afterAll(() => box.end());
const li = "li.wei@contoso.example";

function project(): string {
  return folderWith({
    "manifests/users.yaml": users("li-wei", "wang-fang"),
    signers: `${li} ${box.shared("li")}\n`,
    "partnerctl.yaml": settings(
      {},
      { approvals: { signers: "signers", rules: [{ when: { always: true }, approvals: 1 }] } },
    ),
  });
}

describe("show", () => {
  test("shows a saved plan as planning did, whatever the account is like now, and where there is no project", async () => {
    const place = project();
    for (const format of ["text", "json", "markdown", "sarif", "junit", "github"]) {
      const planned = await partnerctl(place, ["plan", "--out", "plan.json", "--format", format]);
      const shown = await partnerctl(place, ["show", "plan.json", "--format", format]);
      expect(shown, format).toEqual({ status: 0, stdout: planned.stdout, stderr: "" });
    }
    const page = await partnerctl(place, ["show", "plan.json", "--format", "html"]);
    expect(page).toMatchObject({ status: 0, stdout: expect.stringMatching(/^<!doctype html>/) });
    const elsewhere = folder();
    writeFileSync(join(elsewhere, "plan.json"), readFileSync(join(place, "plan.json")));
    const here = await partnerctl(place, ["show", "plan.json"]);
    expect(await partnerctl(elsewhere, ["show", "plan.json"])).toEqual(here);
    mkdirSync(join(elsewhere, "broken"));
    write(join(elsewhere, "broken"), {
      "partnerctl.yaml": "kind: Nothing\n",
      "plan.json": readFileSync(join(place, "plan.json"), "utf8"),
    });
    const broken = await partnerctl(join(elsewhere, "broken"), ["show", "plan.json"]);
    expect(broken).toMatchObject({
      status: 0,
      stdout: here.stdout,
      stderr: expect.stringContaining("partnerctl.yaml"),
    });
  });

  test("shows who approved it, in formats for people, and says why another approval does not count", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    expect(
      (
        await partnerctl(place, [
          "approve",
          "plan.json",
          "--key",
          box.key("li"),
          "--note",
          "as agreed",
        ])
      ).status,
    ).toBe(0);
    const approved = new RegExp(`Approved by[^]*${li.replaceAll(".", "\\.")}[^]*as agreed`);
    for (const format of ["text", "markdown"]) {
      const shown = await partnerctl(place, ["show", "plan.json", "--format", format]);
      expect(shown, format).toMatchObject({ status: 0, stderr: "" });
      expect(
        shown.stdout.replaceAll(/&#64;|<\/?code>|`/g, (one) => (one === "&#64;" ? "@" : "")),
      ).toMatch(approved);
    }
    for (const args of [
      ["show", "plan.json"],
      ["plan", "--out", "plan.json"],
    ]) {
      const page = await partnerctl(place, [...args, "--format", "html"]);
      expect(page.stdout, args[0]).toContain(li);
      expect(page.stdout).toContain("BEGIN SSH SIGNATURE");
    }
    write(place, { signers: "" });
    expect(await partnerctl(place, ["show", "plan.json"])).toMatchObject({
      status: 0,
      stdout: expect.not.stringContaining("Approved by"),
      stderr: expect.stringContaining("approval/stranger"),
    });
  });

  test("opens a sealed plan for whom it is sealed", async () => {
    const place = project();
    const { identity, recipient } = await newIdentity();
    const planned = await partnerctl(place, [
      "plan",
      "--out",
      "plan.json.age",
      "--seal",
      recipient,
    ]);
    expect(
      await partnerctl(place, ["show", "plan.json.age"], {
        env: { PARTNERCTL_PLAN_IDENTITY: identity },
      }),
    ).toEqual({
      status: 0,
      stdout: planned.stdout,
      stderr: "",
    });
    expect(await partnerctl(place, ["show", "plan.json.age"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("plan/sealed"),
    });
  });

  test("shows a saved receipt, in the formats that can", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    await partnerctl(place, ["approve", "plan.json", "--key", box.key("li")]);
    const applied = await partnerctl(place, ["apply", "plan.json", "--format", "json"]);
    write(place, { "receipt.json": applied.stdout });
    expect(await partnerctl(place, ["show", "receipt.json", "--format", "json"])).toEqual({
      status: 0,
      stdout: applied.stdout,
      stderr: "",
    });
    for (const format of ["text", "markdown", "html"])
      expect(await partnerctl(place, ["show", "receipt.json", "--format", format])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(JSON.parse(applied.stdout).run),
        stderr: "",
      });
    for (const asked of [
      ["--format", "sarif"],
      ["--save", "sarif=receipt.sarif"],
    ]) {
      const { status, stdout, stderr } = await partnerctl(place, [
        "show",
        "receipt.json",
        ...asked,
      ]);
      expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("usage/format")]);
    }
    expect(readFileSync(join(place, "receipt.sarif"), "utf8")).toContain("usage/format");
  });

  test.each([
    ["missing.json", undefined, "plan/missing"],
    ["text.json", "hello\n", "plan/not-json"],
    ["other.json", '{"version":1}\n', "plan/not-a-plan"],
  ])("refuses %s", async (file, text, code) => {
    const place = folder();
    if (text !== undefined) write(place, { [file]: text });
    expect(await partnerctl(place, ["show", file])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining(code),
    });
    expect(existsSync(join(place, ".partnerctl"))).toBe(false);
  });

  test("refuses a plan that was altered", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    writeFileSync(
      join(place, "plan.json"),
      readFileSync(join(place, "plan.json"), "utf8").replace(
        "li-wei@mail.example",
        "zhao@mail.example",
      ),
    );
    expect(await partnerctl(place, ["show", "plan.json"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("plan/altered"),
    });
  });
});
