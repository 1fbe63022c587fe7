import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  approvalPath,
  readApprovals,
  writeApproval,
} from "../../src/store/approvals/approval-files.ts";
import { examineBy } from "../../src/store/approvals/ssh-signature.ts";
import { readPlan } from "../../src/cli/files/plan-file.ts";
import { approvalsIn, approvalText, type SignedStatement } from "../../src/model/plan/approval.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import type { Approvals } from "../../src/operations/apply/check-approvals.ts";
import { checkApprovals } from "../../src/operations/apply/check-approvals.ts";
import { approve } from "../../src/operations/approve.ts";
import { type ProjectHarness, setUpProject } from "../operations/project-harness.ts";
import { settingsWith } from "../settings.ts";
import { keys, signed } from "./keys.ts";

const box = keys();
/** Settings by which every plan takes one approval, of one of these signers. */
const oneApproval = (signers: string) =>
  settingsWith({ approvals: { signers, rules: [{ when: { always: true }, approvals: 1 }] } });
let shop: ProjectHarness;
let plan: Plan;
let signers: string;
afterAll(() => {
  box.end();
  shop.end();
});

beforeAll(async () => {
  shop = await setUpProject();
  signers = box.signers(
    ...["li", "wang"].map((name) => `${name}@contoso.example ${box.shared(name)}`),
    `gone@contoso.example valid-before="20260101Z" ${box.shared("gone")}`,
  );
  const rules = [
    {
      name: "much",
      when: { moneyPerMonth: 20000, irreversible: true, administrators: true },
      approvals: 2,
    },
  ];
  settings({ signers, rules });
  plan = await shop.plan();
});

function settings(approvals: object): void {
  const file = join(shop.folder, "partnerctl.yaml");
  const text = readFileSync(file, "utf8").replace(/\napprovals: .*\n/, "\n");
  writeFileSync(file, `${text}\napprovals: ${JSON.stringify(approvals)}\n`);
}

const now = () => new Date().toISOString();
const by = (name: string, of = plan, at = now().replace(/\.\d+/, "")) =>
  signed(of, box.key(name), { at });
const found = (...given: readonly SignedStatement[]): Approvals => ({
  given,
  diagnostics: [],
  examine: examineBy(signers),
  authors: [],
});
const files = (texts: readonly string[]): Approvals => {
  const paths = texts.map((_, index) => join(box.folder, `${index}.approval`));
  for (const [index, path] of paths.entries()) writeFileSync(path, texts[index] ?? "");
  return { ...readApprovals("", paths), examine: examineBy(signers), authors: [] };
};

describe("what apply makes of approvals", () => {
  test("the plan itself says what it needs", () => {
    expect(plan.approvals).toMatchObject([
      {
        rule: "much",
        approvals: 2,
        because:
          "CNY 25,556.60 a month of new money is over CNY 20,000.00; 10 changes cannot be undone; 4 changes are about administrators",
      },
    ]);
  });

  test("two people are enough; the ledger, the receipt and the run keep what they signed", async () => {
    const approvals = found(await by("li"), await by("wang"));
    const { status, receipt } = await shop.apply({ plan, approvals });
    expect(status).toBe("applied");
    const names = receipt?.approvals?.map(({ principal }) => principal).sort();
    expect(names).toEqual(["li@contoso.example", "wang@contoso.example"]);
    const opened = (await shop.entries()).find(({ type }) => type === "run-opened");
    expect(opened).toMatchObject({ approvals: receipt?.approvals });
    for (const one of receipt?.approvals ?? [])
      expect(await examineBy(signers)({ from: "the ledger", ...one }, [one.at])).toMatchObject({
        ok: true,
      });
    expect(await shop.apply({ plan, approvals })).toMatchObject({
      status: "refused",
      diagnostics: [{ code: "plan/spent" }],
    });
  });

  test.each<readonly [string, () => Promise<Approvals>, readonly string[]]>([
    ["one alone", async () => found(await by("li")), ["approval/missing"]],
    ["none", async () => found(), ["approval/missing"]],
    [
      "a stranger's key",
      async () => found(await by("li"), await by("stranger")),
      ["approval/stranger", "approval/missing"],
    ],
    [
      "an expired key",
      async () => found(await by("li"), await by("gone")),
      ["approval/key-expired", "approval/missing"],
    ],
    [
      "an expired key, dated back",
      async () => found(await by("li"), await by("gone", plan, "2025-12-31T00:00:00Z")),
      ["approval/key-expired", "approval/missing"],
    ],
    [
      "an approval that has expired",
      async () => found(await by("li"), await by("wang", plan, "2026-11-01T00:00:00Z")),
      ["approval/expired", "approval/missing"],
    ],
    [
      "the same person twice",
      async () => found(await by("li"), await by("li")),
      ["approval/twice", "approval/missing"],
    ],
    [
      "an approval of another plan",
      async () =>
        found(await by("li"), await by("wang", { ...plan, digest: `sha256:${"0".repeat(64)}` })),
      ["approval/changed", "approval/missing"],
    ],
    [
      "an approval for another account",
      async () =>
        found(
          await by("li"),
          await by("wang", { ...plan, account: { id: "other", adapter: "local" } }),
        ),
      ["approval/changed", "approval/missing"],
    ],
    [
      "other words than were signed",
      async () =>
        found(await by("li"), {
          ...(await by("wang")),
          statement: (await by("wang", plan, "2026-11-22T00:00:00Z")).statement,
        }),
      ["approval/changed", "approval/missing"],
    ],
    [
      "words that say nothing",
      async () => found(await by("li"), { ...(await by("wang")), statement: "I approve\n" }),
      ["approval/unreadable", "approval/missing"],
    ],
    [
      "a file that holds no approval",
      async () => files([approvalText(await by("li")), "I approve\n"]),
      ["approval/unreadable", "approval/missing"],
    ],
    [
      "a file that is not there",
      async () => ({
        ...readApprovals("", [join(box.folder, "none")]),
        examine: examineBy(signers),
        authors: [],
      }),
      ["approval/unreadable", "approval/missing"],
    ],
    [
      "no signers' file",
      async () => ({ ...found(await by("li")), examine: examineBy(join(box.folder, "none")) }),
      ["approval/signers-missing", "approval/missing"],
    ],
  ])("refused: %s", async (_, given, codes) => {
    const before = (await shop.entries()).length;
    const { status, diagnostics } = await shop.apply({ plan, approvals: await given() });
    expect([status, ...diagnostics.map(({ code }) => code)]).toEqual(["unapproved", ...codes]);
    expect(diagnostics.every(({ severity }) => severity === "error")).toBe(true);
    expect((await shop.entries()).length).toBe(before);
  });

  test("no guard's name lifts it, detached or not; a plan made on the spot is told how to be approved", async () => {
    for (const detached of [true, false])
      expect(
        await shop.apply({
          plan,
          detached,
          marked: true,
          allow: ["irreversible", "money", "seats"],
        }),
      ).toMatchObject({
        status: "unapproved",
      });
    const fresh = await setUpProject();
    try {
      writeFileSync(
        join(fresh.folder, "partnerctl.yaml"),
        `${readFileSync(join(fresh.folder, "partnerctl.yaml"), "utf8")}\napprovals: ${JSON.stringify({ signers, rules: [{ when: { always: true }, approvals: 1 }] })}\n`,
      );
      expect(await fresh.apply({ interactive: true })).toMatchObject({
        status: "unapproved",
        diagnostics: [
          {
            code: "approval/missing",
            message: expect.stringContaining("every plan needs it"),
            hint: expect.stringContaining("plan --out plan.json"),
          },
        ],
      });
      expect((await fresh.entries()).some(({ type }) => type === "run-opened")).toBe(false);
    } finally {
      fresh.end();
    }
  });

  test("what does not count is told and not kept, where the others are enough", async () => {
    const other = await setUpProject();
    try {
      const checked = await other.at(async ({ project }) => {
        const settings = oneApproval(signers);
        return checkApprovals({ ...project, settings }, plan, {
          now: now(),
          approvals: found(await by("li"), await by("wang"), await by("stranger")),
        });
      });
      expect(checked).toMatchObject({
        ok: true,
        diagnostics: [{ severity: "warning", code: "approval/stranger" }],
      });
      expect(checked.ok && checked.value.approvals).toHaveLength(2);
    } finally {
      other.end();
    }
  });

  test("any changed byte of an approval is refused", async () => {
    const text = approvalText(await by("li"));
    const project = await shop.at(async (desk) => ({
      ...desk.project,
      settings: oneApproval(signers),
    }));
    const judged = async (bytes: string) => {
      const given = approvalsIn(bytes, "x") ?? [];
      return checkApprovals(
        project,
        {
          ...plan,
          approvals: [{ approvals: 1, because: "every plan needs it" }],
          basis: { ...plan.basis, authors: ["author"] },
        },
        { now: now(), approvals: { ...found(...given), diagnostics: [] } },
      );
    };
    expect(await judged(text)).toMatchObject({ ok: true });
    const bytes = Buffer.from(text);
    const letter = fc
      .constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\n -")
      .map((one) => one.charCodeAt(0));
    const change = fc.record({
      at: fc.integer({ min: 0, max: bytes.length - 2 }),
      to: fc.oneof(fc.integer({ min: 0, max: 255 }), letter, letter),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, to }) => {
        fc.pre(bytes[at] !== to);
        const changed = Buffer.from(bytes);
        changed[at] = to;
        expect((await judged(changed.toString("utf8"))).ok).toBe(false);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test("any changed byte of a plan's file makes it another plan or none, white space aside", async () => {
    const file = join(box.folder, "plan.json");
    const bytes = Buffer.from(`${JSON.stringify(plan, null, 2)}\n`);
    const change = fc.record({
      at: fc.integer({ min: 0, max: bytes.length - 1 }),
      to: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, to }) => {
        const changed = Buffer.from(bytes);
        changed[at] = to;
        writeFileSync(file, changed);
        const read = await readPlan(file);
        if (read.ok) expect(read.value).toEqual(plan);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  test("several people's files never meet, and approving again replaces one's own", async () => {
    const file = join(box.folder, "reviewed.json");
    const sign = async (name: string) => {
      const made = await by(name);
      writeApproval(approvalPath(file, box.fingerprint(name)), made);
      return made;
    };
    await sign("li");
    const [wang, li] = [await sign("wang"), await sign("li")];
    const { given, diagnostics } = readApprovals(file, undefined);
    expect(diagnostics).toEqual([]);
    expect(given.map(approvalText).sort()).toEqual([li, wang].map(approvalText).sort());
    expect(readApprovals(join(box.folder, "other.json"), undefined).given).toEqual([]);
    expect(readApprovals("", [box.folder]).given.length).toBeGreaterThanOrEqual(2);
  });

  test("a note that would break the statement is not signed", async () => {
    const examine = examineBy(signers);
    const options = {
      plan,
      now: now(),
      examine,
      sign: async () => ({ ok: false as const, diagnostics: [] }),
    };
    expect(await approve({ ...options, note: "fine\nat 2099-01-01T00:00:00Z" })).toMatchObject({
      diagnostics: [{ code: "approval/note" }],
    });
  });
});
