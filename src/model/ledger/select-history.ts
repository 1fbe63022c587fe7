import type { Attestation, ChangeDone, Maintenance, RunRecord } from "./history.ts";

/** The history of a ledger. */
interface Told {
  readonly runs: readonly RunRecord[];
  readonly attestations: readonly Attestation[];
  /** Missing if there was none. */
  readonly maintenance?: readonly Maintenance[];
}

/**
 * A filter for history: an object by any of its addresses, a person, a range of days (UTC, both
 * inclusive).
 */
export interface HistoryFilter {
  readonly address?: string;
  /** The person who applied, attested, approved, or did maintenance. */
  readonly actor?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The addresses that a history is about. */
export function addressesIn({ runs, attestations }: Told): ReadonlySet<string> {
  const known = [...runs.flatMap(({ changes }) => changes), ...attestations];
  return new Set(known.map(({ address }) => address));
}

/** Returns true if a moment is within a range of days. */
export function isWithin(at: string, { from, to }: Pick<HistoryFilter, "from" | "to">): boolean {
  return (
    (from === undefined || at.slice(0, 10) >= from) && (to === undefined || at.slice(0, 10) <= to)
  );
}

/**
 * Returns the part of a history that matches a filter. For an address, includes changes of the same
 * object under other addresses and excludes maintenance.
 */
export function selectHistory(
  { runs, attestations, maintenance = [] }: Told,
  { address, actor, ...period }: HistoryFilter,
): Told {
  const isHers = (who: string) => actor === undefined || who === actor;
  const all = runs.flatMap(({ changes }) => changes);
  const objects = new Set(
    all.flatMap((one) => (one.address === address ? (one.object ?? []) : [])),
  );
  const names = new Set<string | undefined>([
    address,
    ...all.filter(({ object = "" }) => objects.has(object)).map((one) => one.address),
  ]);
  const isIt = ({ object, address: at }: ChangeDone) =>
    address === undefined || (object === undefined ? at === address : objects.has(object));
  const kept = maintenance.filter(
    (one) => address === undefined && isWithin(one.at, period) && isHers(one.actor),
  );
  return {
    ...(kept.length > 0 && { maintenance: kept }),
    runs: runs
      .filter(
        (run) => isWithin(run.openedAt, period) && [run.actor, ...approversOf(run)].some(isHers),
      )
      .map((run) => ({ ...run, changes: run.changes.filter(isIt) }))
      .filter(({ changes }) => address === undefined || changes.length > 0),
    attestations: attestations.filter(
      (one) =>
        isWithin(one.at, period) &&
        isHers(one.actor) &&
        (address === undefined || names.has(one.address)),
    ),
  };
}

/** Returns who approved a run, by signature or on the repository's host. */
export function approversOf({ approvals = [], hostApprovals = [] }: RunRecord): readonly string[] {
  return [
    ...new Set([
      ...approvals.map(({ principal }) => principal),
      ...hostApprovals.map(({ by }) => by),
    ]),
  ];
}
