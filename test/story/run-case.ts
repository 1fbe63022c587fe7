import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { parse, stringify } from "yaml";
import { mergePatch } from "../../src/manifest/resolve/merge-patch.ts";
import type { Json } from "../../src/model/values/json.ts";
import { hasErrors, type Checked, type Diagnostic } from "../../src/model/diagnostic.ts";
import type { Plan } from "../../src/model/plan/plan.ts";
import { apply, type ApplyResult } from "../../src/operations/apply/apply.ts";
import { attest } from "../../src/operations/settle/attest.ts";
import { blockingProblems, type PlanOptions, planChanges } from "../../src/operations/plan/plan.ts";
import { type Report, report, type Style } from "../../src/report/index.ts";
import { makeIncidents, type Incident } from "./portal.ts";
import { type CaseHarness, style, text, inProject } from "./case-harness.ts";

/** What `case.yaml` may say. */
export interface CaseFile {
  /** What the case shows, in a sentence. */
  readonly about: string;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  /** The day it plays on, at 09:00 UTC. */
  readonly day?: string;
  readonly env?: string;
  /** Guards the apply lifts; all that tripped unless given. */
  readonly allow?: readonly string[];
  /** Another plan of these addresses is applied after the one that is shown, and before it. */
  readonly earlier?: readonly string[];
  /** Addresses whose manual steps are attested after the apply. */
  readonly attest?: readonly string[];
  /** Something is still to be done after the apply: it is in again.txt. */
  readonly again?: true;
  /** The apply is what the case is about: what it says is in receipt.txt. */
  readonly receipt?: true;
}

/** What a story led to, by the name of the file it is expected in. */
export type Outputs = Readonly<Record<string, string>>;

const actor = "li.wei";

/** Receives every document that people are shown. */
export type OnDocument = (show: (report: Report, style: Style) => string) => void;

/** Runs a case in a scratch folder and returns its outputs. */
export async function runCase(folder: string, onDocument: OnDocument = () => {}): Promise<Outputs> {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-case-"));
  try {
    const caseFile = yaml(join(folder, "case.yaml")) as CaseFile;
    await setUpCase(root, folder);
    return await inProject(root, caseFile, (harness) =>
      runSteps(harness, { root, folder, caseFile, onDocument }),
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface CaseRun {
  readonly root: string;
  readonly folder: string;
  readonly caseFile: CaseFile;
  readonly onDocument: OnDocument;
}

/**
 * Sets up a case in an empty folder. `onSettled` is called when what was before is applied, and
 * before anything happens behind the tool's back.
 */
export async function setUpCase(
  root: string,
  folder: string,
  onSettled?: (harness: CaseHarness) => Promise<void>,
): Promise<void> {
  setUpProject(root, folder);
  await setUpHistory(root, folder, onSettled);
}

/** Settings, prices and manifests. */
function setUpProject(root: string, folder: string): void {
  const common = yaml(join(folder, "../../partnerctl.yaml")) as Json;
  const own = join(folder, "partnerctl.yaml");
  writeFileSync(
    join(root, "partnerctl.yaml"),
    stringify(existsSync(own) ? mergePatch(common, yaml(own) as Json) : common),
  );
  cpSync(join(import.meta.dirname, "../../examples/contoso/prices"), join(root, "prices"), {
    recursive: true,
  });
  for (const name of ["prices", "overlay", "adapter.mjs"])
    if (existsSync(join(folder, name)))
      cpSync(join(folder, name), join(root, name), { recursive: true });
}

/**
 * The account as it was found, what was applied before, and what was done behind the tool's back
 * since.
 */
async function setUpHistory(
  root: string,
  folder: string,
  onSettled?: (harness: CaseHarness) => Promise<void>,
): Promise<void> {
  await incidents(root, join(folder, "account.yaml"), "2026-11-01T00:00:00.000Z");
  if (existsSync(join(folder, "before"))) {
    cpSync(join(folder, "before"), join(root, "manifests"), { recursive: true });
    await inProject(root, {}, async (harness) => {
      const planned = good(await planChanges(harness.workspace.project, harness.account.view, {}));
      const applied = await applyPlan(harness, planned);
      if (applied.status !== "applied")
        throw new Error(
          `what was before: ${applied.status}\n${text.show({ kind: "diagnostics", diagnostics: applied.diagnostics }, style)}${text.show({ kind: "plan", plan: planned }, style)}`,
        );
      await requireSettled(harness, planned);
      await onSettled?.(harness);
    });
    rmSync(join(root, "manifests"), { recursive: true });
  }
  await incidents(root, join(folder, "drift.yaml"));
  const manifests = join(folder, existsSync(join(folder, "manifests")) ? "manifests" : "before");
  cpSync(manifests, join(root, "manifests"), { recursive: true });
}

async function requireSettled(harness: CaseHarness, planned: Plan): Promise<void> {
  const { project } = harness.workspace;
  for (const change of planned.changes.filter(({ by }) => by === "manual"))
    await attest(project, harness.account.view, harness.account.writers, {
      plan: planned,
      address: change.id,
      actor,
    });
  const again = good(await planChanges(project, harness.account.view, {}));
  if (again.changes.length > 0)
    throw new Error(
      `what was before is not settled:\n${text.show({ kind: "plan", plan: again }, style)}`,
    );
}

async function runSteps(
  harness: CaseHarness,
  { root, folder, caseFile, onDocument }: CaseRun,
): Promise<Outputs> {
  const { only, except, day } = caseFile;
  const options: PlanOptions = { ...(only && { only }), ...(except && { except }) };
  if (day !== undefined) vi.setSystemTime(`${day}T09:00:00Z`);
  const planned = await planChanges(harness.workspace.project, harness.account.view, options);
  const said: Outputs =
    planned.diagnostics.length > 0
      ? {
          "diagnostics.txt": text.show(
            { kind: "diagnostics", diagnostics: planned.diagnostics },
            style,
          ),
        }
      : {};
  onDocument((one, how) =>
    one.show({ kind: "diagnostics", diagnostics: planned.diagnostics }, how),
  );
  if (!planned.ok) return said;
  const plan = planned.value;
  onDocument((one, how) => one.show({ kind: "plan", plan }, how));
  const shown: Outputs = {
    ...said,
    "plan.txt": text.show({ kind: "plan", plan }, style),
    ...(existsSync(join(folder, "plan.json")) && {
      "plan.json": report("json").show({ kind: "plan", plan }, style),
    }),
  };
  if (plan.changes.length === 0 || hasErrors(blockingProblems(plan)))
    return maskRandomValues(shown, plan);
  await incidents(root, join(folder, "meanwhile.yaml"));
  if (existsSync(join(folder, "meanwhile")))
    cpSync(join(folder, "meanwhile"), join(root, "manifests"), { recursive: true });
  if (caseFile.earlier) await applyEarlierPlan(harness, caseFile.earlier);
  const application = await applyPlan(harness, plan, caseFile.allow);
  const { receipt: written } = application;
  onDocument((one, how) =>
    written
      ? one.show({ kind: "receipt", receipt: written, ...(plan && { plan }) }, how)
      : one.show({ kind: "diagnostics", diagnostics: application.diagnostics }, how),
  );
  for (const address of caseFile.attest ?? [])
    none(
      await attest(harness.workspace.project, harness.account.view, harness.account.writers, {
        plan,
        address,
        actor,
      }),
    );
  const receipt =
    caseFile.receipt || caseFile.allow
      ? receiptOutputs(application, folder)
      : requireSuccess(application);
  const after = application.receipt ? await planAgain(harness, options, caseFile) : {};
  return maskRandomValues({ ...shown, ...receipt, ...after }, plan, application);
}

async function applyEarlierPlan(harness: CaseHarness, only: readonly string[]): Promise<void> {
  const { status } = await applyPlan(
    harness,
    good(await planChanges(harness.workspace.project, harness.account.view, { only })),
  );
  if (status !== "applied") throw new Error(`the other plan: ${status}`);
}

/** Planning again has to find nothing; where the case says otherwise, what it finds. */
async function planAgain(
  { workspace, account }: CaseHarness,
  options: PlanOptions,
  { again }: CaseFile,
): Promise<Outputs> {
  const planned = good(await planChanges(workspace.project, account.view, options));
  const more = planned.changes.length > 0 || planned.problems.length > 0;
  if (more !== (again === true))
    throw new Error(
      `after the apply, ${more ? "something" : "nothing"} is to be done:\n${text.show({ kind: "plan", plan: planned }, style)}`,
    );
  return more
    ? {
        "again.txt":
          maskRandomValues({ plan: text.show({ kind: "plan", plan: planned }, style) }, planned)
            .plan ?? "",
      }
    : {};
}

function applyPlan(
  { workspace, account: { view, writers } }: CaseHarness,
  plan: Plan,
  allow: readonly string[] = plan.tripped.map(({ name }) => name),
): Promise<ApplyResult> {
  return apply(workspace.project, view, writers, {
    plan,
    allow,
    ...(plan.tripped.some(({ needsReason }) => needsReason) && { reason: "OK-42" }),
    actor,
    interactive: false,
    parallelism: 1,
    confirm: async () => true,
  });
}

function receiptOutputs(application: ApplyResult, folder: string): Outputs {
  const { receipt, plan } = application;
  const json: Outputs =
    receipt && existsSync(join(folder, "receipt.json"))
      ? {
          "receipt.json": report("json").show(
            { kind: "receipt", receipt, ...(plan && { plan }) },
            style,
          ),
        }
      : {};
  return { "receipt.txt": receiptText(application), ...json };
}

function receiptText({ receipt, plan, diagnostics }: ApplyResult): string {
  return receipt
    ? text.show({ kind: "receipt", receipt, ...(plan && { plan }) }, style)
    : text.show({ kind: "diagnostics", diagnostics }, style);
}

/** An apply that is not what the case is about has to work. */
function requireSuccess(application: ApplyResult): Outputs {
  const ended = application.receipt?.results.every(
    ({ status }) => status === "done" || status === "manual",
  );
  if (!ended) throw new Error(`the apply failed:\n${receiptText(application)}`);
  return {};
}

/** What is random, by what it is; the ledger's founding decides the plan's digest too. */
function maskRandomValues(
  outputs: Outputs,
  plan: Plan,
  { receipt }: Partial<ApplyResult> = {},
): Outputs {
  const secrets = [
    [plan.digest, "‹plan digest›"],
    [plan.digest.slice(-64).slice(0, 12), "‹plan›"],
    [receipt?.ledger.id ?? plan.basis.ledger.id, "‹ledger id›"],
    [receipt?.run, "‹run›"],
    [receipt?.ledger.head, "‹ledger head›"],
    ...(/^0+$/.test(plan.basis.ledger.head)
      ? []
      : [[plan.basis.ledger.head, "‹ledger head›"] as const]),
  ] as const;
  const hide = (written: string) =>
    secrets.reduce(
      (rest, [secret, name]) => (secret ? rest.replaceAll(secret, name) : rest),
      written,
    );
  return Object.fromEntries(
    Object.entries(outputs).map(([name, written]) => [name, hide(written)]),
  );
}

async function incidents(root: string, file: string, at = new Date().toISOString()): Promise<void> {
  if (existsSync(file)) await makeIncidents(root, yaml(file) as readonly Incident[], at);
}

function good<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new Error(text.show({ kind: "diagnostics", diagnostics: checked.diagnostics }, style));
}

function none(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0)
    throw new Error(text.show({ kind: "diagnostics", diagnostics }, style));
}

function yaml(file: string): unknown {
  return parse(readFileSync(file, "utf8"));
}
