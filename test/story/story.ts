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
import { happen, type Incident } from "./portal.ts";
import { type Stage, style, text, within } from "./stage.ts";

/** What `case.yaml` may say. */
export interface Tale {
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

/** Is handed every document that people are shown. */
export type Witness = (show: (report: Report, style: Style) => string) => void;

/** Plays a case in a scratch folder and says what came of it. */
export async function play(folder: string, witness: Witness = () => {}): Promise<Outputs> {
  const root = mkdtempSync(join(tmpdir(), "partnerctl-case-"));
  try {
    const tale = yaml(join(folder, "case.yaml")) as Tale;
    furnish(root, folder);
    await history(root, folder);
    return await within(root, tale, (stage) => story(stage, { root, folder, tale, witness }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface Scene {
  readonly root: string;
  readonly folder: string;
  readonly tale: Tale;
  readonly witness: Witness;
}

/** Settings, prices and manifests. */
function furnish(root: string, folder: string): void {
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
async function history(root: string, folder: string): Promise<void> {
  await incidents(root, join(folder, "account.yaml"), "2026-11-01T00:00:00.000Z");
  if (existsSync(join(folder, "before"))) {
    cpSync(join(folder, "before"), join(root, "manifests"), { recursive: true });
    await within(root, {}, async (stage) => {
      const planned = good(await planChanges(stage.workspace.project, stage.account.view, {}));
      const applied = await applying(stage, planned);
      if (applied.status !== "applied")
        throw new Error(
          `what was before: ${applied.status}\n${text.show({ kind: "diagnostics", diagnostics: applied.diagnostics }, style)}${text.show({ kind: "plan", plan: planned }, style)}`,
        );
      await settled(stage, planned);
    });
    rmSync(join(root, "manifests"), { recursive: true });
  }
  await incidents(root, join(folder, "drift.yaml"));
  const manifests = join(folder, existsSync(join(folder, "manifests")) ? "manifests" : "before");
  cpSync(manifests, join(root, "manifests"), { recursive: true });
}

async function settled(stage: Stage, planned: Plan): Promise<void> {
  const { project } = stage.workspace;
  for (const change of planned.changes.filter(({ by }) => by === "manual"))
    await attest(project, stage.account.view, stage.account.writers, {
      plan: planned,
      address: change.id,
      actor,
    });
  const again = good(await planChanges(project, stage.account.view, {}));
  if (again.changes.length > 0)
    throw new Error(
      `what was before is not settled:\n${text.show({ kind: "plan", plan: again }, style)}`,
    );
}

async function story(stage: Stage, { root, folder, tale, witness }: Scene): Promise<Outputs> {
  const { only, except, day } = tale;
  const options: PlanOptions = { ...(only && { only }), ...(except && { except }) };
  if (day !== undefined) vi.setSystemTime(`${day}T09:00:00Z`);
  const planned = await planChanges(stage.workspace.project, stage.account.view, options);
  const said: Outputs =
    planned.diagnostics.length > 0
      ? {
          "diagnostics.txt": text.show(
            { kind: "diagnostics", diagnostics: planned.diagnostics },
            style,
          ),
        }
      : {};
  witness((one, how) => one.show({ kind: "diagnostics", diagnostics: planned.diagnostics }, how));
  if (!planned.ok) return said;
  const plan = planned.value;
  witness((one, how) => one.show({ kind: "plan", plan }, how));
  const shown: Outputs = {
    ...said,
    "plan.txt": text.show({ kind: "plan", plan }, style),
    ...(existsSync(join(folder, "plan.json")) && {
      "plan.json": report("json").show({ kind: "plan", plan }, style),
    }),
  };
  if (plan.changes.length === 0 || hasErrors(blockingProblems(plan))) return hidden(shown, plan);
  await incidents(root, join(folder, "meanwhile.yaml"));
  if (existsSync(join(folder, "meanwhile")))
    cpSync(join(folder, "meanwhile"), join(root, "manifests"), { recursive: true });
  if (tale.earlier) await anotherPlan(stage, tale.earlier);
  const application = await applying(stage, plan, tale.allow);
  const { receipt: written } = application;
  witness((one, how) =>
    written
      ? one.show({ kind: "receipt", receipt: written, ...(plan && { plan }) }, how)
      : one.show({ kind: "diagnostics", diagnostics: application.diagnostics }, how),
  );
  for (const address of tale.attest ?? [])
    none(
      await attest(stage.workspace.project, stage.account.view, stage.account.writers, {
        plan,
        address,
        actor,
      }),
    );
  const receipt = tale.receipt || tale.allow ? told(application, folder) : failed(application);
  const after = application.receipt ? await afterwards(stage, options, tale) : {};
  return hidden({ ...shown, ...receipt, ...after }, plan, application);
}

async function anotherPlan(stage: Stage, only: readonly string[]): Promise<void> {
  const { status } = await applying(
    stage,
    good(await planChanges(stage.workspace.project, stage.account.view, { only })),
  );
  if (status !== "applied") throw new Error(`the other plan: ${status}`);
}

/** Planning again has to find nothing; where the case says otherwise, what it finds. */
async function afterwards(
  { workspace, account }: Stage,
  options: PlanOptions,
  { again }: Tale,
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
          hidden({ plan: text.show({ kind: "plan", plan: planned }, style) }, planned).plan ?? "",
      }
    : {};
}

function applying(
  { workspace, account: { view, writers } }: Stage,
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

function told(application: ApplyResult, folder: string): Outputs {
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
  return { "receipt.txt": inWords(application), ...json };
}

function inWords({ receipt, plan, diagnostics }: ApplyResult): string {
  return receipt
    ? text.show({ kind: "receipt", receipt, ...(plan && { plan }) }, style)
    : text.show({ kind: "diagnostics", diagnostics }, style);
}

/** An apply that is not what the case is about has to work. */
function failed(application: ApplyResult): Outputs {
  const ended = application.receipt?.results.every(
    ({ status }) => status === "done" || status === "manual",
  );
  if (!ended) throw new Error(`the apply failed:\n${inWords(application)}`);
  return {};
}

/** What is random, by what it is; the ledger's founding decides the plan's digest too. */
function hidden(outputs: Outputs, plan: Plan, { receipt }: Partial<ApplyResult> = {}): Outputs {
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
  if (existsSync(file)) await happen(root, yaml(file) as readonly Incident[], at);
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
