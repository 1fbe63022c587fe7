import { record } from "../../model/text/recorded.ts";
import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import type { OpenIntent } from "../../model/ledger/ledger-state.ts";
import type { WatchedLease } from "../../model/ledger/ledger.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import type { Project, View, Writers } from "../project/project.ts";
import { readyToWrite } from "../project/ready.ts";
import { doubtedId } from "../settled-id.ts";
import type { Ended } from "./infer-outcome.ts";
import { unsettledIn } from "./open-outcomes.ts";
import { fateOf, outcomeBase } from "./settle-open.ts";

/** A person's statement about a write whose outcome is unknown. */
export interface Settlement {
  /** `address#n`, as in the receipt. */
  readonly change: string;
  /** The id of the object that it made or changed. */
  readonly id?: string;
  readonly didNotHappen?: true;
  readonly actor: string;
}

/**
 * Records a person's statement about an open write. Verifies an id first. Returns errors if nothing
 * was recorded.
 */
export async function settle(
  project: Project,
  view: View,
  writers: Writers,
  settlement: Settlement,
): Promise<readonly Diagnostic[]> {
  const ready = await readyToWrite(project, view, writers);
  if (!ready.ok) return ready.diagnostics;
  if (ready.value.founding) return [nothingOpen(settlement.change, [])];
  const lease = await writers.lease({});
  if ("heldBy" in lease) return [lockedDiagnostic(lease)];
  try {
    const open = unsettledIn(await view.state());
    const intent = open.find(({ change }) => change === settlement.change);
    if (!intent) return [nothingOpen(settlement.change, open)];
    const { id, actor, didNotHappen } = settlement;
    const doubted = id === undefined ? undefined : await doubtedId(view, intent, id);
    if (doubted) return [doubted];
    const word = { ...outcomeBase(intent), at: view.now(), by: "person", actor } as const;
    const happened = async (): Promise<Ended> => ({
      ...word,
      status: "done",
      ...(id !== undefined && { id }),
      ...(await fateOf(intent, writers.sink)),
    });
    await lease.journal.append([
      didNotHappen
        ? {
            ...word,
            status: "failed",
            code: "settled/did-not-happen",
            because: say`A person says that it did not happen.`,
          }
        : await happened(),
    ]);
    return [];
  } finally {
    await lease.release();
  }
}

/** The error for a lease that somebody else holds. */
export function lockedDiagnostic({ heldBy, since, leftSeconds }: WatchedLease): Diagnostic {
  const left = Math.ceil(leftSeconds);
  const who = say`${heldBy.actor} (process ${heldBy.pid} on ${heldBy.host})`;
  return diagnostic({
    severity: "error",
    code: "ledger/locked",
    message: say`${who} has held the lease since ${since}.`,
    hint: say`Try again when it has finished. If it is dead, its lease is over in ${left} seconds: try again then, or let \`partnerctl apply --wait ${left + 60}s\` wait for it. \`partnerctl ledger unlock --force --reason TEXT\` ends it at once.`,
  });
}

function nothingOpen(change: string, open: readonly OpenIntent[]): Diagnostic {
  const changes = open.map((intent) => intent.change);
  const listed = changes.length > 0 ? say`Open are: ${{ list: changes }}.` : say`Nothing is open.`;
  return record({
    severity: "error",
    code: "settle/not-open",
    message: say`No outcome of ${change} is open.`,
    hint: didYouMean(change, changes) ?? listed,
  });
}
