import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isDeviceName, isPortable } from "../../src/model/text/windows-names.ts";
import { readManifests } from "../../src/store/files/files.ts";
import { folderWith, manifest, settings, users } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";
import { suzhou } from "../addresses.ts";

describe("names Windows keeps for itself", () => {
  test.each([
    "con",
    "CON",
    "nul.yaml",
    "aux.old.yaml",
    "prn",
    "com1",
    "COM9.txt",
    "com0",
    "lpt1.yml",
    "lpt³",
    "conin$",
    "nul .yaml",
  ])("%s", (name) => expect([isDeviceName(name), isPortable(name)]).toEqual([true, false]));
  test.each([
    "conny",
    "console.yaml",
    "com10.yaml",
    "a.con",
    "_con.yaml",
    "auxiliary",
    "null",
    "comx",
  ])("not %s", (name) => expect([isDeviceName(name), isPortable(name)]).toEqual([false, true]));
  test.each(["a:b.yaml", "a?.yaml", "a|b", "x.", "x ", 'a"b', "<a>", "a\\b"])(
    "%s is no file's name there either",
    (name) => expect([isDeviceName(name), isPortable(name)]).toEqual([false, false]),
  );
});

test("manifests that cannot be checked out everywhere are warned of, and read", async () => {
  const place = folderWith({
    "partnerctl.yaml": settings(),
    "manifests/users.yaml": users("li-wei"),
  });
  mkdirSync(join(place, "manifests/aux"));
  for (const [file, user] of [
    ["con.yaml", "a"],
    ["aux/b.yaml", "b"],
    ["Users.yaml", "c"],
    ["a:b.yml", "d"],
  ] as const)
    writeFileSync(join(place, "manifests", file), users(user));
  const { value, diagnostics } = { value: undefined, ...readManifests(place, ["manifests"]) };
  expect(value).toHaveLength(5);
  expect(
    diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`),
  ).toEqual([
    "warning file/windows-name: manifests/a:b.yml cannot be checked out on Windows, which takes no file or folder called a:b.yml.",
    "warning file/windows-name: manifests/aux/b.yaml cannot be checked out on Windows, which takes no file or folder called aux.",
    "warning file/windows-name: manifests/con.yaml cannot be checked out on Windows, which takes no file or folder called con.yaml.",
    "warning file/case: manifests/users.yaml and manifests/Users.yaml are one file where capitals make no difference, as on Windows and macOS.",
  ]);
  const said = await partnerctl(place, ["validate"]);
  expect(said.status).toBe(0);
  expect(said.stdout + said.stderr).toContain(
    "manifests/con.yaml cannot be checked out on Windows",
  );
});

const customer = (name: string, domain: string) =>
  manifest("Customer", name, {
    domain,
    billing: {
      companyName: "Con",
      culture: "zh-CN",
      language: "zh-CHS",
      email: "c@mail.example",
      firstName: "Jun",
      lastName: "Sun",
      address: suzhou,
    },
  });

test("an export gives its files other names, keeps the objects' own, and plans nothing", async () => {
  const place = folderWith({
    "partnerctl.yaml": settings({}, { manifests: "manifests" }),
    "manifests/customers.yaml": [
      customer("con", "con.partner.onmschina.cn"),
      customer("lpt1.old", "lpt1.partner.onmschina.cn"),
      customer("conny", "conny.partner.onmschina.cn"),
    ].join("---\n"),
  });
  expect(
    await partnerctl(place, ["apply", "--yes", "--allow", "irreversible", "-q"]),
  ).toMatchObject({ status: 0 });
  expect(await partnerctl(place, ["export", "--out", "out", "-q"])).toMatchObject({ status: 0 });
  expect(readdirSync(join(place, "out/customers")).sort()).toEqual([
    "_con.yaml",
    "_lpt1.old.yaml",
    "conny.yaml",
  ]);
  expect(readFileSync(join(place, "out/customers/_con.yaml"), "utf8")).toContain("name: con\n");
  rmSync(join(place, "manifests"), { recursive: true });
  expect(await partnerctl(place, ["plan", "out", "--detailed-exitcode"])).toMatchObject({
    status: 0,
  });
  const account = join(place, ".partnerctl/account");
  const other = folderWith({
    "partnerctl.yaml": settings({}, { adapters: { local: { account } } }),
  });
  expect(await partnerctl(other, ["export", "--out", "anew", "-q"])).toMatchObject({ status: 0 });
  expect(readdirSync(join(other, "anew/customers")).sort()).toEqual([
    "_con.yaml",
    "_lpt1.yaml",
    "conny.yaml",
  ]);
});

describe("names the directory refuses", () => {
  const said = async (name: string) => {
    const spec = {
      userPrincipalName: name,
      displayName: "Bo",
      recovery: { alternateEmail: "b@mail.example" },
    };
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/u.yaml": manifest("User", "bo", spec),
    });
    const { status, stdout, stderr } = await partnerctl(place, ["validate"]);
    return { status, words: stdout + stderr };
  };
  test.each([
    ["bo\u200bb@contoso.partner.onmschina.cn", "U+200B"],
    ["李伟@contoso.partner.onmschina.cn", "U+674E"],
    ['a"b@contoso.partner.onmschina.cn', "U+0022"],
    ["a|b@contoso.partner.onmschina.cn", "U+007C"],
    ["a+b@contoso.partner.onmschina.cn", "U+002B"],
    ["bo@cont\u00f6so.partner.onmschina.cn", "U+00F6"],
    ["𝒷o@contoso.partner.onmschina.cn", "U+1D4B7"],
    ["bo.@contoso.partner.onmschina.cn", "no dot there"],
    ["bo@contoso..cn", "no dot there"],
  ])("%j: %s", async (name, words) => {
    const found = await said(name);
    expect(found.status).toBe(1);
    expect(found.words).toContain(words);
    expect(found.words).toContain("user/principal-name");
  });
  test.each([
    "o'bo_1.x-y!#^~@contoso.partner.onmschina.cn",
    "ann_example.com#EXT#@contoso.partner.onmschina.cn",
  ])("%j is taken", async (name) => expect((await said(name)).status).toBe(0));
});
