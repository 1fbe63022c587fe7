// Pins what pipelines run to what it is today at its source: actions to a commit, the image to a
// digest.
//   npm run release:pin             looks every one up and writes what it found
//   npm run release:pin -- --check  writes nothing; fails where a pin is missing or is not what the
//                                   source says
// A line names its version: `uses: actions/checkout@<commit> # v4.2.2`, `default: node:22.17.1`,
// `image: …` (then with `@sha256:…`).
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const {
  PIN_GITHUB = "https://github.com/",
  PIN_REGISTRY = "https://registry-1.docker.io",
  PIN_TOKEN = "https://auth.docker.io/token",
} = process.env;
const files = [
  "action.yml",
  "examples/github/.github/workflows/partnerctl.yml",
  "templates/partnerctl.yml",
  ".github/workflows/ci.yml",
  ".github/workflows/release.yml",
  ".gitlab-ci.yml",
];
const check = process.argv.includes("--check");
const wrong = [];
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const pinned = await pin(text);
  if (pinned !== text && check) wrong.push(file);
  if (pinned !== text && !check) writeFileSync(file, pinned);
}
if (wrong.length > 0) {
  console.error(
    `Not pinned to what the source says: ${wrong.join(", ")}. Run npm run release:pin.`,
  );
  process.exitCode = 1;
}

async function pin(text) {
  const actions = text.replaceAll(
    /uses: ([\w-]+\/[\w-]+)@\S+ # (v\S+)/g,
    (_, name, version) => `uses: ${name}@${commitOf(name, version)} # ${version}`,
  );
  const named = /(default|image): (node):([\w.-]+)(?:@sha256:[0-9a-f]{64})?$/m;
  const [, key, image, version] = named.exec(actions) ?? [];
  if (image === undefined) return actions;
  return actions.replace(named, `${key}: ${image}:${version}@${await digestOf(image, version)}`);
}

/** An annotated tag has a line of its own for the commit it means, which comes last. */
function commitOf(name, version) {
  const tag = `refs/tags/${version}`;
  const rows = execFileSync("git", ["ls-remote", "--", `${PIN_GITHUB}${name}`, tag, `${tag}^{}`], {
    encoding: "utf8",
  })
    .trim()
    .split("\n");
  const [commit] = rows.at(-1).split("\t");
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new Error(`${name} has no ${version}`);
  return commit;
}

async function digestOf(image, version) {
  const repository = `library/${image}`;
  const { token } = await (
    await fetch(`${PIN_TOKEN}?service=registry.docker.io&scope=repository:${repository}:pull`)
  ).json();
  const accept =
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json";
  const answer = await fetch(`${PIN_REGISTRY}/v2/${repository}/manifests/${version}`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${token}`, accept },
  });
  const digest = answer.headers.get("docker-content-digest") ?? "";
  if (!answer.ok || !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new Error(`${image}:${version}: ${answer.status}, no digest`);
  return digest;
}
