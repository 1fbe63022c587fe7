import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { noKey } from "../../src/model/ledger/ledger-key-problems.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyOptions, apply } from "../../src/operations/apply/apply.ts";
import { type PlanOptions, planChanges } from "../../src/operations/plan/plan.ts";
import { settle } from "../../src/operations/settle/settle.ts";
import { foundingOf } from "../store/test-ledger.ts";
import { type CaseHarness, inProject } from "../story/case-harness.ts";

const profile = {
  apiVersion: "partnercenter/v1",
  kind: "PartnerProfile",
  spec: { support: { telephone: "4005550100" } },
};
const user = {
  apiVersion: "partnercenter/v1",
  kind: "User",
  metadata: { name: "wang-fang" },
  spec: {
    userPrincipalName: "wang.fang@contoso.partner.onmschina.cn",
    recovery: { mobilePhone: "+86 138 0013 8001" },
  },
};

/** A project's folder with an account of its own. */
function project(seed: string, simulate: object = {}): string {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-refusals-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const recipients = ["age193gwh9z29uaav2dqcnckumaml8e460033vs7d6mvq3w03tl0re8qa5382f"];
  writeFileSync(
    join(root, "partnerctl.yaml"),
    stringify({
      apiVersion: "partnercenter/v1",
      kind: "Settings",
      adapters: { local: { seed, simulate } },
      credentials: { recipients },
    }),
  );
  mkdirSync(join(root, "manifests"));
  writeFileSync(
    join(root, "manifests/account.yaml"),
    [profile, user].map((one) => stringify(one)).join("---\n"),
  );
  return root;
}

const options: ApplyOptions = {
  allow: [],
  actor: "li.wei",
  interactive: false,
  confirm: async () => true,
};

async function planned(
  { workspace, account }: CaseHarness,
  options: PlanOptions = {},
): Promise<Plan> {
  const made = await planChanges(workspace.project, account.view, options);
  if (!made.ok) throw new Error(JSON.stringify(made.diagnostics));
  return made.value;
}

function applied({ workspace, account }: CaseHarness, more: Partial<ApplyOptions> = {}) {
  return apply(workspace.project, account.view, account.writers, { ...options, ...more });
}

const codes = ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }) =>
  diagnostics.map(({ code }) => code);

test("a plan is applied to the account it was made for, and to no other", async () => {
  const plan = await inProject(project("one"), {}, (stage) => planned(stage));
  const elsewhere = await inProject(project("two"), {}, (stage) => applied(stage, { plan }));
  expect([elsewhere.status, codes(elsewhere)]).toEqual(["refused", ["plan/other-account"]]);
});

test("a plan is applied from the ledger it was made from, and once", async () => {
  const root = project("one");
  await inProject(root, {}, (stage) => applied(stage));
  writeFileSync(
    join(root, "manifests/account.yaml"),
    stringify({ ...profile, spec: { support: { telephone: "4005550200" } } }),
  );
  const plan = await inProject(root, {}, (stage) => planned(stage));
  for (const one of ["ledger.jsonl", "ledger.jsonl.key", "ledgers"])
    rmSync(join(root, ".partnerctl", one), { recursive: true });
  const elsewhere = await inProject(root, {}, (stage) => applied(stage, { plan }));
  expect([elsewhere.status, codes(elsewhere)]).toEqual(["refused", ["plan/other-ledger"]]);
});

test("a plan is spent once its run opens", async () => {
  await inProject(project("one"), {}, async (stage) => {
    const plan = await planned(stage);
    expect(await applied(stage, { plan })).toMatchObject({ status: "applied" });
    const again = await applied(stage, { plan });
    expect([again.status, codes(again)]).toEqual(["refused", ["plan/spent"]]);
  });
});

test("of two applies at once, one works and the other says who holds the lease since when", async () => {
  await inProject(project("one"), {}, async (stage) => {
    await stage.account.writers.ensureLedgerKey();
    const { id } = await stage.account.view.reader.account(stage.account.view.signal);
    const lease = await stage.account.writers.lease({ founding: foundingOf(id) });
    expect(lease).not.toHaveProperty("heldBy");
    const second = await applied(stage);
    expect(second).toMatchObject({
      status: "locked",
      held: { heldBy: { pid: process.pid }, since: expect.stringMatching(/^\d{4}-/) },
    });
    expect(codes(second)).toEqual(["ledger/locked"]);
    if ("release" in lease) await lease.release();
    expect(await applied(stage)).toMatchObject({ status: "applied" });
  });
});

test("without a key for personal values nothing is written", async () => {
  await inProject(project("one"), {}, async ({ workspace, account }) => {
    const keyless = {
      ...account,
      writers: {
        ...account.writers,
        ensureLedgerKey: async () => ({ ok: false, diagnostics: [noKey] }) as const,
      },
    };
    const refused = await applied({ workspace, account: keyless });
    expect([refused.status, codes(refused)]).toEqual(["refused", ["ledger/no-key"]]);
  });
});

test("an interrupted run begins nothing more, records that, and the next one goes on", async () => {
  const root = project("one");
  const interruption = new AbortController();
  const confirm = async () => {
    interruption.abort();
    return true;
  };
  const { receipt } = await inProject(root, { signal: interruption.signal }, (stage) =>
    applied(stage, { confirm }),
  );
  expect(receipt).toMatchObject({ interrupted: true, spent: { writes: 0 } });
  expect(receipt?.results.map(({ status, code }) => [status, code])).toEqual(
    receipt?.results.map(() => ["skipped", "skipped/interrupted"]),
  );
  const next = await inProject(root, {}, (stage) => applied(stage));
  expect(next.receipt?.results.map(({ status }) => status)).toEqual(["done", "done"]);
});

test("a saved plan leaves alone what an earlier run left open", async () => {
  const lost = { lag: 600, lostReplies: { kind: "User", verb: "create" } };
  await inProject(project("one", lost), {}, async (stage) => {
    await applied(stage, { only: ["PartnerProfile"] });
    const plan = await planned(stage, { only: ["User/wang-fang"] });
    await applied(stage);
    const { receipt } = await applied(stage, { plan });
    expect(receipt?.results).toMatchObject([
      { address: "User/wang-fang", status: "skipped", code: "skipped/unsettled" },
    ]);
  });
});

test("a person's word on a write is checked where it can be", async () => {
  const lost = { lag: 600, lostReplies: { kind: "User", verb: "create" } };
  await inProject(project("one", lost), {}, async (stage) => {
    const { receipt } = await applied(stage);
    expect(receipt?.results).toContainEqual(
      expect.objectContaining({ address: "User/wang-fang", status: "unknown" }),
    );
    const { view, writers } = stage.account;
    const { project } = stage.workspace;
    const word = { change: "User/wang-fang#1", actor: "li.wei" };
    expect(
      codes({
        diagnostics: await settle(project, view, writers, {
          ...word,
          change: "User/nobody#1",
          didNotHappen: true,
        }),
      }),
    ).toEqual(["settle/not-open"]);
    expect(
      codes({ diagnostics: await settle(project, view, writers, { ...word, id: "nonsense" }) }),
    ).toEqual(["settle/no-such-id"]);
    expect(await settle(project, view, writers, { ...word, didNotHappen: true })).toEqual([]);
  });
});
