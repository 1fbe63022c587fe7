import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { ProjectHarness } from "../operations/project-harness.ts";

/** Keeps the project in a repository that others can reach, and the ledger on a branch of it. */
export async function publish(shop: ProjectHarness, beside: string): Promise<void> {
  shop.edit(
    "partnerctl.yaml",
    [
      "  type: file\n  path: .partnerctl/ledger.jsonl\n",
      "  type: git\n  branch: ledger\n  key: ${PARTNERCTL_LEDGER_KEY}\n",
    ],
    [
      "    ledger:\n      path: .partnerctl/emulator.jsonl\n      shared: false # an emulator of this machine is applied from this machine\n",
      "",
    ],
    ["    ledger:\n      path: .partnerctl/production.jsonl\n", ""],
  );
  await git(shop.folder, "init", "--quiet", "--initial-branch=main");
  await git(shop.folder, "add", ".");
  await git(
    shop.folder,
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@localhost",
    "commit",
    "--quiet",
    "--message=Contoso",
  );
  await git(beside, "clone", "--quiet", "--bare", shop.folder, "remote.git");
}

/** A machine that knows nothing: all that lasts are the repository and the sink. */
export async function forget(shop: ProjectHarness, beside: string): Promise<void> {
  const aside = join(beside, "credentials");
  if (existsSync(shop.kept.sink)) renameSync(shop.kept.sink, aside);
  rmSync(shop.folder, { recursive: true });
  await git(beside, "clone", "--quiet", "--no-local", join(beside, "remote.git"), shop.folder);
  mkdirSync(join(shop.folder, ".partnerctl"), { recursive: true });
  if (existsSync(aside)) renameSync(aside, shop.kept.sink);
}

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  await execa("git", args, {
    cwd: folder,
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });
}
