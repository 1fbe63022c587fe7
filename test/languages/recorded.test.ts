import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { AdapterError } from "../../src/model/adapter.ts";
import { address } from "../../src/model/address.ts";
import { otherKey } from "../../src/model/ledger/ledger-key-problems.ts";
import { emptyState, type OpenIntent } from "../../src/model/ledger/ledger-state.ts";
import type { Policy } from "../../src/model/policy.ts";
import { say, type Wording } from "../../src/model/text/phrase.ts";
import { textOf, type Worded } from "../../src/model/text/recorded.ts";
import { wordingOf } from "../../src/model/text/worded-error.ts";
import { digest, type Hash } from "../../src/model/values/digest.ts";
import { backendTrouble } from "../../src/operations/project/backend-diagnostic.ts";
import { otherAccount } from "../../src/operations/project/ready.ts";
import { openOutcomes } from "../../src/operations/settle/open-outcomes.ts";
import { compilePolicies } from "../../src/policy/compile.ts";
import { language } from "../../src/report/language/language.ts";
import { readApprovals } from "../../src/store/approvals/approval-files.ts";
import { gitTrouble } from "../../src/store/git/git-trouble.ts";
import { reviewOf } from "../../src/store/hosts/index.ts";
import { entryAfter } from "../../src/store/ledger/chain/chain.ts";
import { runTool } from "../../src/store/secrets/run-tool.ts";
import { folder } from "./source.ts";

const { told } = language(
  "zh-CN",
  JSON.parse(readFileSync(`${folder}languages/zh-CN.json`, "utf8")),
);
const at = { file: "p.yaml", line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };

/** A message as a document keeps it: as JSON, which was written and read again. */
function kept(one: Worded | undefined): Wording {
  return textOf(JSON.parse(JSON.stringify(one)) as Worded, "message");
}

function thrownBy(work: () => unknown): Wording {
  try {
    work();
  } catch (error) {
    return wordingOf(error);
  }
  throw new Error("nothing was thrown");
}

const policy: Policy = {
  name: "terms",
  spec: { on: "resource", expression: 'date("2026-02-30") < today', message: "m" },
  locate: () => at,
};
const begun = "2026-12-01T00:00:00Z";
const open: OpenIntent = {
  ...{ run: "r", kind: "User", change: "User/a#1", action: "create", at: begun, seq: 3 },
  ...{ address: address("User", "a"), object: "User/a", attempt: 1 },
  ...{ requestId: "q", digest: digest("") },
};
const account = { id: "a", adapter: "local" };
const asked = say`the host ${"h"} asks ${3} times`;

const messages: readonly (readonly [string, () => Wording | Promise<Wording>])[] = [
  [
    "这不是此账本的密钥：其公钥为 key-a，而账本是用 key-b 签名的。",
    () => kept(otherKey("key-a", "key-b")),
  ],
  [
    "git 无法识别 abc：fatal: bad revision 'abc'。",
    () => kept(gitTrouble("fatal: bad revision 'abc'", "/repository", "abc")),
  ],
  [
    `用于 secrets.x 的命令 ${process.execPath} 失败：它以状态 4 结束。`,
    async () => {
      const command = [process.execPath, "-e", "process.exit(4)"];
      const run = await runTool(command, { field: "secrets.x", base: folder });
      return kept(run.diagnostics[0]);
    },
  ],
  [
    "/none/a.approval：没有此文件。",
    () => kept(readApprovals("/none/plan.json", ["/none/a.approval"]).diagnostics[0]),
  ],
  [
    "策略 `terms` 的 `expression` 不正确：没有 2026-02-30 这一天。",
    () => {
      const book = { policies: [policy], suppressions: [], digest: digest("") };
      return kept(compilePolicies(book).diagnostics[0]);
    },
  ],
  [
    "无法读取发票：the host h asks 3 times",
    () =>
      kept(backendTrouble(new AdapterError("denied", asked), say`The invoices could not be read`)),
  ],
  [
    "此账本是为帐户 a（local），项目 p 创建的，而此处是帐户 b（local），项目 p。",
    () => {
      const state = { ...emptyState(), foundedFor: { account, project: "p" } };
      return kept(otherAccount(state, { account: { ...account, id: "b" }, project: "p" }));
    },
  ],
  [
    `不清楚 User/a#1（新建，开始于 ${begun}）是否已完成。`,
    () => kept(openOutcomes({ ...emptyState(), open: { "User/a": open } })[0]),
  ],
  ["第 5 行不是 JSON。", () => thrownBy(() => entryAfter({ seq: 4, head: "" as Hash }, "{"))],
  ["这不是 GitHub或GitLab 的流水线，因此没有可评论的对象。", () => thrownBy(() => reviewOf({}))],
];

test.each(messages)("%s is made of the values that were recorded", async (chinese, made) => {
  const text = await made();
  // A string would have to be parsed.
  expect(text).toMatchObject({ template: expect.any(String), values: expect.any(Array) });
  expect(told(text)).toBe(chinese);
});
