import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { binary, folderWith, manifest, plain, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const colour = "\u001b[";
const names = Array.from({ length: 3 }, (_, index) => `user-${index}`);
const project = () =>
  folderWith({ "partnerctl.yaml": settings(), "manifests/users.yaml": users(...names) });

describe("what goes where", () => {
  test("colour only where it is wanted", async () => {
    const place = project();
    const colored = async (env: Record<string, string>) =>
      (await partnerctl(place, ["plan"], { env })).stdout.includes(colour);
    expect(await colored({})).toBe(false);
    expect(await colored({ FORCE_COLOR: "1" })).toBe(true);
    expect(await colored({ FORCE_COLOR: "0" })).toBe(false);
    expect(await colored({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(
      (await partnerctl(place, ["plan", "--no-color"], { env: { FORCE_COLOR: "1" } })).stdout,
    ).not.toContain(colour);
  });

  test("--quiet leaves the result alone", async () => {
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users("li-wei").replace(/,\n *"recovery": {[^}]*}/, ""),
    });
    const loud = await partnerctl(place, ["plan"]);
    const quiet = await partnerctl(place, ["plan", "--quiet"]);
    expect(loud.stderr).toContain("warning");
    expect(quiet).toEqual({ status: 0, stdout: loud.stdout, stderr: "" });
  });

  test("a reader that leaves early is no error", async () => {
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users(...Array.from({ length: 800 }, (_, index) => `user-${index}`)),
    });
    const piped = `"${process.execPath}" "${binary}" plan --verbose | head -n 1; exit "\${PIPESTATUS[0]}"`;
    const { exitCode, stdout, stderr } = await execa("bash", ["-c", piped], {
      ...plain,
      cwd: place,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(String(stdout).split("\n")).toHaveLength(2);
  });

  test("a reader that leaves early does not stop an apply", async () => {
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "manifests/users.yaml": users(...names),
    });
    await execa("bash", ["-c", `"${process.execPath}" "${binary}" apply --yes | true`], {
      ...plain,
      cwd: place,
    });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
    expect(readFileSync(join(place, ".partnerctl/ledger.jsonl"), "utf8")).toContain(
      '"type":"run-closed"',
    );
  });

  test.skipIf(process.getuid?.() === 0)(
    "a folder that cannot be written is said in plain words",
    async () => {
      const place = project();
      chmodSync(place, 0o555);
      const { status, stdout, stderr } = await partnerctl(place, ["plan", "--out", "plan.json"]);
      chmodSync(place, 0o755);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain("permission denied");
      expect(stderr).not.toMatch(/^ {4}at /m);
    },
  );

  test("a plan file's folder that is a file is said in plain words, and nothing half is left", async () => {
    const place = project();
    const { status, stderr } = await partnerctl(place, [
      "plan",
      "--out",
      "partnerctl.yaml/plan.json",
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/a file stands where a folder is needed/);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(existsSync(join(place, "plan.json"))).toBe(false);
  });

  test("a bug of ours shows its stack and asks for a report", async () => {
    const adapter = `export function adapter() {
      const fail = () => { null.boom; };
      return { name: "odd", supports: {}, account: fail, read: fail, write: fail };
    }`;
    const place = folderWith({
      "partnerctl.yaml": settings({}, { adapter: "./odd.mjs" }),
      "odd.mjs": adapter,
    });
    const { status, stderr } = await partnerctl(place, ["check"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ {4}at /m);
    expect(stderr).toContain("Please report it");
  });

  test("actor and commit come from the pipeline where they are not given", async () => {
    const place = project();
    const env = { GITHUB_ACTOR: "octo", GITHUB_SHA: "0123456789012345678901234567890123456789" };
    await partnerctl(place, ["apply", "--yes", "--only", "User/user-0"], { env });
    await partnerctl(place, ["apply", "--yes", "--only", "User/user-1", "--actor", "given"], {
      env,
    });
    const { runs } = JSON.parse((await partnerctl(place, ["history", "--format", "json"])).stdout);
    expect(runs).toMatchObject([
      { actor: "octo", commit: env.GITHUB_SHA },
      { actor: "given", commit: env.GITHUB_SHA },
    ]);
  });
});

describe("with git", () => {
  const git = (place: string, ...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.example", ...args], {
      cwd: place,
      encoding: "utf8",
    }).trim();

  function repository(): string {
    const place = project();
    write(place, {
      "manifests/profile.yaml": manifest("PartnerProfile", undefined, {
        support: { telephone: "4005550100" },
      }),
      ".gitignore": ".partnerctl/\n",
    });
    git(place, "init", "--quiet");
    git(place, "add", ".");
    git(place, "commit", "--quiet", "-m", "first");
    return place;
  }

  test("--since plans what was written since a revision", async () => {
    const place = repository();
    write(place, { "manifests/more.yaml": users("new") });
    const { stdout } = await partnerctl(place, ["plan", "--since", "HEAD", "--format", "json"]);
    const plan = JSON.parse(stdout);
    expect(plan.changes.map(({ address }: { address: string }) => address)).toEqual(["User/new"]);
    expect(plan.basis.commit).toBe(git(place, "rev-parse", "HEAD"));
    expect(await partnerctl(place, ["plan", "--since", "nowhere"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("git/unknown-revision"),
    });
  });

  test("diff compares revisions and folders alike", async () => {
    const place = repository();
    write(place, { "manifests/users.yaml": users(...names, "new") });
    git(place, "commit", "--quiet", "-am", "second");
    write(place, { "old/users.yaml": users(...names) });
    const revisions = await partnerctl(place, [
      "diff",
      "HEAD~1",
      "HEAD",
      "--detailed-exitcode",
      "--format",
      "json",
    ]);
    expect(revisions.status).toBe(2);
    expect(JSON.parse(revisions.stdout).changes).toMatchObject([
      { action: "create", address: "User/new" },
    ]);
    expect(await partnerctl(place, ["diff", "HEAD", "HEAD", "--detailed-exitcode"])).toMatchObject({
      status: 0,
    });
    expect(await partnerctl(place, ["diff", "old", "manifests"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("new"),
    });
    expect(await partnerctl(place, ["diff", "old", "nowhere"])).toMatchObject({
      status: 1,
      stdout: "",
    });
  });

  test("diff counts money by the price list, and does not judge offers that only a backend knows", async () => {
    const place = project();
    const offer = "5FA4F213-638C-5693-ADE5-924129D90D90";
    const order = (quantity: number, more: string) =>
      manifest("Subscription", "office", {
        customer: "fabrikam",
        offer,
        quantity,
        billingCycle: "monthly",
      }) + more;
    const customer = `---\n${manifest("Customer", "fabrikam", { domain: "fabrikam.partner.onmschina.cn" })}`;
    const unpriced = `---\n${manifest("Subscription", "visio", { customer: "fabrikam", offer: "00000000-0000-0000-0000-000000000001", quantity: 1, billingCycle: "annual" })}`;
    write(place, {
      "partnerctl.yaml": settings(
        {},
        { priceLists: [{ file: "prices.csv", effective: "2026-11-01" }] },
      ),
      "prices.csv": `Offer ID,Price per month\n${offer},150.00\n`,
      "from/a.yaml": order(10, customer),
      "to/a.yaml": order(12, customer + unpriced),
    });
    const said = await partnerctl(place, [
      "diff",
      "from",
      "to",
      "--at",
      "2026-11-30",
      "--format",
      "json",
    ]);
    expect(said).toMatchObject({ status: 0, stderr: "" });
    const plan = JSON.parse(said.stdout);
    expect(plan).toMatchObject({
      problems: [],
      totals: { money: { perMonth: "300.00", committed: "3600.00", currency: "CNY" } },
    });
    expect(plan.changes).toMatchObject([
      { address: "Subscription/fabrikam/office", cause: "manifest" },
      { address: "Subscription/fabrikam/visio", cause: "new" },
    ]);
    const early = await partnerctl(place, [
      "diff",
      "from",
      "to",
      "--at",
      "2026-10-31",
      "--format",
      "json",
    ]);
    expect(JSON.parse(early.stdout).totals).not.toHaveProperty("money");
    write(place, { "prices.csv": "nothing" });
    expect(await partnerctl(place, ["diff", "from", "to", "--at", "2026-11-30"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("price-list/"),
    });
  });
});
