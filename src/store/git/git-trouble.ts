import type { Code } from "../../model/codes.ts";
import { type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import { english, say, type Wording } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { askGit, isOthers, notStarted } from "./git.ts";

/** The error for a git command on a revision that failed; `why` is git's stderr. */
export function gitTrouble(why: Wording, folder: string, revision: string): Diagnostic {
  const said = english(why);
  if (said === notStarted)
    return trouble("git/missing", notStarted, say`Install git 2.38 or later.`);
  if (said.includes("not a git repository"))
    return trouble(
      "git/not-a-repository",
      say`${folder} is not in a git repository, so there is no ${revision} of it.`,
    );
  if (isOthers(said)) return notYours(said, folder);
  return unknownRevision(revision, why, namesIn(folder));
}

/** The branches and tags of a repository. */
export function namesIn(folder: string): readonly string[] {
  const said = askGit(["for-each-ref", "--format=%(refname:short)"], folder);
  return said === undefined || said === "" ? [] : said.split("\n");
}

/** The error git/unknown-revision. */
export function unknownRevision(
  revision: string,
  why: Wording,
  names: readonly string[] = [],
): Diagnostic {
  const message = say`Git does not know ${revision || say`an empty revision`}: ${why}.`;
  const isUnknown =
    /unknown revision|bad (?:revision|object)|valid object name|invalid object name|no such (?:path|ref)/i.test(
      english(why),
    );
  const hint = say`In a shallow clone only recent commits are there; git fetch --unshallow gets the rest.`;
  return trouble(
    "git/unknown-revision",
    message,
    didYouMean(revision, names, isUnknown ? hint : undefined),
  );
}

/** Suggests the folder that git names in its message; it may be a parent of `folder`. */
function notYours(said: string, folder: string): Diagnostic {
  const [, named = folder] = /safe\.directory (.+)$/m.exec(said) ?? [];
  return trouble(
    "git/not-yours",
    say`The git repository of ${folder} belongs to somebody else, so git does not read it.`,
    say`Where you trust it: \`git config --global --add safe.directory ${named}\`.`,
  );
}

function trouble(code: Code, message: Wording, hint?: Wording): Diagnostic {
  return diagnostic({ severity: "error", code, message, hint });
}
