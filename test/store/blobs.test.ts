import { chmodSync, openSync, readSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { most, readInput } from "../../src/store/files/read-input.ts";
import { BlobUnavailable, contents, inPortions } from "../../src/store/git/blobs.ts";
import { BranchUnavailable, readBranch } from "../../src/store/git/branch-files.ts";
import { checkout } from "../../src/store/git/checkout.ts";
import { readRevision } from "../../src/store/git/revisions.ts";
import { LedgerUnavailable } from "../../src/model/ledger/ledger.ts";
import { branchOf, snapshotOf } from "../../src/store/ledger/git/git-branch.ts";
import { gitIn } from "./repository.ts";
import { scratchFolder } from "./scratch.ts";

// Files of a tree that nobody checked out are inputs like others: what is too large is not read,
// and the rest a little at a time.

const scratch = scratchFolder("blobs");

function commit(): void {
  gitIn(scratch.root, "init", "--quiet", "--initial-branch", "main");
  gitIn(scratch.root, "add", "--all");
  gitIn(scratch.root, "commit", "--quiet", "-m", "one");
}

const sized = (...sizes: readonly number[]) =>
  sizes.map((size, index) => ({ hash: String(index), size }));
const sizes = (files: ReturnType<typeof sized>, limit: number) =>
  [...inPortions(files, limit)].map((some) => some.map(({ size }) => size));

test("no portion is larger than its limit, but for a single file; ten times the files are ten times the portions", () => {
  expect(sizes(sized(), 10)).toEqual([]);
  expect(sizes(sized(4, 6, 1, 30, 0, 10, 3), 10)).toEqual([[4, 6], [1], [30], [0, 10], [3]]);
  expect(sizes(sized(...Array<number>(1000).fill(1)), 10).length).toBe(100);
});

test("contents come in order, and each with its file", async () => {
  scratch.put({ a: "one", b: "", c: "\n\0three\n" });
  commit();
  const files = ["a", "c", "b", "a"].map((path) => ({
    path,
    hash: gitIn(scratch.root, "rev-parse", `HEAD:${path}`).trim(),
    size: 8,
  }));
  const found: string[] = [];
  for await (const [{ path }, bytes] of contents(files, scratch.root))
    found.push(`${path} ${Buffer.from(bytes).toString("utf8")}`);
  expect(found).toEqual(["a one", "c \n\0three\n", "b ", "a one"]);
  const none = { hash: "0".repeat(40), size: 1 };
  await expect(contents([none], scratch.root).next()).rejects.toBeInstanceOf(BlobUnavailable);
});

test("of a base's file that nothing may read no byte is copied, and whoever names it is told its size", async () => {
  scratch.put({ "partnerctl.yaml": "kind: Settings\n" });
  const size = most.priceList + 5;
  writeFileSync(join(scratch.root, "prices.csv"), "offer,price\n");
  truncateSync(join(scratch.root, "prices.csv"), size);
  commit();
  const base = await checkout(scratch.root, "HEAD");
  if (!base.ok) throw new Error(JSON.stringify(base.diagnostics));
  const file = join(base.value, "prices.csv");
  const start = Buffer.alloc(5, "-");
  readSync(openSync(file, "r"), start);
  expect([statSync(file).size, start]).toEqual([size, Buffer.alloc(5)]);
  expect(readInput(file, { shown: "prices.csv", limit: most.priceList })).toMatchObject({
    diagnostics: [{ code: "file/too-large" }],
  });
  expect(readInput(join(base.value, "partnerctl.yaml"), { limit: most.manifest })).toMatchObject({
    ok: true,
  });
});

test("a branch of files with one that is too large is not read", async () => {
  scratch.put({ "plan.json": "0123456789", mark: "0" });
  commit();
  const branch = { folder: scratch.root, remote: scratch.root, name: "main" };
  expect(
    [...((await readBranch(branch)) ?? [])].map(([name, bytes]) => [name, bytes.length]),
  ).toEqual([
    ["mark", 1],
    ["plan.json", 10],
  ]);
  await expect(readBranch(branch, 9)).rejects.toThrow("plan.json is larger than");
});

/** A repository whose tree lists a file that git cannot read, as in a clone that lacks some. */
function commitWithout(path: string): string {
  scratch.put({ [path]: "apiVersion: partnerctl/v1\n" });
  commit();
  const hash = gitIn(scratch.root, "rev-parse", `HEAD:${path}`).trim();
  const object = join(scratch.root, ".git/objects", hash.slice(0, 2), hash.slice(2));
  chmodSync(object, 0o600);
  writeFileSync(object, "damaged");
  return hash;
}

test("a file that git lists and cannot read is an error of the branch, the ledger or the revision that names it", async () => {
  const hash = commitWithout("ledger/1.yaml");
  const told = {
    ok: false,
    diagnostics: [{ code: "git/unknown-revision", message: expect.stringContaining(hash) }],
  };
  expect(await readRevision(scratch.root, "HEAD", ["."])).toMatchObject(told);
  expect(await checkout(scratch.root, "HEAD")).toMatchObject(told);
  const ledger = branchOf({
    folder: scratch.root,
    remote: scratch.root,
    branch: "main",
    now: () => new Date(),
  });
  const reading = async () => (await snapshotOf(ledger, "HEAD")).firstLine();
  await expect(reading()).rejects.toBeInstanceOf(LedgerUnavailable);
  gitIn(scratch.root, "update-ref", "refs/heads/flat", commitOfFolder("ledger"));
  await expect(
    readBranch({ folder: scratch.root, remote: scratch.root, name: "flat" }),
  ).rejects.toBeInstanceOf(BranchUnavailable);
});

function commitOfFolder(folder: string): string {
  return gitIn(scratch.root, "commit-tree", `HEAD:${folder}`, "-m", "flat").trim();
}
