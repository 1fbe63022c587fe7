// What a snapshot cannot speak for: what was written since, and what the manifests ask for anew.
import { type Address, address, kindOf, parentNameOf } from "../../model/address.ts";
import {
  type AccountSnapshot,
  dropDetails,
  dropList,
} from "../../model/snapshot/account-snapshot.ts";
import type { Entry } from "../../model/ledger/ledger.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { parentKindOf } from "../plan/observe.ts";
import type { Project } from "../project/project.ts";

/** The addresses that entries of a ledger wrote to, and those of writes that are still open. */
export async function writtenSince(
  entries: AsyncIterable<Entry>,
  { open }: LedgerState,
): Promise<ReadonlySet<Address>> {
  const written = new Set(Object.values(open).map((intent) => intent.address));
  for await (const entry of entries) {
    if ("address" in entry) written.add(entry.address);
    if ("from" in entry && typeof entry.from === "string") written.add(entry.from as Address);
  }
  return written;
}

/**
 * Removes the lists that contain objects without a manifest: what was written to them can only be
 * seen there.
 */
export function dropWritten(
  { kinds }: Project,
  snapshot: AccountSnapshot,
  { written, ids }: { readonly written: Iterable<Address>; readonly ids: LedgerState["ids"] },
): void {
  const unplaced = new Set<string>();
  for (const one of written) {
    const kind = kinds.find(({ name }) => name === kindOf(one));
    const parentName = parentNameOf(one);
    if (!kind || parentName === undefined) {
      dropList(snapshot, kindOf(one));
      dropDetails(snapshot, kindOf(one), ids[one]);
      continue;
    }
    const parentId = ids[address(parentKindOf(kind) ?? "", parentName)];
    if (parentId === undefined) unplaced.add(kind.name);
    else dropList(snapshot, kind.name, parentId);
  }
  for (const { kind, parentId } of unplaced.size > 0 ? [...snapshot.lists.values()] : [])
    if (unplaced.has(kind)) dropList(snapshot, kind, parentId);
}

/**
 * The resources that a plan says anything about: each change, problem and finding rests on a
 * reading of this run. Undefined if it is about something that no manifest declares.
 */
export function touchedBy(
  { changes, problems }: Pick<Plan, "changes" | "problems">,
  declared: ReadonlySet<Address>,
): readonly Address[] | undefined {
  const addresses = [
    ...changes.map((one) => one.address),
    ...problems.flatMap((one) => one.address ?? []),
  ];
  const isPartly = problems.some((one) => one.address === undefined && one.severity !== "note");
  if (isPartly || addresses.some((one) => !declared.has(one))) return undefined;
  return addresses;
}
