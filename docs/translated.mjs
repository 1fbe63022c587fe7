// Says which pages in Chinese are of an older English page, and ends with 1 if there is one.
// `node docs/translated.mjs --renew` takes all of them as translated: run it after translating.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const renew = process.argv.includes("--renew");
const documents = readdirSync("docs").filter((name) => name.endsWith(".md"));
const pages = [
  ["README.md", "README.zh-CN.md"],
  ...documents.map((name) => [`docs/${name}`, `docs/zh-CN/${name}`]),
];
for (const [english, chinese] of pages) {
  if (!existsSync(chinese)) tell(`${english} is not translated: write ${chinese}.`);
  else compare(english, chinese);
}

function compare(english, chinese) {
  const text = readFileSync(chinese, "utf8");
  const first = `<!-- translated from ${english} sha256:${digest(english)} -->`;
  const end = text.indexOf("\n");
  if (text.slice(0, end) === first) return;
  if (renew) return writeFileSync(chinese, `${first}${text.slice(end)}`);
  tell(
    `${english} has changed: translate the change in ${chinese}, then run ` +
      "`node docs/translated.mjs --renew`.",
  );
}

/** Of the words outside of blocks: the blocks of both pages are compared themselves. */
function digest(path) {
  const prose = readFileSync(path, "utf8").replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, "");
  return createHash("sha256").update(prose.replaceAll(/\s+/g, " ")).digest("base64url");
}

function tell(message) {
  console.error(message);
  process.exitCode = 1;
}
