import { expect, test } from "vitest";
import { folder, folderWith, manifest, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

// Wherever a name is typed, the one that was meant is told.
const files = {
  "partnerctl.yaml": settings({}, { environments: { production: {} } }),
  "manifests/users.yaml": users("li-wei"),
};

test.each<readonly [sort: string, args: readonly string[], meant: string]>([
  ["a guard", ["apply", "--yes", "--allow", "mony"], "`money`"],
  ["an environment", ["plan", "--env", "prodution"], "`production`"],
  ["an object to explain", ["why", "User/li-wie"], "User/li-wei"],
  ["an object to plan", ["plan", "--only", "User/li-wie"], "`User/li-wei`"],
  ["an object to leave out", ["plan", "--except", "User/li-wie"], "`User/li-wei`"],
  ["a kind to plan", ["plan", "--only", "Usr"], "`User`"],
  ["an object to pull", ["pull", "--dry-run", "User/li-wie"], "`User/li-wei`"],
  ["a kind", ["explain", "Usr"], "`User`"],
  ["a field", ["explain", "User.recovry"], "`recovery`"],
  ["a code", ["explain", "guard/mony"], "`guard/money`"],
  ["a schema", ["schema", "Recept"], "`Receipt`"],
  ["a format", ["plan", "--format", "jsno"], "`json`"],
  ["a saved format", ["plan", "--save", "htlm=plan.html"], "`html`"],
  ["a language", ["plan", "--lang", "eb"], "`en`"],
  ["a shell", ["completion", "fsh"], "`fish`"],
  ["a command", ["valdiate"], "`validate`"],
  ["a command of a group", ["ledger", "setle"], "`ledger settle`"],
  ["an option", ["plan", "--onyl", "User"], "`--only`"],
])("%s", async (_, args, meant) => {
  const { status, stdout, stderr } = await partnerctl(folderWith(files), args);
  expect((stdout + stderr).replaceAll(/\s+/g, " ")).toContain(`Did you mean ${meant}`);
  expect(status).toBeGreaterThan(0);
});

test("an object or a run of the history", async () => {
  const place = folderWith(files);
  expect((await partnerctl(place, ["apply", "--yes"])).status).toBe(0);
  const { status, stderr } = await partnerctl(place, ["history", "User/li-wie"]);
  expect([status, stderr]).toMatchObject([
    1,
    expect.stringContaining("Did you mean `User/li-wei`?"),
  ]);
  const [run] = JSON.parse((await partnerctl(place, ["history", "--format", "json"])).stdout).runs;
  const mistyped = await partnerctl(place, ["history", `${run.run}x`]);
  expect(mistyped.stderr).toContain(`Did you mean \`${run.run}\`?`);
});

test("an offer, with the product's name beside it", async () => {
  const place = folderWith(files);
  const [offer] = JSON.parse(
    (await partnerctl(place, ["offers", "--format", "json"])).stdout,
  ).offers;
  const featuredOffers = [offer.id.replace(/.$/, "0")];
  write(place, {
    "manifests/catalog.yaml": manifest("CatalogCustomization", undefined, { featuredOffers }),
  });
  const { status, stdout } = await partnerctl(place, ["plan", "--format", "json"]);
  const { problems } = JSON.parse(stdout);
  expect([status, problems]).toMatchObject([1, [{ code: "catalog/offer-unknown" }]]);
  expect(problems[0].hint).toBe(`Did you mean \`${offer.id}\` (${offer.name})?`);
});

test("what is like nothing is told what there is", async () => {
  expect((await partnerctl(folder(), ["explain", "Machine"])).stderr).toContain(
    "Kinds are PartnerProfile, User",
  );
  const { stderr } = await partnerctl(folderWith(files), ["plan", "--only", "Machine/x"]);
  expect(stderr).toContain("hint: Name an address (Customer/fabrikam), a kind (User)");
});
