import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { planDigest } from "../../src/model/plan/plan.ts";
import { suzhou } from "../addresses.ts";
import { binary, folderWith, manifest, plain, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const project = (simulate: object = {}, more: object = {}) =>
  folderWith({
    "partnerctl.yaml": settings(simulate, more),
    "manifests/users.yaml": users("li-wei", "wang-fang"),
  });
const profile = manifest("PartnerProfile", undefined, { support: { telephone: "4005550100" } });
const customer = manifest("Customer", "fabrikam", {
  domain: "fabrikam.partner.onmschina.cn",
  billing: {
    companyName: "Fabrikam (Suzhou) Co., Ltd.",
    culture: "zh-CN",
    language: "zh-CHS",
    email: "finance@fabrikam.example",
    firstName: "Jun",
    lastName: "Sun",
    address: suzhou,
  },
});

describe("apply", () => {
  test("nothing is applied where nobody can be asked", async () => {
    const place = project();
    expect(await partnerctl(place, ["apply"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("--yes"),
    });
    expect(await partnerctl(place, ["history", "--format", "json"])).toMatchObject({
      stdout: expect.stringMatching(/"runs": ?\[\]/),
    });
  });

  test("a saved plan is applied as it was reviewed, and once", async () => {
    const place = project();
    expect(await partnerctl(place, ["plan", "--out", "plan.json"])).toMatchObject({ status: 0 });
    const plan = JSON.parse(readFileSync(join(place, "plan.json"), "utf8"));
    const applied = await partnerctl(place, ["apply", "plan.json", "--format", "json"]);
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(applied.stdout)).toMatchObject({
      plan: plan.digest,
      results: [{ status: "done" }, { status: "done" }],
    });
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("plan/spent"),
    });
    expect(await partnerctl(place, ["apply", "plan.json", "--only", "User/li-wei"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("--only"),
    });
  });

  test("a plan whose manifests changed is refused, unless it is said to stand alone", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    write(place, { "manifests/users.yaml": users("li-wei", "wang-fang", "chen-jie") });
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("plan/outdated"),
    });
    expect(await partnerctl(place, ["apply", "plan.json", "--detached"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("2 done"),
    });
  });

  test("a plan that names another entry as its own stands alone no more, whatever mark it bears", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "old.json"]);
    expect(await partnerctl(place, ["apply", "--yes", "--only", "User/li-wei"])).toMatchObject({
      status: 0,
    });
    await partnerctl(place, ["plan", "--out", "new.json"]);
    const [old, { basis }] = ["old.json", "new.json"].map((file) =>
      JSON.parse(readFileSync(join(place, file), "utf8")),
    );
    const forged = { ...old, basis: { ...old.basis, ledger: basis.ledger } };
    const { mark: _, ...unmarked } = { ...forged, digest: planDigest(forged) };
    for (const plan of [unmarked, { ...unmarked, mark: old.mark }]) {
      write(place, { "old.json": JSON.stringify(plan) });
      const refused = { status: 1, stdout: "", stderr: expect.stringContaining("plan/unmarked") };
      expect(await partnerctl(place, ["apply", "old.json", "--detached"])).toMatchObject(refused);
    }
  });

  test.each([
    ["no file", undefined, "plan/missing"],
    ["no JSON", "kind: Plan", "plan/not-json"],
    ["other JSON", "{}", "plan/not-a-plan"],
  ])("a plan file that is %s is refused", async (_, text, code) => {
    const place = project();
    if (text !== undefined) writeFileSync(join(place, "plan.json"), text);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining(code),
    });
    expect(await partnerctl(place, ["ledger", "attest", "plan.json", "User/li-wei"])).toMatchObject(
      {
        status: 1,
        stdout: "",
        stderr: expect.stringContaining(code),
      },
    );
  });

  test("a plan file that was altered is refused", async () => {
    const place = project();
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    const plan = readFileSync(join(place, "plan.json"), "utf8");
    expect(plan).toContain('"administrator": "none"');
    writeFileSync(
      join(place, "plan.json"),
      plan.replace('"administrator": "none"', '"administrator": "global"'),
    );
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("plan/altered"),
    });
  });

  test("5: a guard stops it until it is lifted by name", async () => {
    const place = project();
    write(place, { "manifests/customer.yaml": customer });
    expect(await partnerctl(place, ["plan"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("irreversible"),
    });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 5 });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({
      status: 5,
      stdout: expect.stringContaining("--allow irreversible"),
      stderr: expect.stringContaining("Nothing was applied"),
    });
    expect(await partnerctl(place, ["apply", "--yes", "--allow", "seats"])).toMatchObject({
      status: 5,
    });
    expect(
      await partnerctl(place, ["apply", "--yes", "--allow", "seats", "--allow", "irreversible"]),
    ).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["history"])).toMatchObject({
      stdout: expect.stringContaining("irreversible"),
    });
  });

  test("3: applied in part where a write fails; the rest goes on, and a second run does what is left", async () => {
    const place = project({ failBefore: { kind: "User", verb: "create", nth: 1 } });
    const said = await partnerctl(place, ["apply", "--yes", "--format", "json"]);
    expect(said.status).toBe(3);
    expect(
      JSON.parse(said.stdout)
        .results.map(({ status }: { status: string }) => status)
        .sort(),
    ).toEqual(["done", "failed"]);
    write(place, { "partnerctl.yaml": settings() });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 done"),
    });
  });

  test("4: stale where the account moved after the plan", async () => {
    const place = project();
    write(place, {
      "manifests/profile.yaml": profile,
      "other/partnerctl.yaml": settings(
        {},
        { adapters: { local: { account: "../.partnerctl/account" } } },
      ),
    });
    await partnerctl(place, ["plan", "--only", "PartnerProfile", "--out", "plan.json"]);
    write(place, { "other/manifests/profile.yaml": profile.replace("4005550100", "4009999999") });
    expect(await partnerctl(join(place, "other"), ["apply", "--yes"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 4,
      stdout: expect.stringContaining("stale"),
    });
  });

  test("6: while one run holds the lease, another is told who, and a dead one's lease is ended", async () => {
    const place = project({ latency: 3 });
    const first = execa(process.execPath, [binary, "apply", "--yes", "--actor", "li.wei"], {
      ...plain,
      cwd: place,
    });
    await leased(place);
    first.kill("SIGSTOP"); // It goes no further, however slow the machine is.
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({
      status: 6,
      stderr: expect.stringContaining("li.wei"),
    });
    expect(await partnerctl(place, ["ledger", "unlock"])).toMatchObject({
      status: 6,
      stdout: expect.stringContaining("li.wei"),
    });
    first.kill("SIGKILL");
    await first;
    write(place, { "partnerctl.yaml": settings() });
    expect(await partnerctl(place, ["ledger", "unlock"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("a lease that is ended by force is told of in history, with whose it was and why", async () => {
    const place = project({ latency: 3 });
    const first = execa(process.execPath, [binary, "apply", "--yes", "--actor", "li.wei"], {
      ...plain,
      cwd: place,
    });
    await leased(place);
    first.kill("SIGSTOP"); // It goes no further, however slow the machine is.
    const forced = [
      "ledger",
      "unlock",
      "--force",
      "--reason",
      "the runner hangs",
      "--actor",
      "wu.jun",
    ];
    expect(await partnerctl(place, forced)).toMatchObject({ status: 0 });
    first.kill("SIGKILL");
    await first;
    const told = {
      type: "unlocked",
      actor: "wu.jun",
      reason: "the runner hangs",
      heldBy: { actor: "li.wei", host: hostname() },
    };
    const { maintenance } = JSON.parse(
      (await partnerctl(place, ["history", "--format", "json"])).stdout,
    );
    expect(maintenance).toEqual([{ ...told, at: expect.any(String) }]);
    const text = `wu.jun  ended the lease of li.wei (on ${hostname()}) by force: “the runner hangs”`;
    expect(await partnerctl(place, ["history"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(text),
    });
  });

  test("the first Ctrl-C finishes what is in flight, records it, and says how to go on", async () => {
    const place = project({ latency: 0.2 }, { parallelism: 1 });
    write(place, {
      "manifests/users.yaml": users(...Array.from({ length: 12 }, (_, index) => `user-${index}`)),
    });
    const run = execa(process.execPath, [binary, "apply", "--yes", "--format", "json"], {
      ...plain,
      cwd: place,
    });
    await recorded(place, '"type":"outcome"');
    run.kill("SIGINT");
    const { exitCode, stdout, stderr } = await run;
    expect(exitCode).toBe(3);
    expect(stderr).toContain("Ctrl-C again");
    const receipt = JSON.parse(stdout);
    expect(receipt.interrupted).toBe(true);
    expect(new Set(receipt.results.map(({ status }: { status: string }) => status))).toEqual(
      new Set(["done", "skipped"]),
    );
    write(place, { "partnerctl.yaml": settings() });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
  });

  test("the second Ctrl-C ends it at once, and the next run settles what was open", async () => {
    const place = project({ latency: 1 });
    const run = execa(process.execPath, [binary, "apply", "--yes"], { ...plain, cwd: place });
    await recorded(place, '"type":"intent"');
    run.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 200));
    run.kill("SIGINT");
    expect(await run).toMatchObject({ exitCode: 130, stdout: "" });
    write(place, { "partnerctl.yaml": settings() });
    expect(await partnerctl(place, ["apply", "--yes"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("a machine that forgets writes nothing without a ledger and a sink that last", async () => {
    const adapter = `export function adapter() {
      return { name: "other", supports: {}, account: async () => ({ id: "other" }), read: async function* () {}, write: async () => undefined };
    }`;
    const place = project({}, { adapter: "./other.mjs" });
    write(place, { "other.mjs": adapter });
    expect(await partnerctl(place, ["apply", "--yes"], { env: { CI: "true" } })).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/ledger\/forgotten[\s\S]*credentials\/forgotten/),
    });
    const lasting = await partnerctl(place, ["apply", "--yes"], {
      env: { CI: "true", PARTNERCTL_MACHINE_LASTS: "1" },
    });
    expect(lasting.stderr).not.toContain("/forgotten");
    const inGit = { adapter: "./other.mjs", ledger: { type: "git", key: "${LEDGER_KEY}" } };
    write(place, {
      "partnerctl.yaml": settings({}, { ...inGit, credentials: { folder: "credentials" } }),
    });
    const pipeline = { CI: "true", LEDGER_KEY: "a key of some length" };
    const { stderr } = await partnerctl(place, ["apply", "--yes"], { env: pipeline });
    expect(stderr).toContain("credentials/forgotten");
    expect(stderr).not.toContain("ledger/forgotten");
    expect(
      (
        await partnerctl(place, ["apply", "--yes"], {
          env: { ...pipeline, PARTNERCTL_CREDENTIALS_LAST: "1" },
        })
      ).stderr,
    ).not.toContain("/forgotten");
    write(place, { "partnerctl.yaml": settings({}, inGit) });
    expect((await partnerctl(place, ["apply", "--yes"], { env: pipeline })).stderr).not.toContain(
      "/forgotten",
    );
  });

  test("a manual step is attested from the plan that showed it, and then there is nothing to do", async () => {
    const place = project({ manual: ["CatalogCustomization"] });
    write(place, {
      "manifests/catalog.yaml": manifest("CatalogCustomization", undefined, {
        featuredOffers: ["5FA4F213-638C-5693-ADE5-924129D90D90"],
      }),
    });
    await partnerctl(place, ["plan", "--out", "plan.json"]);
    expect(await partnerctl(place, ["apply", "plan.json"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("CatalogCustomization"),
    });
    expect(await partnerctl(place, ["ledger", "attest", "plan.json", "User/li-wei"])).toMatchObject(
      {
        status: 1,
        stderr: expect.stringContaining("attest/no-step"),
      },
    );
    const mistyped = await partnerctl(place, [
      "ledger",
      "attest",
      "plan.json",
      "CatalogCustomisation",
    ]);
    expect(mistyped.stderr).toContain("Did you mean `CatalogCustomization`?");
    expect(
      await partnerctl(place, [
        "ledger",
        "attest",
        "plan.json",
        "CatalogCustomization",
        "--actor",
        "zhao.lei",
        "--note",
        "in the portal",
      ]),
    ).toMatchObject({ status: 0, stdout: "" });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["history"])).toMatchObject({
      stdout: expect.stringContaining("zhao.lei"),
    });
  });

  test("settle needs something that is open", async () => {
    const place = project();
    expect(
      await partnerctl(place, ["ledger", "settle", "User/li-wei#1", "--did-not-happen"]),
    ).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("settle/not-open"),
    });
  });

  test("at a terminal it shows the plan and asks; only yes is yes", async (context) => {
    const place = project();
    write(place, { "manifests/customer.yaml": customer });
    const asked = (answer: string) =>
      execa("script", ["-qec", `"${process.execPath}" "${binary}" apply`, "/dev/null"], {
        ...plain,
        stdin: "pipe",
        cwd: place,
        input: `${answer}\n`,
      });
    if ((await execa("script", ["--version"], { reject: false })).failed) context.skip();
    expect(await asked("no")).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(
        /Customer\/fabrikam[\s\S]*Apply 3 changes, with these guards lifted: irreversible\? Type yes:[\s\S]*Nothing was applied/,
      ),
    });
    expect(await asked("yes")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("3 done"),
    });
  });
});

async function leased(place: string): Promise<void> {
  await recorded(place, '"type":"leased"');
  while (existsSync(join(place, ".partnerctl/ledger.jsonl.lock")))
    await new Promise((resolve) => setTimeout(resolve, 25));
}

/** Waits until the ledger holds this. */
async function recorded(place: string, text: string): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    if (ledger(place).includes(text)) return;
  }
  throw new Error(`the ledger never held ${text}`);
}

function ledger(place: string): string {
  try {
    return readFileSync(join(place, ".partnerctl/ledger.jsonl"), "utf8");
  } catch {
    return "";
  }
}
