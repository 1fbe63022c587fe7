import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readManifests } from "../../src/store/files/files.ts";
import { linkTrouble, stateTrouble } from "../../src/store/files/links.ts";

let scratch = "";
let root = "";
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "partnerctl-links-"));
  root = join(scratch, "project");
  put(
    "partnerctl.yaml",
    "prices.csv",
    ".partnerctl/identity.txt",
    ".git/config",
    "node_modules/p/x.yaml",
    ".hidden/x.yaml",
    "m/a.yaml",
    "../out.yaml",
  );
});
afterEach(() => rmSync(scratch, { recursive: true }));

function put(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "AGE-SECRET-KEY-1");
  }
}

function read(...paths: readonly string[]): readonly string[] {
  const checked = readManifests(root, paths);
  return checked.ok
    ? checked.value.map(({ path }) => path)
    : checked.diagnostics.map(({ code, at }) => `${code} ${at?.file}`);
}

test.each([
  ["../.partnerctl/identity.txt", "file/hidden m/x.yaml"],
  ["../.git/config", "file/hidden m/x.yaml"],
  ["../node_modules/p/x.yaml", "file/hidden m/x.yaml"],
  ["../.hidden/x.yaml", "file/hidden m/x.yaml"],
  ["../../out.yaml", "file/outside m/x.yaml"],
  ["/etc/hostname", "file/outside m/x.yaml"],
])("a manifest that is a link to %s is not read", (target, expected) => {
  symlinkSync(target, join(root, "m/x.yaml"));
  expect(read("m")).toEqual([expected]);
});

test("nor is a folder that is such a link, or a link to a link", () => {
  symlinkSync("../.hidden", join(root, "m/folder"));
  symlinkSync("folder/x.yaml", join(root, "m/x.yaml"));
  expect(read("m")).toEqual(["file/hidden m/folder", "file/hidden m/x.yaml"]);
});

test("a hidden folder may be named, what the tool and git keep may not", () => {
  expect(read(".hidden")).toEqual([".hidden/x.yaml"]);
  expect(read(".partnerctl/identity.txt", ".git")).toEqual([
    "file/hidden .git",
    "file/hidden .partnerctl/identity.txt",
  ]);
});

test.each(["a\nb.yaml", "a\u001b[2Jb.yaml", "a\u202eb.yaml", "a\u0007.yaml"])(
  "a file called %j is not read",
  (name) => {
    put(`m/${name}`);
    const checked = readManifests(root, ["m"]);
    expect(checked).toMatchObject({
      ok: false,
      diagnostics: [{ code: "file/name", hint: expect.stringContaining("Rename it") }],
    });
  },
);

test("a file that the settings name may lie anywhere, but no link of it leads away", () => {
  const trouble = (path: string) => linkTrouble(root, join(root, path), path)?.code;
  expect([trouble("prices.csv"), trouble("../out.yaml"), trouble("nowhere")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  symlinkSync("prices.csv", join(root, "link.csv"));
  symlinkSync("../out.yaml", join(root, "away.csv"));
  symlinkSync(".hidden/x.yaml", join(root, "deep.csv"));
  expect([trouble("link.csv"), trouble("away.csv"), trouble("deep.csv")]).toEqual([
    undefined,
    "file/outside",
    "file/hidden",
  ]);
  expect(trouble(".partnerctl/identity.txt")).toBe("file/hidden");
});

test.each([
  ".partnerctl",
  ".partnerctl/cache",
  ".partnerctl/credentials/a",
  ".partnerctl/identity.txt",
])("state that is a link is refused: %s", (path) => {
  expect(stateTrouble(root)).toBeUndefined();
  rmSync(join(root, path), { recursive: true, force: true });
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(scratch, join(root, path));
  expect(stateTrouble(root)).toMatchObject({
    code: "project/state-link",
    message: expect.stringContaining(`${path} is a link`),
  });
});
