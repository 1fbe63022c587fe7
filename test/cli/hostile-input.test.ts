import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const settings =
  "apiVersion: partnercenter/v1\nkind: Settings\nadapter: local\nadapters: { local: { account: .partnerctl/account } }\n";
const manifest =
  "apiVersion: partnercenter/v1\nkind: PartnerProfile\nspec: { support: { email: a@b.example } }\n";
const prices = "priceLists: [{ file: p.csv, effective: 2020-01-01 }]\n";

function project(more = ""): string {
  const path = folder();
  mkdirSync(join(path, "manifests"));
  writeFileSync(join(path, "partnerctl.yaml"), settings + more);
  writeFileSync(join(path, "manifests/profile.yaml"), manifest);
  return path;
}

function pipe(path: string): void {
  execFileSync("mkfifo", [path]);
}

function sparse(path: string, size: number): void {
  writeFileSync(path, "");
  truncateSync(path, size);
}

type Case = readonly [
  what: string,
  spoil: (path: string) => void,
  args: readonly string[],
  code: string,
  more: string,
];

const cases: readonly Case[] = [
  [
    "a manifest that is a pipe",
    (path) => pipe(join(path, "manifests/x.yaml")),
    ["validate"],
    "file/not-regular",
    "",
  ],
  [
    "settings that are a pipe",
    (path) => replaced(path, pipe),
    ["validate"],
    "file/not-regular",
    "",
  ],
  [
    "settings that lead to a device",
    (path) => replaced(path, (file) => symlinkSync("/dev/zero", file)),
    ["validate"],
    "file/outside",
    "",
  ],
  [
    "settings of gigabytes",
    (path) => sparse(join(path, "partnerctl.yaml"), 2 ** 33),
    ["validate"],
    "file/too-large",
    "",
  ],
  [
    "a price list that is a pipe",
    (path) => pipe(join(path, "p.csv")),
    ["plan"],
    "file/not-regular",
    prices,
  ],
  [
    "a price list of gigabytes",
    (path) => sparse(join(path, "p.csv"), 2 ** 33),
    ["plan"],
    "file/too-large",
    prices,
  ],
  [
    "a price list that is a link to a key",
    (path) => symlinkSync("/etc/hostname", join(path, "p.csv")),
    ["plan"],
    "file/outside",
    prices,
  ],
  [
    "a plan that is a pipe",
    (path) => pipe(join(path, "plan.json")),
    ["apply", "plan.json"],
    "file/not-regular",
    "",
  ],
  [
    "a plan of gigabytes",
    (path) => sparse(join(path, "plan.json"), 2 ** 33),
    ["apply", "plan.json"],
    "file/too-large",
    "",
  ],
  [
    "a plan to be shown that is a pipe",
    (path) => pipe(join(path, "plan.json")),
    ["show", "plan.json"],
    "file/not-regular",
    "",
  ],
  [
    "a state folder that is a link",
    (path) => symlinkSync("manifests", join(path, ".partnerctl")),
    ["plan"],
    "project/state-link",
    "",
  ],
  [
    "a ledger that is a pipe",
    (path) => inState(path, "ledger.jsonl"),
    ["plan"],
    "is not a file",
    "",
  ],
  [
    "an account that is a pipe",
    (path) => inState(path, "account/account.jsonl"),
    ["plan"],
    "is not a file",
    "",
  ],
  [
    "a name with a line break",
    (path) => writeFileSync(join(path, "manifests/a\n::error::b.yaml"), manifest),
    ["fmt", "--check"],
    "file/name",
    "",
  ],
  [
    "a name that steers a terminal",
    (path) => writeFileSync(join(path, "manifests/a\u001b[2J.yaml"), manifest),
    ["validate"],
    "file/name",
    "",
  ],
];

function inState(path: string, name: string): void {
  mkdirSync(join(path, ".partnerctl/account"), { recursive: true });
  pipe(join(path, ".partnerctl", name));
}

function replaced(path: string, by: (file: string) => void): void {
  const file = join(path, "partnerctl.yaml");
  rmSync(file);
  by(file);
}

test.each<Case>(cases)("%s is refused, in words", async (what, spoil, args, code, more) => {
  const path = project(more);
  spoil(path);
  const { status, stdout, stderr } = await partnerctl(path, args);
  // Settings that lead to no account of a local backend are as a backend that cannot be reached.
  expect(status).toBe(what === "an account that is a pipe" ? 7 : 1);
  expect(stdout + stderr).toContain(code);
  expect(stdout + stderr).not.toMatch(/This is a bug|\p{Cc}(?<!\n)|^::/mu);
});

test("init writes nothing through a link", async () => {
  const path = folder();
  mkdirSync(join(path, "elsewhere"));
  symlinkSync("elsewhere", join(path, ".partnerctl"));
  const { status, stderr } = await partnerctl(path, ["init", "."]);
  expect([status, stderr]).toEqual([1, expect.stringContaining("project/state-link")]);
  expect(execFileSync("ls", ["-A", path], { encoding: "utf8" }).trim().split("\n")).toEqual([
    ".partnerctl",
    "elsewhere",
  ]);
});

test("an identity that a branch's link leads to is not shown", async () => {
  const path = project();
  mkdirSync(join(path, ".partnerctl"));
  writeFileSync(join(path, ".partnerctl/identity.txt"), "AGE-SECRET-KEY-1CANARY");
  symlinkSync("../.partnerctl/identity.txt", join(path, "manifests/x.yaml"));
  const { status, stdout, stderr } = await partnerctl(path, ["validate"]);
  expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("file/hidden")]);
  expect(stdout + stderr).not.toContain("AGE-SECRET-KEY");
});
