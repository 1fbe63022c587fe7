import { readdirSync, readFileSync, existsSync, writeFileSync } from "node:fs";
import { test } from "vitest";
import { shown } from "../report/show.ts";
import { readLanguage } from "../../src/cli/language.ts";
test("look", () => {
  const language = readLanguage("zh-CN");
  if (!language) throw new Error("none");
  let all = "";
  for (const name of readdirSync("test/report/cases")) {
    for (const format of ["text", "markdown"])
      all += `\n=== ${name} ${format}\n${shown(new URL(`../report/cases/${name}/`, import.meta.url), format, { language, color: false })}`;
  }
  writeFileSync("/tmp/zh/out/cases.txt", all);
  const fix: string[] = [];
  for (const name of readdirSync("test/manifest/fixtures")) {
    const f = `test/manifest/fixtures/${name}/expected.txt`;
    if (!existsSync(f)) continue;
    fix.push(`--- ${name}`);
    for (const line of readFileSync(f, "utf8").split("\n")) {
      fix.push(line);
      const told = language.told(line.trim().replace(/^hint: /, ""));
      if (told !== line.trim()) fix.push(`      => ${told}`);
    }
  }
  writeFileSync("/tmp/zh/out/fixtures.txt", fix.join("\n"));
});
