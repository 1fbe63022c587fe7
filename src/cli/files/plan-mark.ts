import { createHmac, timingSafeEqual } from "node:crypto";
import type { Digest } from "../../model/values/digest.ts";
import { markKey } from "../../model/ledger/ledger-keys.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { writtenBy } from "../../store/git/authors.ts";
import { hostEvent } from "../../store/hosts/event.ts";
import { keyOf, keyToMark } from "../project/ledger.ts";
import type { Workspace } from "../project/project.ts";
import { isInRepository } from "../project/project-folder.ts";

/**
 * Adds an HMAC made with the ledger's key, so that only a holder of the key can set the plan's
 * authors and ledger position. Returns the plan unchanged without a key.
 */
export function markPlan(workspace: Workspace, plan: Plan): Plan {
  const key = keyToMark(workspace);
  return key ? { ...plan, mark: markOf(key, plan.digest) } : plan;
}

/**
 * The authors of a saved plan: those it names, plus the authors of the current manifests if git
 * knows them. Undefined if the plan names none, or lacks a valid mark.
 */
export async function authorsOf(
  workspace: Workspace,
  plan: Plan,
): Promise<readonly string[] | undefined> {
  const { root, project } = workspace;
  const { manifests, overlay } = project.settings;
  if (plan.basis.authors === undefined || !isMarked(workspace, plan)) return undefined;
  const after = hostEvent(process.env)?.after;
  const paths = [manifests, ...(overlay === undefined ? [] : [overlay])];
  const here = isInRepository(root)
    ? await writtenBy(root, { paths, ...(after !== undefined && { after }) })
    : [];
  return [...new Set([...plan.basis.authors, ...(here ?? [])])].sort();
}

/** Whether the plan has a valid mark of this project's ledger. */
export function isMarked(workspace: Workspace, { digest, mark = "" }: Plan): boolean {
  const key = keyOf(workspace);
  const wanted = key && Buffer.from(markOf(key, digest));
  return (
    wanted !== undefined &&
    wanted.length === mark.length &&
    timingSafeEqual(wanted, Buffer.from(mark))
  );
}

function markOf(key: Uint8Array, digest: Digest): string {
  return createHmac("sha256", markKey(key)).update(`partnerctl plan 1\n${digest}\n`).digest("hex");
}
