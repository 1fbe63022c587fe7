import { existsSync, readFileSync } from "node:fs";
import { plan as isPlan } from "../kinds/generated/document-validators.js";
import type { Checked } from "../model/diagnostic.ts";
import type { SchemaError } from "../model/kind.ts";
import { type Plan, planDigest } from "../model/plan.ts";

/** Reads a saved plan. A file that is no plan, or whose content is not what its digest says, is refused. */
export function readPlan(path: string): Checked<Plan> {
  if (!existsSync(path)) return refused(path, "plan/missing", "there is no such file", "write one with partnerctl plan --out plan.json");
  const document = parsed(readFileSync(path, "utf8"));
  if (document === undefined) return refused(path, "plan/not-json", "it is not JSON", "write a plan with partnerctl plan --out plan.json");
  if (!isPlan(document)) {
    return refused(
      path,
      "plan/not-a-plan",
      `it is not a plan: ${reason(isPlan.errors?.[0])}`,
      "expected a file that partnerctl plan --out wrote, with this version",
    );
  }
  const plan = document as Plan;
  if (planDigest(plan) !== plan.digest)
    return refused(
      path,
      "plan/altered",
      "it was altered after it was made",
      "plan again; a plan is applied as it was reviewed or not at all",
    );
  return { ok: true, value: plan, diagnostics: [] };
}

function reason(error: SchemaError | undefined): string {
  const { additionalProperty } = error?.params ?? {};
  return [
    error?.instancePath || "the document",
    error?.message ?? "is wrong",
    ...(typeof additionalProperty === "string" ? [`(${additionalProperty})`] : []),
  ].join(" ");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(path: string, code: string, ...[message, hint]: readonly [string, string]): Checked<never> {
  return { ok: false, diagnostics: [{ severity: "error", code, message: `${path}: ${message}`, hint }] };
}
