import type { HostApproval } from "../../model/plan/approval.ts";

/** What a host knows about the authors and approvers of the changes in a pipeline's commit. */
export interface HostReview {
  /** One list per merged change. Each change needs its own approvals. */
  readonly changes: readonly (readonly HostApproval[])[];
  /** Approvals of this run, which cover everything it applies. */
  readonly run: readonly HostApproval[];
  /** Account names on the host of all known authors. */
  readonly authors: readonly string[];
  /** The number of authors that the host cannot name. Any approver could be one of them. */
  readonly unknownAuthors: number;
}

/**
 * The approvals that count: those by people who are not authors. One per change is required, two if
 * an author is unknown; approvals of the run count for every change. Empty if a change has too few.
 */
export function countingApprovals({
  changes,
  run,
  authors,
  unknownAuthors,
}: HostReview): readonly HostApproval[] {
  const needed = unknownAuthors > 0 ? 2 : 1;
  const others = (all: readonly HostApproval[]) =>
    distinct(all.filter(({ by }) => !authors.some(same(by))));
  const [ofRun, ofChanges] = [others(run), changes.map(others)];
  if (ofRun.length >= needed) return ofRun;
  const enough =
    ofChanges.length > 0 && ofChanges.every((all) => distinct([...all, ...ofRun]).length >= needed);
  return enough ? [...ofRun, ...ofChanges.flat()] : [];
}

function distinct(all: readonly HostApproval[]): readonly HostApproval[] {
  return all.filter(({ by }, index) => all.findIndex((one) => same(by)(one.by)) === index);
}

/** Account names are case-insensitive on hosts. */
function same(one: string): (other: string) => boolean {
  return (other) => one.toLowerCase() === other.toLowerCase();
}
