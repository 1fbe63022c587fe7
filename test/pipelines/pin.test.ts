import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { folder } from "../cli/binary.ts";
import { gitIn } from "../store/repository.ts";

const root = join(import.meta.dirname, "../..");
const workflows = [
  "action.yml",
  "examples/github/.github/workflows/partnerctl.yml",
  ".github/workflows/ci.yml",
  ".github/workflows/release.yml",
];
const images = { "templates/partnerctl.yml": "default", ".gitlab-ci.yml": "image" };
const pinned = [...workflows, ...Object.keys(images)];
const digest = `sha256:${"ab".repeat(32)}`;

/** A registry that knows the digest of one image, for whoever brings a token. */
async function registry(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/token")) return void response.end(JSON.stringify({ token: "t" }));
    const known =
      request.method === "HEAD" &&
      request.headers.authorization === "Bearer t" &&
      /\/library\/node\//.test(request.url ?? "");
    response.writeHead(known ? 200 : 404, known ? { "docker-content-digest": digest } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("actions and the image are pinned to what their source says, and a wrong pin is found", async () => {
  const place = folder();
  for (const path of [...pinned, "release"])
    cpSync(join(root, path), join(place, path), { recursive: true });
  const versions = new Map<string, string>();
  for (const path of pinned)
    for (const [, name = "", version = ""] of readFileSync(join(place, path), "utf8").matchAll(
      /uses: (actions\/\S+)@\S+ # (\S+)/g,
    ))
      versions.set(name, version);
  expect([...versions.keys()].sort()).toEqual([
    "actions/checkout",
    "actions/setup-node",
    "actions/upload-artifact",
  ]);
  const commits = new Map<string, string>();
  for (const [name, version] of versions) {
    const repository = join(place, "hosts", name);
    mkdirSync(repository, { recursive: true });
    gitIn(repository, "init", "--quiet");
    gitIn(repository, "commit", "--quiet", "--allow-empty", "--message", name);
    gitIn(repository, "tag", "--annotate", "--message", "x", version);
    commits.set(name, gitIn(repository, "rev-parse", "HEAD").trim());
  }
  const url = await registry();
  const env = {
    PIN_GITHUB: `${join(place, "hosts")}/`,
    PIN_REGISTRY: url,
    PIN_TOKEN: `${url}/token`,
  };
  const pin = (...args: string[]) =>
    execa(process.execPath, ["release/pin.mjs", ...args], { cwd: place, env, reject: false });
  expect(await pin("--check")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("action.yml"),
  });
  expect(await pin()).toMatchObject({ exitCode: 0, stderr: "" });
  const text = pinned.map((path) => readFileSync(join(place, path), "utf8")).join("\n");
  for (const [name, commit] of commits)
    expect(text).toContain(`uses: ${name}@${commit} # ${versions.get(name)}`);
  for (const [path, key] of Object.entries(images))
    expect(readFileSync(join(place, path), "utf8")).toMatch(
      new RegExp(`${key}: node:[\\d.]+@${digest}\n`),
    );
  expect(await pin("--check")).toMatchObject({ exitCode: 0 });
});

test("every action of others is pinned to a commit, with its version beside it", () => {
  for (const path of workflows)
    for (const [line, used = ""] of readFileSync(join(root, path), "utf8").matchAll(
      /uses: (\S+)[^\n]*/g,
    ))
      if (!used.startsWith("partnerctl/"))
        expect(line, path).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
