import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { kinds } from "../../src/kinds/index.ts";
import { leftovers } from "../languages/leftovers.ts";
import { folder, folderWith, settings, users } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const wrong = {
  "partnerctl.yaml": settings(),
  "manifests/users.yaml": users("li-wei").replace("displayName", "displayNam"),
};
const chinese = "不是 `spec` 的字段";
const inEnglish = "is not a field of";

/** Which language a run without a project's own say speaks. */
async function spoken(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await partnerctl(folderWith(wrong), ["validate", ...args], { env });
  return stdout.includes(chinese) ? "zh-CN" : stdout.includes(inEnglish) ? "en" : stdout;
}

describe("the language", () => {
  test.each([
    ["English where nothing is asked for", [], {}, "en"],
    ["--lang", ["--lang", "zh-CN"], {}, "zh-CN"],
    [
      "--lang, whatever its letters' case and wherever it stands",
      ["--lang=zh-cn", "manifests"],
      {},
      "zh-CN",
    ],
    ["--lang before the locale", ["--lang", "en"], { LC_ALL: "zh_CN.UTF-8" }, "en"],
    ["LANG", [], { LANG: "zh_CN.UTF-8" }, "zh-CN"],
    ["LC_MESSAGES before LANG", [], { LC_MESSAGES: "zh_CN.UTF-8", LANG: "en_US.UTF-8" }, "zh-CN"],
    ["LC_ALL before LC_MESSAGES", [], { LC_ALL: "C", LC_MESSAGES: "zh_CN.UTF-8" }, "en"],
    ["an empty variable is none", [], { LC_ALL: "", LANG: "zh_CN" }, "zh-CN"],
    ["zh", [], { LANG: "zh" }, "zh-CN"],
    ["zh-Hans", [], { LANG: "zh-Hans" }, "zh-CN"],
    ["Singapore writes as Beijing does", [], { LANG: "zh_SG.UTF-8" }, "zh-CN"],
    ["Taipei does not", [], { LANG: "zh_TW.UTF-8" }, "en"],
    ["a modifier", [], { LANG: "zh_CN.UTF-8@pinyin" }, "zh-CN"],
    ["POSIX", [], { LANG: "POSIX" }, "en"],
    ["a language there is no file for", [], { LANG: "fr_FR.UTF-8" }, "en"],
    ["nonsense", [], { LANG: "%%%" }, "en"],
  ])("%s", async (_, args, env, expected) => {
    expect(await spoken(args, env)).toBe(expected);
  });

  test("one that there is not is refused, and those there are are named", async () => {
    const { status, stdout, stderr } = await partnerctl(folder(), ["validate", "--lang", "fr"]);
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "error  usage/unknown-language\n  There is no language fr.\n  hint: Expected en, zh-CN.\n\n1 error.\n",
    });
  });
});

test("codes, keys and places are the same in every language; messages are not", async () => {
  const place = folderWith(wrong);
  const [one, other] = await Promise.all(
    ["en", "zh-CN"].map(async (lang) =>
      JSON.parse(
        (await partnerctl(place, ["validate", "--format", "json", "--lang", lang])).stdout,
      ),
    ),
  );
  const withoutWords = (given: { readonly diagnostics: readonly object[] }) =>
    given.diagnostics.map((one) => ({ ...one, message: "", hint: "" }));
  expect(withoutWords(one)).toEqual(withoutWords(other));
  expect(other.diagnostics[0].message).toContain(chinese);
});

test("a plan is the same document in every language: its digest covers its words", async () => {
  const place = folderWith({
    "partnerctl.yaml": settings(),
    "manifests/users.yaml": users("li-wei"),
  });
  const plan = async (lang: string) =>
    (await partnerctl(place, ["plan", "--format", "json", "--lang", lang, "--at", "2026-11-05"]))
      .stdout;
  expect(await plan("zh-CN")).toBe(await plan("en"));
});

test.each(["zh", "zh-Hans", "ZH-cn", "zh_CN"])(
  "--lang %s is Chinese as zh-CN writes it",
  async (tag) => {
    const place = folder();
    expect((await partnerctl(place, ["plan", "--help", "--lang", tag])).stdout).toContain(
      "退出状态：",
    );
  },
);

test("help is in Chinese, its columns aligned", async () => {
  const { stdout } = await partnerctl(folder(), ["plan", "--help"], {
    env: { LANG: "zh_CN.UTF-8" },
  });
  expect(stdout).toMatch(/^用法： partnerctl plan \[选项\] \[path\.\.\.\]\n\n将清单与帐户进行比对/);
  expect(stdout).toMatch(/^ {2}--out <file>\s+同时将计划写入此文件/m);
  expect(stdout).toContain("\n退出状态：\n  0  已制定计划\n");
});

test.each(["", ...commands.map(({ name }) => name)])(
  "%s --help leaves no English sentence",
  async (name) => {
    const { stdout } = await partnerctl(folder(), [...name.split(" ").filter(Boolean), "--help"], {
      env: { LANG: "zh_CN.UTF-8", COLUMNS: "200" },
    });
    expect(leftovers(stdout, "")).toEqual([]);
  },
);

test.each(kinds.map(({ name }) => name))("explain %s leaves no English sentence", async (name) => {
  const { stdout } = await partnerctl(folder(), ["explain", name], {
    env: { LANG: "zh_CN.UTF-8", COLUMNS: "200" },
  });
  expect(leftovers(stdout, "")).toEqual([]);
  expect(stdout).toContain("字段：");
});

test.each([
  [["nonsense"], "没有命令 nonsense。"],
  [["plan", "--nonsense"], "此处没有选项 --nonsense。"],
  [["plan", "--at", "tomorrow"], "应为 YYYY-MM-DD 格式的日期"],
  [["plan", "--format", "pdf"], "可选值为"],
  [["why"], "缺少参数 address。"],
  [["valdiate"], "是否指 `validate`？"],
  [["plan"], "中没有 partnerctl.yaml"],
])("%j is refused in Chinese", async (args, words) => {
  const { status, stderr } = await partnerctl(folder(), args, { env: { LC_ALL: "zh_CN.UTF-8" } });
  expect(status).toBe(1);
  expect(stderr).toContain(words);
  expect(leftovers(stderr, "")).toEqual([]);
});
