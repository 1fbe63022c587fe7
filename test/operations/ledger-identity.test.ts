import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { stringify } from "yaml";
import type { Checked, Diagnostic } from "../../src/model/diagnostic.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { type ApplyOptions, apply } from "../../src/operations/apply/apply.ts";
import { planChanges } from "../../src/operations/plan/plan.ts";
import { settle } from "../../src/operations/settle/settle.ts";
import { publicKeyOf } from "../../src/model/ledger/ledger-keys.ts";
import { gitIn } from "../store/repository.ts";
import { type CaseHarness, inProject } from "../story/case-harness.ts";

const email = "help@contoso.example";

/** A project's folder with an account of its own, whose support address is personal. */
function project(settings: object = {}): string {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-identity-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  configure(root, settings);
  declare(root, email);
  return root;
}

function configure(root: string, settings: object): void {
  const own = {
    apiVersion: "partnercenter/v1",
    kind: "Settings",
    adapters: { local: { seed: "one" } },
  };
  writeFileSync(join(root, "partnerctl.yaml"), stringify({ ...own, ...settings }));
}

function declare(root: string, support: string): void {
  mkdirSync(join(root, "manifests"), { recursive: true });
  const profile = {
    apiVersion: "partnercenter/v1",
    kind: "PartnerProfile",
    spec: { support: { email: support } },
  };
  writeFileSync(join(root, "manifests/account.yaml"), stringify(profile));
}

const options: ApplyOptions = {
  actor: "li.wei",
  allow: ["irreversible"],
  interactive: false,
  confirm: async () => true,
};
const applied = (root: string, more: Partial<ApplyOptions> = {}) =>
  inProject(root, {}, ({ workspace, account: { view, writers } }: CaseHarness) =>
    apply(workspace.project, view, writers, { ...options, ...more }),
  );
const planned = (root: string) =>
  inProject(
    root,
    {},
    ({ workspace, account }: CaseHarness): Promise<Checked<Plan>> =>
      planChanges(workspace.project, account.view, {}),
  );
const said = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ severity, code }) => `${severity} ${code}`);
const state = (root: string) => join(root, ".partnerctl");
const ledgerOf = (root: string) => readFileSync(join(state(root), "ledger.jsonl"), "utf8");

function demand(checked: Checked<Plan>): Plan {
  if (!checked.ok) throw new Error(JSON.stringify(checked.diagnostics));
  return checked.value;
}

test("a lost key is told of and never replaced by a new one", async () => {
  const root = project();
  expect(await applied(root)).toMatchObject({ status: "applied" });
  const before = ledgerOf(root);
  rmSync(join(state(root), "ledger.jsonl.key"));
  declare(root, "new@contoso.example");
  expect(said((await planned(root)).diagnostics)).toEqual(["warning ledger/key-gone"]);
  const { status, diagnostics } = await applied(root);
  expect([status, said(diagnostics)]).toEqual(["refused", ["error ledger/key-gone"]]);
  expect(existsSync(join(state(root), "ledger.jsonl.key"))).toBe(false);
  expect(ledgerOf(root)).toBe(before);
});

test("another key is refused before anything is written or sent, and a plan does not blame the account for it", async () => {
  const root = project();
  await applied(root);
  const before = ledgerOf(root);
  rmSync(join(state(root), "ledger.jsonl.key"));
  writeFileSync(
    join(state(root), "ledger.jsonl.key"),
    `${Buffer.alloc(32, 7).toString("base64url")}\n`,
  );
  declare(root, "new@contoso.example");
  const plan = await planned(root);
  expect(said(plan.diagnostics)).toEqual(["warning ledger/other-key"]);
  expect(demand(plan).changes.map(({ cause }) => cause)).not.toContain("both");
  await inProject(root, {}, async ({ workspace, account: { view, writers } }) => {
    const silent = {
      ...writers.adapter,
      account: () => Promise.reject(new Error("asked")),
      write: () => Promise.reject(new Error("sent")),
    };
    const refused = await apply(
      workspace.project,
      { ...view, reader: silent },
      { ...writers, adapter: silent },
      options,
    );
    expect([refused.status, said(refused.diagnostics)]).toEqual([
      "refused",
      ["error ledger/other-key"],
    ]);
    const word = { change: "PartnerProfile#1", actor: "li.wei", didNotHappen: true } as const;
    expect(said(await settle(workspace.project, view, writers, word))).toEqual([
      "error ledger/other-key",
    ]);
  });
  expect(ledgerOf(root)).toBe(before);
});

test.each([
  ["another account", { adapters: { local: { seed: "two", account: ".partnerctl/other" } } }],
  ["another project", { ledger: { project: "elsewhere" } }],
])("a ledger is not used for %s", async (_, settings) => {
  const root = project();
  await applied(root);
  const before = ledgerOf(root);
  configure(root, { adapters: { local: { seed: "one" } }, ...settings });
  const plan = await planned(root);
  expect([plan.ok, said(plan.diagnostics)]).toEqual([false, ["error ledger/other-account"]]);
  const refused = await applied(root);
  expect([refused.status, said(refused.diagnostics)]).toEqual([
    "refused",
    ["error ledger/other-account"],
  ]);
  expect(ledgerOf(root)).toBe(before);
});

test("the API's host is part of whose ledger it is", async () => {
  const root = project();
  await applied(root);
  await inProject(root, {}, async ({ workspace, account: { view } }) => {
    const elsewhere = { ...view, reader: { ...view.reader, host: "api.example" } };
    const plan = await planChanges(workspace.project, elsewhere, {});
    expect(plan.diagnostics).toMatchObject([
      { code: "ledger/other-account", message: expect.stringContaining("(local at api.example)") },
    ]);
  });
});

test("a plan that is made before its ledger carries the id that this gets, the same each time", async () => {
  const root = project();
  const [first, second] = [demand(await planned(root)), demand(await planned(root))];
  expect(first.basis.ledger.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toEqual(first);
  expect(readdirSync(state(root))).not.toContain("ledger.jsonl");
  const { receipt } = await applied(root, { plan: first });
  expect(receipt?.ledger.id).toBe(first.basis.ledger.id);
  expect(demand(await planned(root)).basis.ledger.id).toBe(first.basis.ledger.id);
});

test("on another machine, a plan that is made before its ledger founds none", async () => {
  const root = project();
  const plan = demand(await planned(root));
  const elsewhere = project();
  // Even what the machine remembers does not help where it was copied to.
  cpSync(state(root), state(elsewhere), { recursive: true });
  const refused = await applied(elsewhere, { plan });
  expect([refused.status, said(refused.diagnostics)]).toEqual([
    "refused",
    ["error plan/other-ledger"],
  ]);
  expect(existsSync(join(state(elsewhere), "ledger.jsonl"))).toBe(false);
  expect(await applied(root, { plan })).toMatchObject({ status: "applied" });
});

test.each([
  [undefined, ["warning ledger/not-shared"]],
  [false, []],
  [true, []],
])(
  "a file ledger of a real account warns at each plan and apply until ledger.shared is set (%s)",
  async (shared, expected) => {
    const root = project(shared === undefined ? {} : { ledger: { shared } });
    await inProject(root, {}, async ({ workspace, account: { view, writers } }) => {
      const { simulated, ...real } = view.reader;
      expect(simulated).toBe(true);
      const seen = { ...view, reader: real };
      const made = await planChanges(workspace.project, seen, {});
      expect(said(made.diagnostics)).toEqual(expected);
      const saved = await apply(workspace.project, seen, writers, {
        ...options,
        plan: demand(made),
      });
      expect([saved.status, said(saved.diagnostics)]).toEqual(["applied", expected]);
      expect(said((await apply(workspace.project, seen, writers, options)).diagnostics)).toEqual(
        expected,
      );
    });
  },
);

test("a git ledger of a real account warns at each plan and apply until the settings name its public key", async () => {
  const root = project();
  const remote = mkdtempSync(join(tmpdir(), "partnerctl-remote-"));
  onTestFinished(() => rmSync(remote, { recursive: true }));
  gitIn(remote, "init", "--quiet", "--bare");
  gitIn(root, "init", "--quiet");
  const key = "a key of more than thirty-two characters!";
  vi.stubEnv("PARTNERCTL_LEDGER_KEY", key);
  onTestFinished(() => void vi.unstubAllEnvs());
  const ledger = { type: "git", remote, key: "${PARTNERCTL_LEDGER_KEY}" };
  configure(root, { ledger });
  const told = (diagnostics: readonly Diagnostic[]) =>
    diagnostics.map(({ severity, code, hint = "" }) =>
      [severity, code, /publicKey: ([^\s`]+)/.exec(hint)?.[1]].join(" "),
    );
  const asReal = () =>
    inProject(root, {}, async ({ workspace, account: { view, writers } }) => {
      const { simulated: _, ...real } = view.reader;
      const seen = { ...view, reader: real };
      const plan = await planChanges(workspace.project, seen, {});
      return [
        told(plan.diagnostics),
        told((await apply(workspace.project, seen, writers, options)).diagnostics),
      ];
    });
  const publicKey = publicKeyOf(Buffer.from(key));
  const warned = [`warning ledger/no-public-key ${publicKey}`];
  expect(await asReal()).toEqual([[], warned]);
  expect(await asReal()).toEqual([warned, warned]);
  expect(said((await planned(root)).diagnostics)).toEqual([]);
  configure(root, { ledger: { ...ledger, publicKey } });
  expect(await asReal()).toEqual([[], []]);
  vi.stubEnv("PARTNERCTL_LEDGER_KEY", "a key of 31 characters, no more");
  configure(root, { ledger: { ...ledger, branch: "another" } });
  const [warnedAtPlan] = await asReal();
  expect(warnedAtPlan).toEqual(["warning ledger/short-key "]);
});
