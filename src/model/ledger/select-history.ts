import type { Attestation, ChangeDone, Maintenance, RunRecord } from "./history.ts";

/** What a ledger tells of. */
interface Told {
  readonly runs: readonly RunRecord[];
  readonly attestations: readonly Attestation[];
  /** Missing where there was none. */
  readonly maintenance?: readonly Maintenance[];
}

/** What is looked for: an object by any of its addresses, a person, a period of days (UTC, both inclusive). */
export interface HistoryFilter {
  readonly address?: string;
  /** Who applied, attested or approved. */
  readonly actor?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Whether this is the address of something that the ledger tells of. */
export function isAddress({ runs, attestations }: Told, text: string): boolean {
  const known = [...runs.flatMap(({ changes }) => changes), ...attestations];
  return known.some(({ address }) => address === text);
}

/** Whether a moment is within a period. */
export function isWithin(at: string, { from, to }: Pick<HistoryFilter, "from" | "to">): boolean {
  return (from === undefined || at.slice(0, 10) >= from) && (to === undefined || at.slice(0, 10) <= to);
}

/** What is looked for, of all that a ledger tells. Of an object also what was done to it under its other names. */
export function selectHistory({ runs, attestations, maintenance = [] }: Told, { address, actor, ...period }: HistoryFilter): Told {
  const isHers = (who: string) => actor === undefined || who === actor;
  const all = runs.flatMap(({ changes }) => changes);
  const objects = new Set(all.flatMap((one) => (one.address === address ? (one.object ?? []) : [])));
  const names = new Set<string | undefined>([address, ...all.filter(({ object = "" }) => objects.has(object)).map((one) => one.address)]);
  const isIt = ({ object, address: at }: ChangeDone) =>
    address === undefined || (object === undefined ? at === address : objects.has(object));
  const kept = maintenance.filter((one) => address === undefined && isWithin(one.at, period) && isHers(one.actor));
  return {
    ...(kept.length > 0 && { maintenance: kept }),
    runs: runs
      .filter((run) => isWithin(run.openedAt, period) && [run.actor, ...approversOf(run)].some(isHers))
      .map((run) => ({ ...run, changes: run.changes.filter(isIt) }))
      .filter(({ changes }) => address === undefined || changes.length > 0),
    attestations: attestations.filter(
      (one) => isWithin(one.at, period) && isHers(one.actor) && (address === undefined || names.has(one.address)),
    ),
  };
}

/** Who approved a run, with a signature or on the repository's host. */
export function approversOf({ approvals = [], hostApprovals = [] }: RunRecord): readonly string[] {
  return [...new Set([...approvals.map(({ principal }) => principal), ...hostApprovals.map(({ by }) => by)])];
}
