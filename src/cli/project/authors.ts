import { writtenBy } from "../../store/git/authors.ts";
import { askGit } from "../../store/git/git.ts";
import { hostEvent } from "../../store/hosts/event.ts";
import { knownActor } from "./actor.ts";
import type { Flags } from "../parse/flags.ts";
import { isInRepository } from "./project-folder.ts";

/**
 * Everyone who may have written the planned change: the authors of its commits, who opened it, and
 * who plans. The commits are those after --base or the host event's base; else those of HEAD, plus
 * those since the last applied commit. Undefined if the list may be incomplete or is empty.
 */
export async function authors(
  root: string,
  { base, actor }: Flags,
  applied: string | undefined,
): Promise<readonly string[] | undefined> {
  const event = hostEvent(process.env);
  const after = base ?? event?.after;
  const isProposal = base !== undefined || event?.target !== undefined;
  const here = [
    askGit(["config", "user.email"], root)?.trim(),
    knownActor(actor, process.env),
    ...(event?.people ?? []),
  ];
  // Without a repository, the only author is the current user.
  const wrote = isInRepository(root)
    ? await writtenBy(root, after === undefined ? {} : { after })
    : [];
  const since =
    applied !== undefined && !isProposal && isBefore(root, applied)
      ? await writtenBy(root, { after: applied })
      : [];
  const all =
    wrote &&
    since &&
    [...new Set([...wrote, ...since, ...here.flatMap((one) => one || [])])].sort();
  return all && all.length > 0 ? all : undefined;
}

/** Whether the commit exists here and is an ancestor of HEAD. */
function isBefore(root: string, commit: string): boolean {
  return (
    /^[0-9a-f]{40,64}$/.test(commit) &&
    isInRepository(root) &&
    askGit(["merge-base", "--is-ancestor", commit, "HEAD"], root) !== undefined
  );
}
