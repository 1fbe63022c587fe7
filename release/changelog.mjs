// Gathers the files of changes/ into CHANGELOG.md, under the version that package.json says.
//   npm run release:changelog             writes, and removes the files
//   npm run release:changelog -- --check  only tells what is wrong with a file
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const files = readdirSync("changes")
  .filter((file) => file !== "README.md")
  .sort()
  .map((file) => join("changes", file));
const entries = files.map((file) => ({ file, text: readFileSync(file, "utf8").trim() }));
const wrong = entries.flatMap(({ file, text }) =>
  faultsOf(file, text).map((fault) => `${file}: ${fault}`),
);
if (wrong.length === 0 && !process.argv.includes("--check")) wrong.push(...gather());
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exitCode = 1;
}

function faultsOf(file, text) {
  return [
    ...(file.endsWith(".md") ? [] : ["its name has to end in .md"]),
    ...(/^\*\*[^*\n]+\*\* /.test(text)
      ? []
      : ["it has to begin with what is different, in bold: **Plans are read faster.** …"]),
    ...(/^(?:#|[-*] )/m.test(text) ? ["it is one entry, without headings and bullets"] : []),
    ...(text.split("\n").some((line) => line.length > 100)
      ? ["a line is longer than 100 columns"]
      : []),
  ];
}

/** What stands under "Unreleased" stays, and comes first. */
function gather() {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  const log = readFileSync("CHANGELOG.md", "utf8");
  if (log.includes(`\n## ${version}\n`))
    return [`CHANGELOG.md has ${version} already: npm version says which one comes next`];
  const [, title, unreleased = "", older] =
    /^(# .*\n\n)(?:## Unreleased\n\n([\s\S]*?))?(?=## |$)([\s\S]*)$/.exec(log) ?? [];
  if (title === undefined)
    return ["CHANGELOG.md does not begin with a heading and a list of versions"];
  if (unreleased === "" && entries.length === 0) return ["nothing has changed: changes/ is empty"];
  const items = entries.map(({ text }) => `- ${text.replaceAll("\n", "\n  ")}\n`).join("");
  writeFileSync(
    "CHANGELOG.md",
    `${title}## ${version}\n\n${unreleased.trimEnd()}${unreleased && "\n"}${items}\n${older}`,
  );
  for (const { file } of entries) rmSync(file);
  return [];
}
