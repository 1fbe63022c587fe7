import type { HostApproval } from "../../model/plan/approval.ts";

/** What a host knows of who wrote and who approved what a pipeline's commit brought. */
export interface HostReview {
  /** One group for each change that was merged; each of them needs an approval of its own. */
  readonly changes: readonly (readonly HostApproval[])[];
  /** Approvals of this very run, which cover all that it applies. */
  readonly run: readonly HostApproval[];
  /** Whoever wrote a part of it, as the host names them. */
  readonly authors: readonly string[];
  /** Parts whose author the host cannot name: each may be by one of those who approved. */
  readonly unknownAuthors: number;
}

/**
 * The approvals that count: by nobody who wrote a part of it, and one more than usual where an
 * author is unknown. Empty where some change has too few.
 */
export function countingApprovals({ changes, run, authors, unknownAuthors }: HostReview): readonly HostApproval[] {
  const needed = unknownAuthors > 0 ? 2 : 1;
  const others = (all: readonly HostApproval[]) => distinct(all.filter(({ by }) => !authors.some(same(by))));
  const [ofRun, ofChanges] = [others(run), changes.map(others)];
  if (ofRun.length >= needed) return ofRun;
  const enough = ofChanges.length > 0 && ofChanges.every((all) => distinct([...all, ...ofRun]).length >= needed);
  return enough ? [...ofRun, ...ofChanges.flat()] : [];
}

function distinct(all: readonly HostApproval[]): readonly HostApproval[] {
  return all.filter(({ by }, index) => all.findIndex((one) => same(by)(one.by)) === index);
}

/** Hosts take account names in any letter case. */
function same(one: string): (other: string) => boolean {
  return (other) => one.toLowerCase() === other.toLowerCase();
}
