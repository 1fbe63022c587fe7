import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demandIntents, demandSame, type Reference } from "./demands.ts";
import {
  apply,
  composition,
  each,
  exhaustive,
  ledgerOf,
  look,
  project,
  run,
  runToEnd,
  type Scratch,
  scratch,
  stepsIn,
} from "./scene.ts";

/** What a machine forgets is everything but the remote, the account and the sink. */
interface World {
  readonly folder: string;
  readonly kept: { readonly account: string; readonly sink: string };
}

const env = { PARTNERCTL_LEDGER_KEY: "a secret of this test alone, and of no other one" };
const tried = { steps: 0, kills: 0, runs: 0 };
let place: Scratch;
let reference: Reference;

beforeAll(async () => {
  Object.assign(process.env, env);
  place = await scratch();
  const folder = project(place, "origin", (settings) =>
    settings
      .replace(
        /^ledger:\n( .*\n)+/m,
        "ledger:\n  type: git\n  branch: ledger\n  leaseSeconds: 2\n  key: ${PARTNERCTL_LEDGER_KEY}\n",
      )
      .replace("account: .partnerctl/account", "account: ../kept/account")
      .replace("folder: .partnerctl/credentials", "folder: ../kept/credentials"),
  );
  await git(folder, "init", "--quiet", "--initial-branch=main");
  await git(folder, "add", ".");
  await git(
    folder,
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@localhost",
    "commit",
    "--quiet",
    "--message=Contoso",
  );
  const world = await newWorld("reference");
  const first = await clone(world, "machine");
  expect(await run(place, first, { args: apply, env })).toMatchObject({ status: 0 });
  reference = { looked: await look(first), composition: composition(world.kept.account) };
}, 120_000);

afterAll(() => {
  place.end();
  process.stderr.write(
    `crash: ${tried.kills} kills at ${tried.steps} steps of git and disk, ${tried.runs} runs, each on a fresh clone\n`,
  );
});

test("killed, and run again on a machine that knows nothing of it", async () => {
  const world = await newWorld("counted");
  const file = join(place.folder, "git-steps");
  expect(
    (
      await run(place, await clone(world, "machine"), {
        args: apply,
        sabotage: `count:${file}`,
        env,
      })
    ).status,
  ).toBe(0);
  tried.steps = stepsIn(file).length;
  const kills = exhaustive
    ? Array.from({ length: tried.steps }, (_, index) => index + 1)
    : spread(tried.steps, 8);
  await each(kills, 2, killed);
  expect(tried.kills).toBeGreaterThan(kills.length / 2);
}, 3_600_000);

test("a holder on another machine keeps others out until its time is up or somebody unlocks; a dead one on this machine does not", async () => {
  const world = await newWorld("lease");
  const lasting = (settings: string) => settings.replace("leaseSeconds: 2", "leaseSeconds: 300");
  const [there, here] = [await clone(world, "there", lasting), await clone(world, "here", lasting)];
  const at = Math.round(tried.steps / 2);
  expect(
    await run(place, there, {
      args: [...apply, "--actor", "li.wei"],
      sabotage: `kill-before:${at}`,
      host: "elsewhere",
      env,
    }),
  ).toMatchObject({ killed: true });
  const refused = await run(place, here, { args: apply, env });
  expect(refused).toMatchObject({
    status: 6,
    said: expect.stringMatching(/li\.wei \(process \d+ on elsewhere\) has held the lease since 20/),
  });
  expect(await run(place, here, { args: ["ledger", "unlock"], env })).toMatchObject({
    status: 6,
    said: expect.stringContaining("li.wei"),
  });
  expect(await run(place, here, { args: ["ledger", "unlock", "--force"], env })).toMatchObject({
    status: 1,
  });
  expect(
    await run(place, here, {
      args: ["ledger", "unlock", "--force", "--reason", "it was switched off"],
      env,
    }),
  ).toMatchObject({
    status: 0,
  });
  expect(
    await run(place, here, {
      args: [...apply, "--parallelism", "1"],
      sabotage: "kill-before:40",
      env,
    }),
  ).toMatchObject({
    killed: true,
  });
  const { entries: before } = await ledgerOf(here);
  expect(before.at(-1)?.type).not.toBe("released");
  // The first holder might still have been alive: what it left open waits for as long as a lease
  // lasts.
  expect(await runToEnd(place, here, { args: apply, env, ahead: 400 })).toMatchObject({
    status: 0,
  });
  await demandSame(place, reference, {
    kept: world.kept,
    looked: await look(here),
    before,
    what: "lease",
  });
}, 120_000);

async function killed(step: number): Promise<void> {
  const world = await newWorld(`kill-${step}`);
  const first = await run(place, await clone(world, "first"), {
    args: apply,
    sabotage: `kill-before:${step}`,
    host: "first",
    env,
  });
  tried.kills += first.killed ? 1 : 0;
  const second = await clone(world, "second");
  const { entries: before } = await ledgerOf(second);
  demandIntents(world.kept, before, `step ${step}`);
  const ended = await runToEnd(place, second, {
    args: [...apply, "--wait", "60s"],
    host: "second",
    env,
  });
  expect(ended, `step ${step}`).toMatchObject({ status: 0 });
  tried.runs += 2;
  await demandSame(place, reference, {
    kept: world.kept,
    looked: await look(await clone(world, "third")),
    before,
    what: `step ${step}`,
  });
  rmSync(world.folder, { recursive: true });
}

async function newWorld(name: string): Promise<World> {
  const folder = join(place.folder, `world-${name}`);
  await git(place.folder, "clone", "--quiet", "--bare", "origin", join(folder, "remote.git"));
  return {
    folder,
    kept: { account: join(folder, "kept/account"), sink: join(folder, "kept/credentials") },
  };
}

async function clone(
  { folder }: World,
  name: string,
  edit?: (settings: string) => string,
): Promise<string> {
  const path = join(folder, name);
  await git(folder, "clone", "--quiet", "--no-local", "remote.git", name);
  if (edit) {
    const file = join(path, "partnerctl.yaml");
    writeFileSync(file, edit(readFileSync(file, "utf8")));
  }
  return path;
}

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  await execa("git", args, {
    cwd: folder,
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });
}

/** So many steps, evenly from the first to the last. */
function spread(steps: number, count: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, index) => 1 + Math.round((index * (steps - 1)) / (count - 1)),
  );
}
