import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Approval } from "../../src/model/plan/approval.ts";
import type { Entry } from "../../src/model/ledger/ledger.ts";
import { keptApprovals } from "../../src/operations/verify-approvals.ts";
import { auditorsReadme } from "../../src/store/ledger/git/auditors-readme.ts";
import { examineBy } from "../../src/store/approvals/ssh-signature.ts";
import { keys, signed, somePlan } from "./keys.ts";

const box = keys();
afterAll(() => box.end());
const at = "2026-11-22T08:30:00Z";

async function said(
  change: (approval: Approval) => Approval,
  entry: Partial<Entry & { type: "run-opened" }> = {},
  line?: string,
) {
  const { statement, signature } = await signed(somePlan(), box.key("li"), { at });
  const approval = change({
    principal: "li",
    fingerprint: box.fingerprint("li"),
    at,
    statement,
    signature,
  });
  const opened = {
    type: "run-opened",
    run: "r-1",
    plan: somePlan().digest,
    at: "2026-11-22T09:00:00.000Z",
    approvals: [approval],
    ...entry,
  };
  const examine = examineBy(box.signers(line ?? `li valid-before="20261201Z" ${box.shared("li")}`));
  return (await keptApprovals(entries(opened as Entry), examine)).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
}

async function* entries(entry: Entry): AsyncIterable<Entry> {
  yield entry;
}

test("years later, what a ledger keeps is enough to check the signatures again, as of when they counted", async () => {
  expect(await said((one) => one)).toEqual([]);
  expect(await said((one) => ({ ...one, statement: one.statement.replace("l-1", "l-2") }))).toEqual(
    ["error approval/changed"],
  );
  expect(await said((one) => one, { plan: `sha256:${"0".repeat(64)}` })).toEqual([
    "error approval/changed",
  ]);
  expect(await said((one) => ({ ...one, principal: "wang" }))).toEqual(["error approval/changed"]);
  expect(await said((one) => one, { at: "2026-12-02T09:00:00.000Z" })).toEqual([
    "warning approval/key-expired",
  ]);
  expect(await said((one) => one, {}, `wang ${box.shared("wang")}`)).toEqual([
    "warning approval/stranger",
  ]);
});

test("the recipe that stands on a ledger's branch checks an approval without a tool of ours", async (context) => {
  if (spawnSync("jq", ["--version"]).status !== 0) context.skip();
  const { statement, signature } = await signed(somePlan(), box.key("li"), { at });
  const recipe = auditorsReadme.split("\n").filter((line) => /^ {4}(jq|ssh-keygen) /.test(line));
  expect(recipe).toHaveLength(3);
  const line = JSON.stringify({
    type: "run-opened",
    approvals: [{ principal: "li", statement, signature }],
  });
  writeFileSync(join(box.folder, "entry"), `${line}\n`);
  writeFileSync(join(box.folder, "allowed_signers"), `li ${box.shared("li")}\n`);
  const script = recipe.join("\n").replace("NAME", "li");
  expect(execFileSync("sh", ["-ec", script], { cwd: box.folder, encoding: "utf8" })).toContain(
    `Good "partnerctl-plan" signature for li with ED25519 key ${box.fingerprint("li")}`,
  );
});
