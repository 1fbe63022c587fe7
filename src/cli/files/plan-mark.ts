import { createHmac, timingSafeEqual } from "node:crypto";
import type { Digest } from "../../model/values/digest.ts";
import { markKey } from "../../model/ledger/ledger-keys.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { writtenBy } from "../../store/git/authors.ts";
import { hostEvent } from "../../store/hosts/event.ts";
import { keyOf, keyToMark } from "../project/ledger.ts";
import type { Workspace } from "../project/project.ts";
import { isInRepository } from "../project/project-folder.ts";

/** The plan with the ledger's mark, which only those can make who have its key: so that nobody else says who wrote it, or after which entry it was made. Where there is no key to be had, it stays as it is. */
export function markPlan(workspace: Workspace, plan: Plan): Plan {
  const key = keyToMark(workspace);
  return key ? { ...plan, mark: markOf(key, plan.digest) } : plan;
}

/** Who wrote a saved plan: those it names, if it bears the ledger's mark, and who wrote what lies here now. Undefined where nobody who can be believed says so. */
export async function authorsOf(workspace: Workspace, plan: Plan): Promise<readonly string[] | undefined> {
  const { root, project } = workspace;
  const { manifests, overlay } = project.settings;
  if (plan.basis.authors === undefined || !isMarked(workspace, plan)) return undefined;
  const after = hostEvent(process.env)?.after;
  const paths = [manifests, ...(overlay === undefined ? [] : [overlay])];
  const here = isInRepository(root) ? await writtenBy(root, { paths, ...(after !== undefined && { after }) }) : [];
  return [...new Set([...plan.basis.authors, ...(here ?? [])])].sort();
}

/** Whether a plan bears the mark of the ledger that this project has. */
export function isMarked(workspace: Workspace, { digest, mark = "" }: Plan): boolean {
  const key = keyOf(workspace);
  const wanted = key && Buffer.from(markOf(key, digest));
  return wanted !== undefined && wanted.length === mark.length && timingSafeEqual(wanted, Buffer.from(mark));
}

function markOf(key: Uint8Array, digest: Digest): string {
  return createHmac("sha256", markKey(key)).update(`partnerctl plan 1\n${digest}\n`).digest("hex");
}
