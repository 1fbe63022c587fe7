import { writtenBy } from "../../store/git/authors.ts";
import { askGit } from "../../store/git/git.ts";
import { hostEvent } from "../../store/hosts/event.ts";
import { knownActor } from "./actor.ts";
import type { Flags } from "../parse/flags.ts";
import { isInRepository } from "./project-folder.ts";

/**
 * Who may have written what is planned here: the authors of all that is proposed (after the base,
 * or what the host's event compares with; else what the commit at HEAD brought, and what came after
 * the commit that was last applied), whoever opened the change, and whoever plans. Undefined where
 * somebody may be missing, or nobody is known.
 */
export async function authors(root: string, { base, actor }: Flags, applied: string | undefined): Promise<readonly string[] | undefined> {
  const event = hostEvent(process.env);
  const after = base ?? event?.after;
  const isProposal = base !== undefined || event?.target !== undefined;
  const here = [askGit(["config", "user.email"], root)?.trim(), knownActor(actor, process.env), ...(event?.people ?? [])];
  // Where there is no repository, what there is was written by whoever is here.
  const wrote = isInRepository(root) ? await writtenBy(root, after === undefined ? {} : { after }) : [];
  const since = applied !== undefined && !isProposal && isBefore(root, applied) ? await writtenBy(root, { after: applied }) : [];
  const all = wrote && since && [...new Set([...wrote, ...since, ...here.flatMap((one) => one || [])])].sort();
  return all && all.length > 0 ? all : undefined;
}

/** Whether a commit is here, and HEAD comes after it. */
function isBefore(root: string, commit: string): boolean {
  return (
    /^[0-9a-f]{40,64}$/.test(commit) && isInRepository(root) && askGit(["merge-base", "--is-ancestor", commit, "HEAD"], root) !== undefined
  );
}
