import { AdapterError } from "../../model/adapter.ts";
import type { AuditEntry } from "../../model/plan/audit-entry.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { type Change, type Plan, planDigest } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import type { View } from "../project/project.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/** A plan whose drifted objects name who changed them, and warnings. */
export interface NamedDrift {
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Adds to each drifted object who last changed it, as far as the backend recorded it. Records of
 * this ledger's own runs do not count. Reads nothing if no object drifted.
 */
export async function nameDrift(view: View, state: LedgerState, plan: Plan): Promise<NamedDrift> {
  const drifted = plan.changes.filter(({ cause }) => cause === "drift" || cause === "both");
  if (drifted.length === 0 || view.reader.audit === undefined) return { plan, diagnostics: [] };
  try {
    const newest = await newestRecords(view, sinceFor(view, state, drifted));
    const changes = plan.changes.map((change) => {
      const found = drifted.includes(change) ? newest.get(keyOf(state, change)) : undefined;
      if (found === undefined) return change;
      const { at, by, operation } = found;
      return { ...change, changedBy: { at, ...(by !== undefined && { by }), operation } };
    });
    const named = { ...plan, changes };
    return { plan: { ...named, digest: planDigest(named) }, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return { plan, diagnostics: [unread(error)] };
  }
}

function unread(error: AdapterError): Diagnostic {
  return record({
    severity: "warning",
    code: "plan/audit-unread",
    message: say`Who changed the account is not known, because the backend's records could not be read: ${wordingOf(error)}`,
    hint: say`\`partnerctl check\` tries it; the adapter's option \`audit\` switches it off.`,
  });
}

/** The newest record of each object that is not of a run of this ledger. */
async function newestRecords(view: View, since: string): Promise<ReadonlyMap<string, AuditEntry>> {
  const own = await ownCorrelations(view);
  const newest = new Map<string, AuditEntry>();
  for await (const entry of view.reader.audit?.(since, view.signal) ?? []) {
    if (entry.correlation !== undefined && own.has(entry.correlation.toLowerCase())) continue;
    const key = `${entry.kind} ${entry.id}`;
    const known = newest.get(key);
    if (known === undefined || Date.parse(known.at) < Date.parse(entry.at)) newest.set(key, entry);
  }
  return newest;
}

async function ownCorrelations({ ledger }: View): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  for await (const entry of ledger.entries())
    if (entry.type === "run-opened" && entry.correlation !== undefined)
      own.add(entry.correlation.toLowerCase());
  return own;
}

function keyOf({ bindings }: LedgerState, change: Change): string {
  const observed = change.action === "create" ? undefined : change.observed.id;
  return `${change.kind} ${observed ?? bindings[change.address]?.id ?? ""}`;
}

const day = 24 * 60 * 60 * 1000;

/** The day before the oldest last write of these objects: two clocks may differ by hours. */
function sinceFor(view: View, { bindings }: LedgerState, drifted: readonly Change[]): string {
  const times = drifted.map(({ address }) => Date.parse(bindings[address]?.at ?? view.now()));
  return new Date(Math.min(...times) - day).toISOString().slice(0, 10);
}
