import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, settings, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const user = (name: string, rest = "") => `# Who signs in.
apiVersion: partnercenter/v1
kind: User
metadata:
  name: ${name}
spec:
  userPrincipalName: ${name}@contoso.partner.onmschina.cn
  displayName: '${name}' # as on the door
  recovery: {alternateEmail: ${name}@mail.example}
${rest}`;
const roles = `  roles:
    agent:
      # the day shift
      - sales # since May
      # the night shift
      - helpdesk
`;

const offers = { offers: { "enterprise-e3": "5FA4F213-638C-5693-ADE5-924129D90D90" } };

/**
 * A project whose manifests were applied, and another on the same account, which stands for the
 * portal.
 */
async function scene(files: Readonly<Record<string, string>>, more: object = {}) {
  const place = folderWith({ "partnerctl.yaml": settings({}, { ...offers, ...more }), ...files });
  await applied(place);
  const account = join(place, ".partnerctl/account");
  const portal = folderWith({
    "partnerctl.yaml": settings({}, { adapters: { local: { account } }, ...offers }),
  });
  const changed = async (manifests: Readonly<Record<string, string>>) => {
    write(portal, manifests);
    await applied(portal);
  };
  return { place, changed, read: (file: string) => readFileSync(join(place, file), "utf8") };
}

async function applied(place: string): Promise<void> {
  const said = await partnerctl(place, ["apply", "--yes", "--allow", "irreversible"]);
  expect(said.status, said.stderr).toBe(0);
}

async function settled(place: string): Promise<void> {
  const plan = JSON.parse((await partnerctl(place, ["plan", "--format", "json"])).stdout);
  expect(plan.changes).toEqual([]);
}

describe("pull", () => {
  test("brings scalars and lists back where they are written, and touches nothing else", async () => {
    const { place, changed, read } = await scene({
      "manifests/users.yaml": `${user("li-wei", roles)}---\n${user("wang-fang")}`,
      "manifests/other.yaml": user("zhao-lei"),
    });
    const other = read("manifests/other.yaml");
    await changed({
      "manifests/users.yaml": `${user("li-wei", "  roles:\n    agent: [helpdesk, admin]\n").replace("'li-wei'", "\"Li, Wei: 'the' #1\"").replace("li-wei@mail", "li@mail")}`,
    });
    const before = read("manifests/users.yaml");
    const dry = await partnerctl(place, ["pull", "--dry-run"]);
    expect(dry).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("--- manifests/users.yaml\n+++ manifests/users.yaml\n@@ "),
    });
    expect(read("manifests/users.yaml")).toBe(before);
    expect(await partnerctl(place, ["pull", "--yes"])).toMatchObject({
      status: 0,
      stdout: dry.stdout,
    });
    expect(read("manifests/users.yaml")).toBe(
      before
        .replace("'li-wei'", "'Li, Wei: ''the'' #1'")
        .replace("li-wei@mail", "li@mail")
        .replace(
          "      # the day shift\n      - sales # since May\n      # the night shift\n      - helpdesk\n",
          "      # the day shift\n      - admin\n      # the night shift\n      - helpdesk\n",
        ),
    );
    expect(read("manifests/other.yaml")).toBe(other);
    await settled(place);
    expect(await partnerctl(place, ["pull", "--yes"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "Nothing to pull.\n",
    });
  });

  test("an overlay's field comes back into the overlay, an offer under its name", async () => {
    const { place, changed, read } = await scene(
      {
        "manifests/users.yaml": user("li-wei"),
        "manifests/catalog.yaml":
          "apiVersion: partnercenter/v1\nkind: CatalogCustomization\nspec:\n  featuredOffers: [ enterprise-e3 ] # in order\n",
        "overlays/test/users.yaml":
          "apiVersion: partnercenter/v1\nkind: User\nmetadata:\n  name: li-wei\nspec:\n  displayName: Tester # only here\n",
      },
      { overlay: "overlays/test" },
    );
    const base = read("manifests/users.yaml");
    await changed({
      "manifests/users.yaml": user("li-wei").replace("'li-wei'", "Another"),
      "manifests/catalog.yaml":
        "apiVersion: partnercenter/v1\nkind: CatalogCustomization\nspec:\n  featuredOffers: [15B8F35F-34D6-51AF-AC5B-79A0222883A3, enterprise-e3]\n",
    });
    expect(await partnerctl(place, ["pull", "--yes"])).toMatchObject({ status: 0 });
    expect(read("overlays/test/users.yaml")).toContain("  displayName: Another # only here\n");
    expect(read("manifests/users.yaml")).toBe(base);
    expect(read("manifests/catalog.yaml")).toContain(
      "  featuredOffers: [15B8F35F-34D6-51AF-AC5B-79A0222883A3, enterprise-e3] # in order\n",
    );
    await settled(place);
  });

  test("what manifests wish stands, unless it is given up with --all; addresses narrow it", async () => {
    const { place, changed, read } = await scene({
      "manifests/users.yaml": `${user("li-wei")}---\n${user("wang-fang")}`,
    });
    await changed({ "manifests/users.yaml": user("wang-fang").replace("'wang-fang'", "Fang") });
    writeFileSync(
      join(place, "manifests/users.yaml"),
      read("manifests/users.yaml").replace("'li-wei'", "Wished"),
    );
    const wished = read("manifests/users.yaml");
    const narrow = await partnerctl(place, ["pull", "User/li-wei", "--yes"]);
    expect(narrow).toMatchObject({
      status: 0,
      stdout: "",
      stderr: expect.stringContaining("pull/wished"),
    });
    expect(read("manifests/users.yaml")).toBe(wished);
    await partnerctl(place, ["pull", "User/li*", "--yes"]);
    expect(read("manifests/users.yaml")).toBe(wished);
    await partnerctl(place, ["pull", "--only", "User/wang-*", "--yes"]);
    expect(read("manifests/users.yaml")).toBe(wished.replace("'wang-fang'", "'Fang'"));
    await partnerctl(place, ["pull", "--all", "--yes"]);
    expect(read("manifests/users.yaml")).toBe(
      wished.replace("'wang-fang'", "'Fang'").replace("Wished", "li-wei"),
    );
    await settled(place);
  });

  test("a value that others share is refused with its place, the rest is pulled, and the status says so", async () => {
    const shared = user("li-wei")
      .replace("'li-wei'", "&name li-wei")
      .replace(
        "recovery: {alternateEmail: li-wei@mail.example}",
        "givenName: *name\n  usageLocation: CN",
      );
    const { place, changed, read } = await scene({ "manifests/users.yaml": shared });
    await changed({
      "manifests/users.yaml": user("li-wei").replace(
        "'li-wei'",
        "Wei\n  givenName: W\n  usageLocation: DE",
      ),
    });
    const said = await partnerctl(place, ["pull", "--yes"]);
    expect(said.status).toBe(1);
    expect(said.stderr).toContain("pull/shared");
    expect(said.stderr).toMatch(/manifests\/users\.yaml:8:\d+/);
    expect(said.stderr).toMatch(/manifests\/users\.yaml:9:\d+/);
    expect(read("manifests/users.yaml")).toBe(
      shared.replace("usageLocation: CN", "usageLocation: DE"),
    );
  });

  test("an object that has gone is no edit, but a reason for a tombstone", async () => {
    const { place, changed, read } = await scene({
      "manifests/users.yaml": `${user("li-wei")}---\n${user("wang-fang")}`,
    });
    const before = read("manifests/users.yaml");
    await changed({
      "manifests/users.yaml": `${user("wang-fang")}state: absent\nreason: has left\n`,
    });
    const said = await partnerctl(place, ["pull", "--yes"]);
    expect(said).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("state: absent"),
    });
    expect(said.stderr).toContain("identity/lost");
    expect(read("manifests/users.yaml")).toBe(before);
  });

  test("where nobody can be asked it wants --yes or --dry-run; an unknown address is told of", async () => {
    const { place } = await scene({ "manifests/users.yaml": user("li-wei") });
    expect(await partnerctl(place, ["pull"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("--dry-run"),
    });
    expect(await partnerctl(place, ["pull", "--yes", "User/nobody"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("scope/unknown"),
    });
  });
});
