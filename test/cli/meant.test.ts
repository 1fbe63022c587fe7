import { expect, test } from "vitest";
import { folder, folderWith, manifest, settings, users, write } from "./binary.ts";
import { gitIn } from "../store/repository.ts";
import { partnerctl } from "./one-process.ts";

// Wherever a name is typed, the one that was meant is told.
const files = {
  "partnerctl.yaml": settings({}, { environments: { production: {} } }),
  "manifests/users.yaml": users("li-wei"),
  "quirk.json": '{ "throtle": {} }',
  "part.json": '{ "lag": { "oders": 1 } }',
  "value.json": '{ "throttle": { "per": "tenat" } }',
  "sort.json": '[{ "kind": "reste" }]',
  "field.json": '[{ "kind": "reset", "nht": 1 }]',
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
  ["a host of pipelines", ["init", "x", "--pipeline", "githb"], "`github`"],
  ["a kind to write", ["scaffold", "Usr"], "`User`"],
  ["a quirk", ["emulator", "--quirks", "quirk.json"], "`throttle`"],
  ["a quirk's part", ["emulator", "--quirks", "part.json"], "`orders`"],
  ["a quirk's value", ["emulator", "--quirks", "value.json"], "`tenant`"],
  ["a sort of fault", ["emulator", "--faults", "sort.json"], "`reset`"],
  ["a fault's field", ["emulator", "--faults", "field.json"], "`nth`"],
])("%s", async (_, args, meant) => {
  const { status, stdout, stderr } = await partnerctl(folderWith(files), args);
  expect((stdout + stderr).replaceAll(/\s+/g, " ")).toContain(`Did you mean ${meant}`);
  expect(status).toBeGreaterThan(0);
});

const policy = (on: string, expression: string) => ({
  "policies/own.yaml": JSON.stringify({
    apiVersion: "partnercenter/v1",
    kind: "Policy",
    metadata: { name: "own" },
    spec: { on, expression, message: "No." },
  }),
});

test.each<readonly [sort: string, written: object, meant: string]>([
  ["a setting", { "partnerctl.yaml": settings({}, { paralellism: 3 }) }, "`parallelism`"],
  ["an adapter", { "partnerctl.yaml": settings({}, { adapter: "locl" }) }, "`local`"],
  ["an option", { "partnerctl.yaml": settings({ lostRelies: {} }) }, "`lostReplies`"],
  ["an exclusive kind", { "partnerctl.yaml": settings({}, { exclusive: ["Usr"] }) }, "`User`"],
  ["a ledger", { "partnerctl.yaml": settings({}, { ledger: { type: "gti" } }) }, "`git`"],
  ["a policy's subject", policy("resorce", "true"), "`resource`"],
  ["a policy's variable", policy("resource", "resorce.name == 'x'"), "`resource`"],
  ["a policy's field", policy("resource", "resource.nmae == 'x'"), "`name`"],
  [
    "a suppressed policy",
    {
      ...policy("resource", "true"),
      "policies/not.yaml": JSON.stringify({
        apiVersion: "partnercenter/v1",
        kind: "Suppression",
        spec: { policy: "onw", reason: "old", until: "2099-01-01" },
      }),
    },
    "`own`",
  ],
])("%s that is written", async (_, written, meant) => {
  const place = folderWith({ ...files, "partnerctl.yaml": settings(), ...written });
  const { status, stdout, stderr } = await partnerctl(place, ["plan"]);
  expect((stdout + stderr).replaceAll(/\s+/g, " ")).toContain(`Did you mean ${meant}`);
  expect(status).toBe(1);
});

test("a branch, a level of the log", async () => {
  const place = folderWith({ ...files, ".gitignore": ".partnerctl" });
  gitIn(place, "init", "--quiet", "--initial-branch=main");
  gitIn(place, "add", "--all");
  const author = ["-c", "user.name=li", "-c", "user.email=li@contoso.example"];
  gitIn(place, ...author, "commit", "--quiet", "--message=one");
  const { status, stderr } = await partnerctl(place, ["plan", "--since", "mian"], {
    env: { PARTNERCTL_LOG: "htpp" },
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining("Did you mean `http`?")]);
  expect(stderr).toContain("Did you mean `main`?");
});

test("an object or a run of the history, whose credential", async () => {
  const place = folderWith(files);
  expect((await partnerctl(place, ["apply", "--yes"])).status).toBe(0);
  const { status, stderr } = await partnerctl(place, ["history", "User/li-wie"]);
  expect([status, stderr]).toMatchObject([
    1,
    expect.stringContaining("Did you mean `User/li-wei`?"),
  ]);
  const [run] = JSON.parse((await partnerctl(place, ["history", "--format", "json"])).stdout).runs;
  const credential = await partnerctl(place, ["credentials", "User/li-wie"]);
  expect(credential.stderr).toContain("Did you mean `User/li-wei`?");
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
