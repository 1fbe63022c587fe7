import { expect } from "vitest";
import * as validators from "../../src/kinds/generated/document-validators.js";
import { type Diagnostic, hasErrors } from "../../src/model/diagnostic.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Validate } from "../../src/model/kind.ts";
import { type Plan, planDigest } from "../../src/model/plan/plan.ts";
import type { Receipt } from "../../src/model/plan/receipt.ts";
import { ledgerEntry } from "../../src/store/ledger/generated/entry-validator.js";
import {
  type Account,
  newAccount,
  setUpEngine,
  type EngineOptions,
  type EngineHarness,
} from "../engine-harness.ts";
import { seed } from "../story/portal.ts";
import { inOneFile } from "./texts.ts";

/**
 * Plays on an account as it is founded, and demands that all the tool wrote meanwhile is as its
 * schemas say.
 */
export async function withEngine(
  work: (stage: EngineHarness, account: Account) => Promise<void>,
  setting: EngineOptions = {},
): Promise<void> {
  const account = newAccount({ seed });
  try {
    await work(withChecks(setUpEngine(account.adapter, setting)), account);
  } finally {
    await account.close();
  }
}

/** The same engine; its plans, receipts and ledger entries are compared with their schemas. */
export function withChecks(stage: EngineHarness): EngineHarness {
  return {
    ...stage,
    plan: async (options) => judgedPlan(await stage.plan(options)),
    apply: async (options) => {
      const before = await stage.ledger.head();
      const application = await stage.apply(options);
      if (application.plan) judgedPlan(application.plan);
      if (application.receipt) judge(validators.receipt, application.receipt);
      for await (const entry of stage.ledger.entries(before)) judge(ledgerEntry, entry);
      return application;
    },
  };
}

function judgedPlan(plan: Plan): Plan {
  const read = judge(validators.plan, plan);
  expect(planDigest(read)).toBe(plan.digest);
  return plan;
}

/** What is read back where this is written as JSON; it has to be as the schema says. */
function judge<T>(validate: Validate, written: T): T {
  const read: T = JSON.parse(JSON.stringify(written));
  const reasons = validate(read) ? [] : validate.errors;
  expect(reasons).toEqual([]);
  return read;
}

/** Declares these documents, applies them, and demands that every change was done. */
export async function reach(stage: EngineHarness, documents: readonly Spec[]): Promise<void> {
  stage.declare(inOneFile(documents));
  await act(stage);
}

/** Applies, and demands that it is not refused and every change is done. */
export async function act(
  stage: EngineHarness,
  options: {
    readonly only?: readonly string[];
    readonly except?: readonly string[];
    readonly plan?: Plan;
  } = {},
): Promise<Receipt | undefined> {
  const { status, receipt, diagnostics, plan } = await stage.apply(options);
  expect({ status, problems: said([...diagnostics, ...(plan?.problems ?? [])]) }).toEqual({
    status: receipt ? "applied" : "nothing",
    problems: [],
  });
  expect(receipt?.results.filter((result) => result.status !== "done") ?? []).toEqual([]);
  return receipt;
}

/** The errors among diagnostics, in short. */
export function said(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .filter((one) => hasErrors([one]))
    .map(({ code, message }) => `${code}: ${message}`);
}

/** Demands that a plan has nothing to do and nothing to complain of. */
export function expectEmpty({ changes, problems }: Plan): void {
  expect({
    changes: changes.map(({ id, action, fields }) => ({ id, action, fields })),
    problems: said(problems),
  }).toEqual({
    changes: [],
    problems: [],
  });
}
