import { join } from "node:path";
import { snapshotKey } from "../../model/ledger/ledger-keys.ts";
import { millisecondsIn } from "../../model/values/duration.ts";
import type { SnapshotStore, SnapshotUse } from "../../operations/project/project.ts";
import { snapshotFolder } from "../../store/snapshot/snapshot-folder.ts";
import { secondsOf } from "../parse/duration.ts";
import { keyToMark } from "../project/ledger.ts";
import type { Workspace } from "../project/project.ts";

/**
 * How a plan uses the snapshot, by the settings and the flags. Empty if it reads everything and
 * keeps nothing, or if the ledger's key is not known here.
 */
export function snapshotOption(
  workspace: Workspace,
  {
    maxAge: flag,
    fresh,
  }: { readonly maxAge?: string | undefined; readonly fresh?: true | undefined },
): { readonly snapshot?: SnapshotUse } {
  const { settings } = workspace.project;
  const { maxAge: written } = settings.snapshot;
  const age = flag === undefined ? agedBy(written) : secondsOf(flag, settings) * 1000;
  const store = age === undefined ? undefined : snapshotStore(workspace);
  if (age === undefined || store === undefined) return {};
  const { maxRequests } = settings.snapshot;
  return { snapshot: { store, maxAge: age, maxRequests, ...(fresh && { fresh }) } };
}

/** The project's snapshot. Undefined without the ledger's key, under which it is sealed. */
export function snapshotStore(workspace: Workspace): SnapshotStore | undefined {
  const key = keyToMark(workspace);
  return key && snapshotFolder(join(workspace.root, ".partnerctl", "snapshot"), snapshotKey(key));
}

function agedBy(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : millisecondsIn(duration);
}
