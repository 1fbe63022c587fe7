import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { folder, folderWith, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const schema = ".vscode/schemas/manifest.schema.json";

const project = (more: Readonly<Record<string, string>> = {}) =>
  folderWith({
    "partnerctl.yaml": settings(
      {},
      { offers: { "office-e3": "5FA4F213-638C-5693-ADE5-924129D90D90" }, adapters: { local: {} } },
    ),
    ...more,
  });

interface Problem {
  readonly code: string;
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
}

/** The codes and places of what is wrong. */
function placesIn(text: string): readonly string[] {
  const { diagnostics } = JSON.parse(text) as { readonly diagnostics: readonly Problem[] };
  return diagnostics.map(({ code, at }) => (at ? `${at.line}:${at.column} ${code}` : code));
}

describe("a manifest to start with", () => {
  test("of each kind is valid beside the others, and says what its fields are", async () => {
    const place = project({ [schema]: "{}" });
    for (const { name, declared } of kinds) {
      if (!declared) continue;
      const file = `manifests/${name}.yaml`;
      const args = ["scaffold", name.toLowerCase(), "--out", file];
      expect(await partnerctl(place, args)).toMatchObject({ status: 0 });
      const text = readFileSync(join(place, file), "utf8");
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.vscode\/schemas\/[a-z-]+\.s/);
      expect(text).toMatch(/^ {2}# .*\n(?: {2}# .*\n)* {2}\w+:/m);
      expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThan(101);
    }
    const validated = await partnerctl(place, ["validate", "--format", "json"]);
    expect([validated.status, validated.stdout]).toEqual([0, expect.any(String)]);
    expect(await partnerctl(place, ["fmt", "--check", "manifests"])).toMatchObject({ status: 0 });
  });

  test("is printed without a project, has the name given, and speaks the user's language", async () => {
    const args = ["scaffold", "Customer", "--name", "fabrikam-2", "--lang", "zh-CN"];
    const { status, stdout } = await partnerctl(folder(), args);
    expect([status, stdout]).toEqual([0, expect.stringContaining("name: fabrikam-2")]);
    expect(stdout).toMatch(/^ *# .*[\u4e00-\u9fff]/m);
    expect(stdout).not.toContain("yaml-language-server");
  });

  test("a kind that there is not is guessed, and no file is overwritten", async () => {
    const place = project({ "manifests/users.yaml": users("li") });
    const unknown = await partnerctl(place, ["scaffold", "Custommer", "--format", "json"]);
    expect([unknown.status, placesIn(unknown.stdout)]).toEqual([1, ["explain/unknown"]]);
    expect(unknown.stdout).toContain("Did you mean `Customer`?");
    expect((await partnerctl(place, ["scaffold", "Offer"])).status).toBe(1);
    const args = ["scaffold", "User", "--out", "manifests/users.yaml", "--format", "json"];
    const refused = await partnerctl(place, args);
    expect([refused.status, placesIn(refused.stdout)]).toEqual([1, ["scaffold/exists"]]);
    expect(readFileSync(join(place, "manifests/users.yaml"), "utf8")).toBe(users("li"));
  });
});

const header = ["name", "Domain", "billing.companyName", "billing.email"];
const row = [
  "fabrikam",
  "fabrikam.partner.onmschina.cn",
  "苏州机械, 有限公司",
  "a@fabrikam.example",
];

/** The bytes of a table, as Chinese spreadsheets save it: GB 18030 has only these characters. */
const gb18030 = (text: string): Buffer =>
  Buffer.concat(
    text
      .split(/(苏州机械|有限公司)/)
      .map((one) =>
        one === "苏州机械"
          ? Buffer.from("cbd5d6ddbbfad0b5", "hex")
          : one === "有限公司"
            ? Buffer.from("d3d0cfdeb9abcbbe", "hex")
            : Buffer.from(one, "latin1"),
      ),
  );

describe("a table", () => {
  test.each([
    ["UTF-8", ",", (text: string) => Buffer.from(text)],
    ["UTF-8 with a byte order mark", ";", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16", "\t", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["GB 18030", ",", gb18030],
  ])("in %s, separated by %j, becomes manifests that plan", async (_name, separator, encode) => {
    const place = project();
    const cells = (one: readonly string[]) => one.map((cell) => `"${cell}"`).join(separator);
    writeFileSync(
      join(place, "customers.csv"),
      encode(`${[header, row].map(cells).join("\r\n")}\r\n`),
    );
    const args = ["scaffold", "Customer", "--from", "customers.csv"];
    expect(await partnerctl(place, [...args, "--out", "manifests/customers.yaml"])).toMatchObject({
      status: 0,
    });
    const text = readFileSync(join(place, "manifests/customers.yaml"), "utf8");
    expect(text).toContain("companyName: 苏州机械, 有限公司\n");
    expect((await partnerctl(place, ["validate"])).status).toBe(0);
  });

  test("of subscriptions refers to customers and offers of the project", async () => {
    const place = project({ "manifests/c.yaml": "" });
    write(place, {
      "manifests/c.yaml": `apiVersion: partnercenter/v1\nkind: Customer\nmetadata:\n  name: fabrikam\nspec:\n  domain: fabrikam.partner.onmschina.cn\n`,
      "s.csv": "name,customer,offer,quantity,renewal.mode\noffice,fabrikam,office-e3,25,renew\n",
    });
    const args = ["scaffold", "Subscription", "--from", "s.csv"];
    const { status, stdout } = await partnerctl(place, args);
    expect([status, stdout]).toEqual([
      0,
      "apiVersion: partnercenter/v1\nkind: Subscription\nmetadata:\n  name: office\nspec:\n  customer: fabrikam\n  offer: office-e3\n  quantity: 25\n  renewal:\n    mode: renew\n",
    ]);
    write(place, {
      "s.csv":
        'name,customer,offer,quantity\noffice,"fab\nrikan",e4,five\n"a b",fabrikam,office-e3,\n',
    });
    const out = ["--out", "manifests/s.yaml", "--format", "json"];
    const wrong = await partnerctl(place, [...args, ...out]);
    expect([wrong.status, placesIn(wrong.stdout)]).toEqual([
      1,
      [
        ...["2:8 reference/unknown", "2:8 schema/pattern"],
        ...["3:8 reference/unknown", "3:11 schema/type", "4:1 schema/pattern"],
      ],
    ]);
    expect(existsSync(join(place, "manifests/s.yaml"))).toBe(false);
  });

  test("what a spreadsheet would take for a formula is a text", async () => {
    const place = project();
    write(place, {
      "c.csv": `name,domain,billing.companyName\na,a.partner.onmschina.cn,"=HYPERLINK(""http://x"")"\n`,
    });
    const { stdout } = await partnerctl(place, ["scaffold", "Customer", "--from", "c.csv"]);
    expect(stdout).toContain('companyName: =HYPERLINK("http://x")\n');
  });

  test.each<readonly [text: string, places: readonly string[]]>([
    ["name,domian,domain,Domain\na,b,c,d\n", ["1:6 scaffold/column", "1:20 scaffold/column"]],
    ["domain\na.partner.onmschina.cn\n", ["1:1 scaffold/column"]],
    ["name,domain\n", ["scaffold/table"]],
    ["", ["scaffold/table"]],
    ['name,domain\na,"b\n', ["2:1 scaffold/table"]],
    ["PK\u0003\u0004 a workbook", ["scaffold/table"]],
    [
      "name,domain\na,a.partner.onmschina.cn\na,b.partner.onmschina.cn\n",
      ["3:1 identity/duplicate-address"],
    ],
    ["name,domain\na,\n", ["2:1 schema/required"]],
  ])("%j is refused where it is wrong", async (text, places) => {
    const place = project();
    write(place, { "c.csv": text });
    const args = ["scaffold", "Customer", "--from", "c.csv", "--format", "json"];
    const { status, stdout } = await partnerctl(place, args);
    expect([status, placesIn(stdout)]).toEqual([1, places]);
  });

  test("needs a project and a file", async () => {
    const args = ["scaffold", "Customer", "--from", "c.csv", "--format", "json"];
    expect(placesIn((await partnerctl(folder(), args)).stdout)).toEqual(["project/none"]);
    expect(placesIn((await partnerctl(project(), args)).stdout)).toEqual(["1:1 file/unreadable"]);
  });
});
