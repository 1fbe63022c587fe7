import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Code } from "../../model/codes.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { SchemaError } from "../../model/kind.ts";
import { type Plan, planDigest } from "../../model/plan/plan.ts";
import { labelText, say, type Wording } from "../../model/text/phrase.ts";
import { record, textOf } from "../../model/text/recorded.ts";
import { mergeMarkIn } from "../../model/text/text-bytes.ts";
import { isSealed, seal, unseal } from "../../store/credentials/seal.ts";
import { replaceFile } from "../../store/files/atomic-write.ts";
import { most, readInput } from "../../store/files/read-input.ts";
import { identitiesFrom } from "./identities.ts";
import { decodeText, withoutMark } from "./text-file.ts";

/** Whether a command-line argument is the path of a plan file. */
export function isPlanFile(word: string): boolean {
  return /\.json(\.age)?$/.test(word);
}

/** Writes a plan to a file that only its owner can read. Encrypts it if there are recipients. */
export async function writePlan(
  path: string,
  plan: Plan,
  recipients: readonly string[],
): Promise<Checked<void>> {
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  const sealed =
    recipients.length > 0
      ? await seal(text, recipients)
      : { ok: true as const, value: text, diagnostics: [] };
  if (!sealed.ok) return sealed;
  replaceFile(resolve(path), sealed.value, { mode: 0o600 });
  return { ok: true, value: undefined, diagnostics: [] };
}

/**
 * Reads a saved plan; decrypts an encrypted one with the identity in PARTNERCTL_PLAN_IDENTITY.
 * Returns diagnostics if it is missing, not a plan, or does not match its digest.
 */
export async function readPlan(path: string): Promise<Checked<Plan>> {
  if (!existsSync(path))
    return refused(
      path,
      "plan/missing",
      say`There is no such file.`,
      say`Write one with \`partnerctl plan --out plan.json\`.`,
    );
  const text = await opened(path);
  if (!text.ok) return text;
  return judged(path, text.value);
}

/** PARTNERCTL_PLAN_IDENTITY holds an age identity or the path of a file with one. */
async function opened(path: string): Promise<Checked<string>> {
  const read = readInput(path, { limit: most.document });
  if (!read.ok) return read;
  const bytes = withoutMark(read.value);
  if (!isSealed(bytes)) return decodeText(bytes, path);
  const { PARTNERCTL_PLAN_IDENTITY: given = "" } = process.env;
  if (given === "") return noIdentity(path);
  const identities = identitiesFrom(given);
  const text = identities.ok ? await unseal(bytes, identities.value) : identities;
  return text.ok || !identities.ok
    ? text
    : {
        ok: false,
        diagnostics: text.diagnostics.map((one) =>
          record({ ...one, message: labelText(path, textOf(one, "message")) }),
        ),
      };
}

function noIdentity(path: string): Checked<never> {
  return refused(
    path,
    "plan/sealed",
    say`It is sealed, and there is no identity to open it with.`,
    say`Set PARTNERCTL_PLAN_IDENTITY to an age identity, or to the path of a file that holds one.`,
  );
}

async function judged(path: string, text: string): Promise<Checked<Plan>> {
  const document = parsed(text);
  if (document === undefined && mergeMarkIn(text) !== undefined)
    return refused(
      path,
      "plan/not-json",
      say`It holds marks of a merge that git could not decide.`,
      say`Plan again.`,
    );
  if (document === undefined)
    return refused(
      path,
      "plan/not-json",
      say`It is not JSON.`,
      say`Write a plan with \`partnerctl plan --out plan.json\`.`,
    );
  const { plan: isPlan } = await import("../../kinds/generated/document-validators.js");
  if (!isPlan(document)) {
    return refused(
      path,
      "plan/not-a-plan",
      say`It is not a plan: ${reason(isPlan.errors?.[0])}.`,
      say`Expected a file that \`partnerctl plan --out\` wrote, with this version.`,
    );
  }
  const plan = document as Plan;
  if (planDigest(plan) !== plan.digest)
    return refused(
      path,
      "plan/altered",
      say`It was altered after it was made.`,
      say`Plan again; a plan is applied as it was reviewed or not at all.`,
    );
  return { ok: true, value: plan, diagnostics: [] };
}

/** Where it differs from the schema and how, as the validator says it. */
function reason(error: SchemaError | undefined): string {
  const { additionalProperty } = error?.params ?? {};
  const named = typeof additionalProperty === "string" ? ` (${additionalProperty})` : "";
  return `${error?.instancePath || "/"} ${error?.message ?? ""}${named}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(
  path: string,
  code: Code,
  ...[message, hint]: readonly [Wording, Wording]
): Checked<never> {
  return {
    ok: false,
    diagnostics: [record({ severity: "error", code, message: labelText(path, message), hint })],
  };
}
