import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CODE_OF_CONDUCT.md",
  "changes/README.md",
  "release/README.md",
  "test/README.md",
  ".github/pull_request_template.md",
];

test.each(documents)("%s leads only to what is there", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(root, dirname(document), path)))).toEqual([]);
  const commands = [...text.matchAll(/`npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test.each(documents.filter((one) => one !== "README.md"))(
  "%s names only paths that are there",
  (document) => {
    const text = readFileSync(join(root, document), "utf8");
    const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]*|[\w-]+\.(?:md|ts|mjs|json))`/g)].map(
      ([, path = ""]) => path,
    );
    const places = ["", dirname(document)];
    const missing = named.filter(
      (path) => !places.some((place) => existsSync(join(root, place, path))),
    );
    // A case's folder has these.
    const ofCases = ["manifests/", "account.yaml", "case.yaml"];
    expect(
      missing.filter((path) => document !== "test/README.md" || !ofCases.includes(path)),
    ).toEqual([]);
  },
);
