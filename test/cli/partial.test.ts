import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/model/plan/plan.ts";
import { gitIn } from "../store/repository.ts";
import { folderWith, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

// Whatever keeps a manifest from being read, its object is not taken for undeclared: nothing is
// removed, nothing said of what is unmanaged.

const exclusive = settings({}, { exclusive: ["User"], guards: { share: 100 } });

/** A project whose two users are applied; all of its kind that nobody declares is to go. */
async function applied(): Promise<string> {
  const place = folderWith({
    "partnerctl.yaml": exclusive,
    ".gitignore": ".partnerctl/\naccount*\nledger*\n",
    "manifests/ann.yaml": users("ann"),
    "manifests/bob.yaml": users("bob"),
  });
  expect(await partnerctl(place, ["apply", "--yes", "--allow", "last-global-admin"])).toMatchObject(
    { status: 0 },
  );
  gitIn(place, "init", "--quiet");
  gitIn(place, "add", "--all");
  gitIn(place, "commit", "--quiet", "-m", "one");
  return place;
}

async function planned(
  place: string,
  ...args: readonly string[]
): Promise<{ readonly plan: Plan; readonly stderr: string }> {
  const { stdout, stderr } = await partnerctl(place, ["plan", "--format", "json", ...args]);
  return { plan: JSON.parse(stdout), stderr };
}

const removed = ({ changes }: Plan) =>
  changes.flatMap(({ action, address }) => (action === "remove" ? [address] : []));

describe("a partial view removes nothing and claims nothing", () => {
  test.each<readonly [string, (place: string) => readonly string[] | undefined, string]>([
    ["a file on the command line", () => ["manifests/bob.yaml"], ""],
    [
      "another suffix",
      (place) =>
        void renameSync(join(place, "manifests/ann.yaml"), join(place, "manifests/ann.YAML")),
      "manifests/ann.YAML",
    ],
    [
      "JSON",
      (place) =>
        void renameSync(join(place, "manifests/ann.yaml"), join(place, "manifests/ann.json")),
      "manifests/ann.json",
    ],
    [
      "a hidden name",
      (place) =>
        void renameSync(join(place, "manifests/ann.yaml"), join(place, "manifests/.ann.yaml")),
      "manifests/.ann.yaml",
    ],
    [
      "a hidden folder",
      (place) => {
        mkdirSync(join(place, "manifests/.old"));
        renameSync(join(place, "manifests/ann.yaml"), join(place, "manifests/.old/ann.yaml"));
        return undefined;
      },
      "manifests/.old/ann.yaml",
    ],
    [
      "a link that leads nowhere",
      (place) => {
        rmSync(join(place, "manifests/ann.yaml"));
        symlinkSync("../people", join(place, "manifests/people"));
        return undefined;
      },
      "manifests/people",
    ],
    [
      "a sparse checkout",
      (place) =>
        void gitIn(place, "sparse-checkout", "set", "--no-cone", "/*", "!/manifests/ann.yaml"),
      "manifests/ann.yaml",
    ],
  ])("%s", async (_, happens, named) => {
    const place = await applied();
    const whole = await planned(place);
    expect(whole.plan.unmanaged).not.toBeNull();
    expect(whole.plan).not.toHaveProperty("partial");
    const foreign = removed(whole.plan);
    expect(foreign).not.toContain("User/ann");
    const args = happens(place) ?? [];
    const { plan, stderr } = await planned(place, ...args);
    expect(removed(plan)).toEqual([]);
    expect(plan).toMatchObject({ partial: true, unmanaged: null, coverage: null });
    expect(stderr).toContain(named);
    expect((await partnerctl(place, ["plan", ...args])).stdout).toContain(
      "Not all manifests were read",
    );
    const valid = await partnerctl(place, ["validate", ...args]);
    expect([valid.status, valid.stdout]).toEqual([0, expect.stringContaining(named)]);
    expect((await partnerctl(place, ["apply", "--yes", ...args])).stdout).not.toContain("- User/");
  });

  test("a file that is really gone takes its object with it", async () => {
    const place = await applied();
    rmSync(join(place, "manifests/ann.yaml"));
    expect(removed((await planned(place)).plan)).toHaveLength(1);
  });

  test("--since sees a change through a link", async () => {
    const place = folderWith({
      "partnerctl.yaml": settings(),
      "shared/ann.yaml": users("ann"),
      "manifests/bob.yaml": users("bob"),
    });
    symlinkSync("../shared/ann.yaml", join(place, "manifests/ann.yaml"));
    gitIn(place, "init", "--quiet");
    gitIn(place, "add", "--all");
    gitIn(place, "commit", "--quiet", "-m", "one");
    write(place, {
      "shared/ann.yaml": users("ann").replace('"displayName": "ann"', '"displayName": "Anna"'),
    });
    expect((await planned(place, "--since", "HEAD")).plan).toMatchObject({
      scope: ["User/ann"],
      changes: [{ address: "User/ann" }],
    });
  });

  test("a comparison of revisions names what it does not read", async () => {
    const place = await applied();
    renameSync(join(place, "manifests/ann.yaml"), join(place, "manifests/ann.YAML"));
    gitIn(place, "add", "--all");
    gitIn(place, "commit", "--quiet", "-m", "two");
    const said = await partnerctl(place, ["diff", "HEAD~1", "HEAD", "--format", "json"]);
    expect(said.stderr).toContain("manifests/ann.YAML");
    expect(JSON.parse(said.stdout)).toMatchObject({ partial: true, unmanaged: null });
  });
});
