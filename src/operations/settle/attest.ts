import { record } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Spec } from "../../model/values/json.ts";
import { type LedgerState, objectOf } from "../../model/ledger/ledger-state.ts";
import type { Change, Plan } from "../../model/plan/plan.ts";
import { withValue } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { appliedFields, keyedBy } from "../../model/ledger/applied-fields.ts";
import type { Project, View, Writers } from "../project/project.ts";
import { readyToWrite } from "../project/ready.ts";
import { lockedDiagnostic } from "./settle.ts";

/** The manual step that a person attests. `address` may be an address or a change id. */
export interface AttestOptions {
  readonly plan: Plan;
  readonly address: string;
  readonly actor: string;
  readonly note?: string;
}

/**
 * Records that a manual step was done as the plan describes it. Returns errors if nothing was
 * recorded.
 */
export async function attest(
  project: Project,
  view: View,
  writers: Writers,
  options: AttestOptions,
): Promise<readonly Diagnostic[]> {
  const { plan, address } = options;
  const steps = plan.changes.filter(
    (change) => change.by === "manual" && (change.address === address || change.id === address),
  );
  if (steps.length === 0) return [noStep(plan, address)];
  const ready = await readyToWrite(project, view, writers, plan);
  if (!ready.ok) return ready.diagnostics;
  const { ledgerKey: key, founding } = ready.value;
  const lease = await writers.lease({ ...(founding && { founding }) });
  if ("heldBy" in lease) return [lockedDiagnostic(lease)];
  try {
    const state = await view.state();
    await lease.journal.append(
      steps.map((change) => attested(project, view, { change, key, state, ...options })),
    );
    return [];
  } finally {
    await lease.release();
  }
}

function attested(
  project: Project,
  view: View,
  {
    change,
    key,
    state,
    plan,
    actor,
    note,
  }: AttestOptions & {
    readonly change: Change;
    readonly key: Uint8Array;
    readonly state: LedgerState;
  },
) {
  const kind = project.kinds.find(({ name }) => name === change.kind);
  const spec = change.fields.reduce<Spec>(
    (sum, { pointer, after }) => withValue(sum, pointer, after),
    {},
  );
  const fields = kind
    ? appliedFields(kind, objectOf(state, change.address), spec, keyedBy(key))
    : {};
  return {
    at: view.now(),
    type: "attested" as const,
    plan: plan.digest,
    change: change.id,
    address: change.address,
    actor,
    fields,
    ...(note !== undefined && { note }),
  };
}

function noStep(plan: Plan, address: string): Diagnostic {
  const steps = plan.changes.filter(({ by }) => by === "manual").map((change) => change.address);
  const listed =
    steps.length > 0 ? say`Manual steps: ${{ list: steps }}.` : say`It has no manual steps at all.`;
  return record({
    severity: "error",
    code: "attest/no-step",
    message: say`That plan has no manual step for ${address}.`,
    hint: didYouMean(address, steps) ?? listed,
  });
}
